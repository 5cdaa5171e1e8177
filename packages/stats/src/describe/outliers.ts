import { median } from './quantiles.ts';

/** 1.4826 makes the MAD a standard deviation under normality; ten of those are hyperfine's threshold. */
export const MAD_DISTANCE_MAX = 14.826;

/** |x − median| / MAD of each value; values beyond `MAD_DISTANCE_MAX` are flagged, never deleted. NaN where the MAD is 0 and so is the distance. */
export function madDistances(values: readonly number[]): number[] {
  const centre = median(values);
  const distances = values.map((value) => Math.abs(value - centre));
  const mad = median(distances);
  return distances.map((distance) => distance / mad);
}
