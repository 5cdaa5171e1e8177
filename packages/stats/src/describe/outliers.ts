import { interpolatedQuantile, median, sortedCopy } from './quantiles.ts';

/** 1.4826 makes the MAD a standard deviation under normality; ten of those are hyperfine's threshold. */
export const madThreshold = 14.826;

/** |x − median| / MAD of each value; values beyond `madThreshold` are flagged, never deleted. NaN where the MAD is 0 and so is the distance. */
export function madDistances(values: readonly number[]): number[] {
  const centre = median(values);
  const distances = values.map((value) => Math.abs(value - centre));
  const mad = median(distances);
  return distances.map((distance) => distance / mad);
}

/** Tukey's fences, `reach` interquartile ranges beyond the quartiles: 1.5 for mild, 3 for far outliers. */
export function tukeyFences(values: readonly number[], reach = 1.5): { low: number; high: number } {
  const sorted = sortedCopy(values);
  const [q1, q3] = [interpolatedQuantile(sorted, 0.25), interpolatedQuantile(sorted, 0.75)];
  return { low: q1 - reach * (q3 - q1), high: q3 + reach * (q3 - q1) };
}
