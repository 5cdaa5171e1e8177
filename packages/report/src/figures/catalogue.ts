import { balance } from './balance.ts';
import { capacity } from './capacity.ts';
import { comparison } from './comparison.ts';
import { diagnostics } from './diagnostics.ts';
import { efficiency } from './efficiency.ts';
import type { Figure } from './kinds/figure.ts';
import { lawsReplicas } from './laws-replicas.ts';
import { clientCurves } from './load/client-curves.ts';
import { latencyClients } from './load/latency-clients.ts';
import { queueing } from './load/queueing.ts';
import { tradeOff } from './load/trade-off.ts';
import { latencyMatrix, throughputMatrix } from './matrices.ts';
import { overTime } from './over-time.ts';
import { processors } from './processors.ts';
import { spectrum, tail } from './spectrum-and-tail.ts';
import { throughputReplicas } from './throughput-replicas.ts';

/** The formats that a report writes of each figure; `escala report --figure` makes each at any width. */
export const figureFiles = ['svg', 'png', 'pdf', 'csv'] as const;

/** All figures, in the order of the report. */
export const figures: readonly Figure[] = [
  throughputReplicas,
  efficiency,
  processors,
  lawsReplicas,
  clientCurves,
  latencyClients,
  capacity,
  throughputMatrix,
  latencyMatrix,
  spectrum,
  tail,
  overTime,
  balance,
  tradeOff,
  queueing,
  comparison,
  diagnostics,
];
