import { inFlightMetric, throttledMetric } from '@escala/model';
import type { LedgerState } from '../ledger/ledger.ts';
import type { Histogram, Metrics } from './metrics.ts';

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
