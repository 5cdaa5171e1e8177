import type { ExactCounts } from '../measure/exact-counts.ts';

/** Percentiles, each null where there are too few requests to estimate it. µs. */
export interface Percentiles {
  readonly n: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number;
}

/**
 * Requests from which on a two-sided 95 % interval of the percentile has an upper limit, from the binomial ranks: the
 * largest of n values lies above the percentile with more than 97.5 %, 1 − pⁿ ≥ .975.
 */
export const requestsFor = { p50: 1, p90: 36, p95: 72, p99: 368, p999: 3_688 } as const;

/** Nearest-rank percentiles; null of nothing. */
export function percentilesOf(counts: ExactCounts): Percentiles | null {
  const { count: n, min, max, sum } = counts;
  if (n === 0) return null;
  const estimate = (share: number, needed: number) => (n < needed ? null : counts.percentile(share));
  return {
    n,
    min,
    mean: sum / n,
    p50: estimate(0.5, requestsFor.p50),
    p90: estimate(0.9, requestsFor.p90),
    p95: estimate(0.95, requestsFor.p95),
    p99: estimate(0.99, requestsFor.p99),
    p999: estimate(0.999, requestsFor.p999),
    max,
  };
}
