import type { Outcome, Threshold } from '@escala/model';
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

/** What a threshold may be set on. */
export interface Judged {
  readonly requests: number;
  readonly answered: number;
  /** By outcome; only those that occurred. */
  readonly failed: Readonly<Partial<Record<Outcome, number>>>;
  readonly throughput: number | null;
  readonly latencyUs: Percentiles | null;
  readonly serviceTimeUs?: Percentiles | null;
  readonly sendLagUs?: { readonly p99: number | null; readonly max: number | null };
}

/** What a threshold says of a load. */
export interface ThresholdVerdict {
  /** As it was given. */
  readonly threshold: string;
  readonly limit: number;
  readonly unit: Threshold['unit'];
  /** In the unit; null where there are too few requests to know it. */
  readonly value: number | null;
  /** True where the condition holds, and where the value is not known. */
  readonly broken: boolean;
}

/** A threshold names a condition that must not hold. An unknown value cannot rule the condition out, so the threshold is broken too. */
export function judgeThresholds(thresholds: readonly Threshold[], summary: Judged): ThresholdVerdict[] {
  return thresholds.map(({ text, metric, operator, limit, unit }) => {
    const value = measuredValue(metric, unit, summary);
    return { threshold: text, limit, unit, value, broken: value === null || holds[operator](value, limit) };
  });
}

const holds = {
  '>': (value: number, limit: number) => value > limit,
  '>=': (value: number, limit: number) => value >= limit,
  '<': (value: number, limit: number) => value < limit,
  '<=': (value: number, limit: number) => value <= limit,
} as const;

function measuredValue(metric: Threshold['metric'], unit: Threshold['unit'], summary: Judged): number | null {
  const { requests, answered, failed, throughput, latencyUs, serviceTimeUs, sendLagUs } = summary;
  if (metric === 'throughput') return throughput;
  if (unit === 'share' || unit === 'requests') {
    const count =
      metric === 'failures' ? requests - answered : ({ answered, ...failed }[metric as Outcome] ?? 0);
    if (unit === 'requests') return count;
    return requests === 0 ? null : count / requests;
  }
  const [of, name = of] = metric.split('.');
  if (of === 'lag') return sendLagUs?.[name as 'p99' | 'max'] ?? null;
  const percentiles = of === 'service' ? serviceTimeUs : latencyUs;
  return percentiles?.[name as keyof Percentiles] ?? null;
}
