/** A copy in ascending order; typed arrays are sorted as numbers, and so is this. */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * p·n may come out a rounding error above a whole number (0.07·100 = 7.000000000000001), which must not cost a rank.
 */
const rankFuzz = 4 * Number.EPSILON;

/** The rank, from 1, of the nearest-rank percentile: ⌈p·n⌉, at least 1. */
export function nearestRank(n: number, p: number): number {
  return Math.min(n, Math.max(1, Math.ceil(p * n * (1 - rankFuzz))));
}

/**
 * The nearest-rank percentile (type 1 of Hyndman & Fan 1996): always an observed value, and what HDR histograms and
 * SLOs mean. @param sorted ascending. NaN for no values.
 */
export function nearestRankQuantile(sorted: ArrayLike<number>, p: number): number {
  return sorted[nearestRank(sorted.length, p) - 1] ?? Number.NaN;
}

/**
 * The linearly interpolated quantile (type 7 of Hyndman & Fan 1996, the default of R and NumPy), for medians across
 * runs. @param sorted ascending. NaN for no values.
 */
export function interpolatedQuantile(sorted: ArrayLike<number>, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  const share = position - below;
  return share === 0 || low === high ? low : low + share * (high - low);
}

/** The median of values in any order (type 7). NaN for no values. */
export function median(values: ArrayLike<number>): number {
  return interpolatedQuantile(sortedCopy(values), 0.5);
}
