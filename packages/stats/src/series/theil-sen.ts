import { median, sortedCopy } from '../describe/quantiles.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { type ConfidenceInterval, DEFAULT_LEVEL } from '../intervals/interval.ts';

interface RobustLine {
  readonly slope: number;
  readonly intercept: number;
  readonly interval: ConfidenceInterval | null;
}

/** Beyond this many points the pairs would fill the memory; thin the series first. */
const POINTS_MAX = 3000;

/**
 * Theil and Sen's line: the median slope over all pairs, which a third of wild points cannot move, with Sen's interval
 * from Kendall's statistic (corrected for ties in y). The interval is null where the slopes are too few
 * to hold its limits, as with four points at 95 %, and for fewer than four points.
 * Null when no two x differ. Source: Sen 1968; Hollander & Wolfe 1973, section 9.3.
 */
export function theilSen(
  xs: readonly number[],
  ys: readonly number[],
  level = DEFAULT_LEVEL,
): RobustLine | null {
  if (xs.length > POINTS_MAX) throw new RangeError(`at most ${POINTS_MAX} points, not ${xs.length}`);
  const slopes: number[] = [];
  for (let i = 0; i < xs.length; i++) {
    for (let j = i + 1; j < xs.length; j++) {
      const run = (xs[j] ?? 0) - (xs[i] ?? 0);
      if (run !== 0) slopes.push(((ys[j] ?? 0) - (ys[i] ?? 0)) / run);
    }
  }
  if (slopes.length === 0) return null;
  const sorted = sortedCopy(slopes);
  const slope = median(sorted);
  const intercept = median(ys.map((y, i) => y - slope * (xs[i] ?? 0)));
  return { slope, intercept, interval: slopeInterval(sorted, xs.length, ys, level) };
}

function slopeInterval(
  sorted: Float64Array,
  n: number,
  ys: readonly number[],
  level: number,
): ConfidenceInterval | null {
  if (n < 4) return null;
  const sizes = new Map<number, number>();
  for (const y of ys) sizes.set(y, (sizes.get(y) ?? 0) + 1);
  let ties = 0;
  for (const size of sizes.values()) ties += size * (size - 1) * (2 * size + 5);
  const sd = Math.sqrt(Math.max(0, n * (n - 1) * (2 * n + 5) - ties) / 18);
  const reach = -normalQuantile((1 - level) / 2) * sd;
  // Counted from 1, the limits are the slopes of ranks (N − reach)/2 and (N + reach)/2 + 1, rounded outwards.
  const low = sorted[Math.floor((sorted.length - reach) / 2) - 1];
  const high = sorted[Math.ceil((sorted.length + reach) / 2)];
  return low === undefined || high === undefined ? null : { low, high, level };
}
