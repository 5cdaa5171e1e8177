import { sentences } from '../sentences/sentences.ts';

/**
 * One scenario of a file in the older form. Its repetitions share their replicas, so it is one deployment and has no interval.
 * What it measures is one row: a message, or where the file has a row for each client's session the whole session.
 */
export interface OriginCell {
  readonly replicas: number;
  readonly clients: number;
  readonly messages: number;
  readonly rows: number;
  readonly repetitions: number;
  /** Messages while it ran; null where no row has both of its times, or they span no time. */
  readonly throughputPerSecond: number | null;
  /** Of the rows that have a response time; null where none has one. */
  readonly sessionUs: OriginStatistics | null;
}

/** In µs. The median lies between the middle two of an even number; percentiles are observed values (nearest rank). */
export interface OriginStatistics {
  readonly n: number;
  readonly min: number;
  readonly median: number;
  readonly mean: number;
  readonly max: number;
  /** Of a sample (divisor n − 1); null for one value. */
  readonly standardDeviation: number | null;
  /** Null where there are too few values for the percentile. */
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
}

/** What is wrong with a file in the older form of 10 columns, and what can be concluded from two of them. */
export const originFindings = sentences.model.originFindings;
export type OriginFinding = keyof typeof originFindings;
