import { inFlightMetric, throttledMetric } from '@escala/model';
import type { LedgerState } from '../ledger/ledger.ts';
import type { Histogram, Metrics } from './metrics.ts';

/** What is read at the moment of a scrape. */
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
  const { statuses } = metrics;
  const answers = [...statuses.entries()].filter(([, count]) => count > 0);
  return [
    family('escala_requests_total', 'counter', 'Answers, by status.'),
    ...answers.map(([status, count]) => `escala_requests_total{status="${status}"} ${count}`),
    ...single(inFlightMetric, 'gauge', 'Requests that were read and not yet answered.', metrics.inFlight),
    ...single(
      'escala_service_occupancy',
      'gauge',
      'Requests in the simulated service or its queue.',
      gauges.serviceOccupancy,
    ),
    ...single('escala_ledger_waiting_rows', 'gauge', 'Rows that wait for their batch.', gauges.ledgerWaiting),
    ...single(
      'escala_ledger_bytes',
      'gauge',
      'Length of the ledger, up to its last acknowledged row.',
      gauges.ledgerBytes,
    ),
    ...single(
      'escala_ledger_repaired_bytes',
      'gauge',
      'Bytes of a torn last row that the start cut off.',
      metrics.repairedBytes,
    ),
    ...single(
      'escala_ledger_writable',
      'gauge',
      '1 while rows are taken, 0 with a full or failed disk.',
      gauges.ledgerState === 'open' ? 1 : 0,
    ),
    ...single(
      'escala_ledger_failed',
      'gauge',
      '1 after an error of the disk that is no full disk.',
      gauges.ledgerState === 'failed' ? 1 : 0,
    ),
    ...single(
      'escala_ledger_flight_max_seconds',
      'gauge',
      'Longest way of a batch to the disk, write and fdatasync.',
      metrics.flightMaxSeconds,
    ),
    ...(gauges.throttledUs === null
      ? []
      : single(
          throttledMetric,
          'counter',
          'Waited because of a processor limit, since the start.',
          gauges.throttledUs / 1e6,
        )),
    ...histogram(
      'escala_request_duration_seconds',
      'From the request read to its answer.',
      metrics.durationSeconds,
    ),
    ...histogram('escala_ledger_datasync_seconds', 'Time of an fdatasync.', metrics.datasyncSeconds),
    ...histogram('escala_ledger_batch_rows', 'Rows in a batch.', metrics.batchRows),
    gauges.witness,
  ].join('\n');
}

const family = (name: string, type: string, help: string) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}`;

const single = (name: string, type: string, help: string, value: number) => [
  family(name, type, help),
  `${name} ${value}`,
];

function histogram(name: string, help: string, { bounds, counts, sum }: Histogram): string[] {
  const lines = [family(name, 'histogram', help)];
  let total = 0;
  for (const [bucket, count] of counts.entries()) {
    total += count;
    lines.push(`${name}_bucket{le="${bounds[bucket] ?? '+Inf'}"} ${total}`);
  }
  return [...lines, `${name}_sum ${sum}`, `${name}_count ${total}`];
}
