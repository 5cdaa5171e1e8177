import { inFlightMetric, throttledMetric } from '@escala/model';
import type { LedgerState } from '../ledger/ledger.ts';

/** Counts in plain numbers: a metrics library on the way of each request costs more than the request's parsing. */
export interface Metrics {
  /** Answers by status; the index is the status. */
  readonly statuses: Float64Array;
  inFlight: number;
  repairedBytes: number;
  /** The longest commit of a batch: tells a stall of the disk from one of the server. */
  commitMaxSeconds: number;
  readonly durationSeconds: Histogram;
  readonly datasyncSeconds: Histogram;
  readonly batchRows: Histogram;
}

/** Cumulative when rendered, as Prometheus wants it; `counts` has one more entry than `bounds`, for the rest. */
interface Histogram {
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  sum: number;
}

const secondsBounds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
const rowsBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192];

const createHistogram = (bounds: readonly number[]): Histogram => ({
  bounds,
  counts: new Float64Array(bounds.length + 1),
  sum: 0,
});

export function observe(histogram: Histogram, value: number): void {
  const { bounds, counts } = histogram;
  let bucket = 0;
  while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++;
  counts[bucket] = (counts[bucket] as number) + 1;
  histogram.sum += value;
}

export function createMetrics(): Metrics {
  return {
    statuses: new Float64Array(600),
    inFlight: 0,
    repairedBytes: 0,
    commitMaxSeconds: 0,
    durationSeconds: createHistogram(secondsBounds),
    datasyncSeconds: createHistogram(secondsBounds),
    batchRows: createHistogram(rowsBounds),
  };
}

/** Values that are read at the moment of a scrape. */
interface Gauges {
  readonly serviceOccupancy: number;
  readonly ledgerWaiting: number;
  readonly ledgerBytes: number;
  readonly ledgerState: LedgerState;
  /** Null where the system does not say. */
  readonly throttledUs: number | null;
  /** What the server and its machine used, in this format. */
  readonly witness: string;
}

/** The text format of Prometheus, version 0.0.4. */
export function metricsText(metrics: Metrics, gauges: Gauges): string {
  const answers = [...metrics.statuses.entries()].filter(([, count]) => count > 0);
  const { durationSeconds, datasyncSeconds, batchRows } = metrics;
  return [
    family('escala_requests_total', 'counter', 'Answers, by status.'),
    ...answers.map(([status, count]) => `escala_requests_total{status="${status}"} ${count}`),
    ...singles(metrics, gauges).flatMap(([name, type, help, value]) =>
      value === null ? [] : [family(name, type, help), `${name} ${value}`],
    ),
    ...histogram('escala_request_duration_seconds', 'From the request read to its answer.', durationSeconds),
    ...histogram('escala_ledger_datasync_seconds', 'Time of an fdatasync.', datasyncSeconds),
    ...histogram('escala_ledger_batch_rows', 'Rows in a batch.', batchRows),
    gauges.witness,
  ].join('\n');
}

type Single = readonly [name: string, type: 'gauge' | 'counter', help: string, value: number | null];

/** The metrics that are one number each; null where the system does not tell it. */
function singles({ inFlight, repairedBytes, commitMaxSeconds }: Metrics, gauges: Gauges): readonly Single[] {
  const { serviceOccupancy, ledgerWaiting, ledgerBytes, ledgerState, throttledUs } = gauges;
  const isOpen = Number(ledgerState === 'open');
  const isFailed = Number(ledgerState === 'failed');
  const throttled = throttledUs === null ? null : throttledUs / 1e6;
  const ledger = 'escala_ledger';
  return [
    [inFlightMetric, 'gauge', 'Requests that were read and not yet answered.', inFlight],
    [
      'escala_service_occupancy',
      'gauge',
      'Requests in the simulated service or its queue.',
      serviceOccupancy,
    ],
    [`${ledger}_waiting_rows`, 'gauge', 'Rows that wait for their batch.', ledgerWaiting],
    [`${ledger}_bytes`, 'gauge', 'Length of the ledger, up to its last acknowledged row.', ledgerBytes],
    [`${ledger}_repaired_bytes`, 'gauge', 'Bytes of a torn last row that the start cut off.', repairedBytes],
    [`${ledger}_writable`, 'gauge', '1 while rows are taken, 0 with a full or failed disk.', isOpen],
    [`${ledger}_failed`, 'gauge', '1 after an error of the disk that is no full disk.', isFailed],
    [
      `${ledger}_flight_max_seconds`,
      'gauge',
      'Longest way of a batch to the disk, write and fdatasync.',
      commitMaxSeconds,
    ],
    [throttledMetric, 'counter', 'Waited because of a processor limit, since the start.', throttled],
  ];
}

const family = (name: string, type: string, help: string) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}`;

function histogram(name: string, help: string, { bounds, counts, sum }: Histogram): string[] {
  const lines = [family(name, 'histogram', help)];
  let total = 0;
  for (const [bucket, count] of counts.entries()) {
    total += count;
    lines.push(`${name}_bucket{le="${bounds[bucket] ?? '+Inf'}"} ${total}`);
  }
  return [...lines, `${name}_sum ${sum}`, `${name}_count ${total}`];
}
