import { mean, variance } from '../describe/moments.ts';
import { studentTQuantile } from '../distributions/student-t.ts';
import { type ConfidenceInterval, defaultLevel } from './interval.ts';

/**
 * Fieller's interval of a ratio of means, b/a, each mean with its own t half-width h² = t²S²/n:
 * (ȲȲ′ ± √((ȲȲ′)² − (Ȳ² − h²)(Ȳ′² − h′²))) / (Ȳ² − h²). Null when a's mean is not clearly apart from 0 (then the interval is
 * unbounded), or with fewer than two values on a side. Source: Fieller 1954, in the form of Kalibera & Jones 2013.
 */
export function fiellerRatioInterval(
  a: readonly number[],
  b: readonly number[],
  level = defaultLevel,
): ConfidenceInterval | null {
  if (a.length < 2 || b.length < 2) return null;
  const [meanA, meanB] = [mean(a), mean(b)];
  const apartA = meanA ** 2 - halfWidthSquared(a, level);
  const apartB = meanB ** 2 - halfWidthSquared(b, level);
  const root = (meanA * meanB) ** 2 - apartA * apartB;
  if (!(apartA > 0) || !(root >= 0)) return null;
  const reach = Math.sqrt(root);
  return { low: (meanA * meanB - reach) / apartA, high: (meanA * meanB + reach) / apartA, level };
}

function halfWidthSquared(values: readonly number[], level: number): number {
  const t = studentTQuantile(1 - (1 - level) / 2, values.length - 1);
  return (t * t * variance(values)) / values.length;
}
