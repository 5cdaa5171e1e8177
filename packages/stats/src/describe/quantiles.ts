/** A copy in ascending order; typed arrays are sorted as numbers, and so is this. */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
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

/** 1.4826 makes the MAD a standard deviation under normality; ten of those are hyperfine's threshold. */
export const MAD_DISTANCE_MAX = 14.826;

/** |x − median| / MAD of each value; values beyond `MAD_DISTANCE_MAX` are flagged, never deleted. NaN where the MAD is 0 and so is the distance. */
export function madDistances(values: readonly number[]): number[] {
  const centre = median(values);
  const distances = values.map((value) => Math.abs(value - centre));
  const mad = median(distances);
  return distances.map((distance) => distance / mad);
}
