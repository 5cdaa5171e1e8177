import { normalQuantile } from '../distributions/normal.ts';
import { incompleteBeta } from '../special/incomplete-beta.ts';
import { type ConfidenceInterval, DEFAULT_LEVEL } from './interval.ts';

/** Ranks from 1: the quantile lies between the `low`-th and the `high`-th smallest value. */
interface OrderStatisticRanks {
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The ranks of the distribution-free confidence interval of the p-quantile of n independent values, each tail at most
 * (1 − level)/2. A limit that n is too small for is null: the upper one of p90, p95, p99 and p99.9 exists from 36, 72,
 * 368 and 3,688 values. Source: David & Nagaraja, Order Statistics, 2003, section 7.1.
 */
function orderStatisticRanks(n: number, p: number, level = DEFAULT_LEVEL): OrderStatisticRanks {
  const tail = (1 - level) / 2;
  const low = lastRank(n, (rank) => binomialCdf(rank - 1, n, p) <= tail);
  const belowHigh = lastRank(n, (rank) => binomialUpperTail(rank, n, p) > tail);
  return { low: low === 0 ? null : low, high: belowHigh === n ? null : belowHigh + 1 };
}

/** The last rank in 1…n that holds, where all ranks up to it hold and none after; 0 if none does. */
function lastRank(n: number, holds: (rank: number) => boolean): number {
  let [yes, no] = [0, n + 1];
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/**
 * The order-statistic interval of the p-quantile. Null where n does not allow both limits.
 * @param sorted ascending, independent values. Requests of one run are not: print their interval as descriptive only.
 */
export function quantileInterval(
  sorted: ArrayLike<number>,
  p: number,
  level = DEFAULT_LEVEL,
): ConfidenceInterval | null {
  const { low, high } = orderStatisticRanks(sorted.length, p, level);
  if (low === null || high === null) return null;
  return { low: sorted[low - 1] ?? Number.NaN, high: sorted[high - 1] ?? Number.NaN, level };
}

/**
 * One-sided: whether at least the p-quantile of the population meets a limit, when `meeting` of n independent runs do.
 * The p-value of "no more than p meet it"; 5 of 5 gives .031 for the median.
 */
export function binomialRuleP(meeting: number, n: number, p = 0.5): number {
  return binomialUpperTail(meeting, n, p);
}

/** P(B ≤ k). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(1 - p, n - k, k + 1, p);
}

/** P(B ≥ k), with relative accuracy in the upper tail. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return incompleteBeta(p, k, n - k + 1, 1 - p);
}

/**
 * Wilson's score interval of a share, such as failures of requests: it stays in [0, 1] and works at 0 of n.
 * Null for n = 0. Source: Wilson 1927; 3 of 1000 gives [0.00102, 0.00878], 0 of 300 at most 0.0126.
 */
export function wilsonInterval(
  successes: number,
  n: number,
  level = DEFAULT_LEVEL,
): ConfidenceInterval | null {
  if (n === 0) return null;
  const z = normalQuantile(1 - (1 - level) / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - reach),
    high: successes === n ? 1 : Math.min(1, centre + reach),
    level,
  };
}
