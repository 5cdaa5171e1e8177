import { normalCdf } from '../distributions/normal.ts';
import { studentTQuantile } from '../distributions/student-t.ts';
import { logGamma } from '../special/log-gamma.ts';

/** A t test that is planned: of n pairs, or of two samples of n. */
interface PlannedTest {
  readonly n: number;
  readonly isPaired: boolean;
  /** Standard deviation of the differences of pairs, or of each sample. */
  readonly sd: number;
  /** The difference that is there, > 0, in the unit of `sd`. */
  readonly difference: number;
  /** Two-sided. */
  readonly alpha: number;
  /** The estimate must be beyond this, too. */
  readonly beyond?: number;
}

/** Standard deviations of √(χ²/df) around 1 beyond which there is nothing left to add, and steps of Simpson's rule. */
const [DEVIATIONS, STEPS] = [9, 400];

/**
 * The power of a two-sided t test, counting only findings in the right direction, as R's `power.t.test` does; with `beyond`
 * the chance that the estimate is also larger than that. The noncentral t distribution as an integral over the estimated
 * standard deviation, whose density is that of √(χ²/df). Source: Owen 1965.
 */
export function powerOfT({ n, isPaired, sd, difference, alpha, beyond = 0 }: PlannedTest): number {
  const df = isPaired ? n - 1 : 2 * n - 2;
  const error = sd * Math.sqrt((isPaired ? 1 : 2) / n);
  if (!(df > 0)) return 0;
  if (error === 0) return difference > beyond ? 1 : 0;
  const t = studentTQuantile(1 - alpha / 2, df);
  const logScale = Math.LN2 + (df / 2) * Math.log(df / 2) - logGamma(df / 2);
  const integrand = (x: number) => {
    const density = Math.exp(
      logScale + (x === 0 ? (df > 1 ? -Infinity : 0) : (df - 1) * Math.log(x)) - (df * x * x) / 2,
    );
    return density * normalCdf(difference / error - Math.max(t * x, beyond / error));
  };
  const [low, high] = [Math.max(0, 1 - DEVIATIONS / Math.sqrt(df)), 1 + DEVIATIONS / Math.sqrt(df)];
  // From here on the test asks for more than `beyond`: a corner, which no step may cross.
  const corner = Math.min(high, Math.max(low, beyond / error / t));
  return Math.min(1, simpson(integrand, low, corner) + simpson(integrand, corner, high));
}

function simpson(f: (x: number) => number, from: number, to: number): number {
  if (to <= from) return 0;
  const step = (to - from) / STEPS;
  let sum = f(from) + f(to);
  for (let i = 1; i < STEPS; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * step);
  return (sum * step) / 3;
}
