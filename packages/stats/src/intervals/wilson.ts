import { normalQuantile } from '../distributions/normal.ts';
import { type ConfidenceInterval, DEFAULT_LEVEL } from './interval.ts';

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
