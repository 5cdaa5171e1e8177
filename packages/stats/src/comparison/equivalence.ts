import { studentTQuantile } from '../distributions/student-t.ts';
import type { ConfidenceInterval } from '../intervals/interval.ts';

type RatioVerdict = 'higher' | 'lower' | 'equivalent' | 'inconclusive';

/**
 * The verdict on a ratio b/a with margin ε: `equivalent` when its 90 % interval lies inside (1−ε, 1/(1−ε)), which is two
 * one-sided tests at .05 (TOST, Schuirmann 1987); else `higher` or `lower` when its 95 % interval lies outside 1; else
 * `inconclusive`. Whether higher is better is the caller's to say.
 */
export function ratioVerdict(
  ci90: Pick<ConfidenceInterval, 'low' | 'high'>,
  ci95: Pick<ConfidenceInterval, 'low' | 'high'>,
  margin: number,
): RatioVerdict {
  if (ci90.low > 1 - margin && ci90.high < 1 / (1 - margin)) return 'equivalent';
  if (ci95.low > 1) return 'higher';
  if (ci95.high < 1) return 'lower';
  return 'inconclusive';
}

/** More rounds than this are not a plan. */
const ROUNDS_MAX = 100_000;

/**
 * Rounds on each side after which a 95 % interval of a log ratio is as narrow as the margin: the smallest n with
 * n ≥ 2·(t·s/ln(1+ε))², t with 2n−2 degrees of freedom. Null where that is beyond any plan.
 * @param sd standard deviation of the logarithms of run-level values (about their coefficient of variation).
 */
export function roundsToSettle(sd: number, margin: number): number | null {
  return leastRounds((n) => 2 * reachOf(sd, margin, 2 * n - 2) ** 2);
}

/**
 * The same for pairs that ran side by side: n ≥ (t·s/ln(1+ε))², t with n−1 degrees of freedom.
 * @param sd standard deviation of the differences of the logarithms.
 */
export function pairsToSettle(sd: number, margin: number): number | null {
  return leastRounds((n) => reachOf(sd, margin, n - 1) ** 2);
}

/** t·s in margins. */
function reachOf(sd: number, margin: number, df: number): number {
  return (studentTQuantile(0.975, df) * sd) / Math.log1p(margin);
}

/** The smallest n that is as many as it needs. */
function leastRounds(needed: (n: number) => number): number | null {
  let [low, high] = [1, 2];
  while (needed(high) > high) {
    low = high;
    high *= 2;
    if (high > ROUNDS_MAX) return null;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (needed(middle) > middle) low = middle;
    else high = middle;
  }
  return high;
}
