import { stirlingError } from './log-gamma.ts';

/** The continued fraction needs about √max(a, b) terms; this serves a, b up to 1e11. */
const TERMS_MAX = 1_000_000;

/**
 * The regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 ≤ x ≤ 1.
 * @param y 1 − x, where the caller knows it more exactly than the subtraction would.
 * Source: the continued fraction of DiDonato & Morris 1992, with Loader's saddle-point form of the factor before it,
 * so that a or b of a million lose no digits.
 */
export function incompleteBeta(x: number, a: number, b: number, y = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const below = x * (a + b + 2) < a + 1;
  return below ? betaTail(x, y, a, b) : 1 - betaTail(y, x, b, a);
}

/** I_x(a, b) where x lies below the mean: there the fraction converges fast and the result has relative accuracy. */
function betaTail(x: number, y: number, a: number, b: number): number {
  return ((betaDensityFactor(x, y, a, b) * a * b) / (a + b)) * continuedFraction(x, y, a, b);
}

/** Γ(a+b+1) / (Γ(a+1) Γ(b+1)) · x^a · y^b, the binomial probability for real counts. */
function betaDensityFactor(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b));
}

/** x ln(x/m) + m − x without cancellation where x is close to m (Loader's bd0). */
function deviance(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = difference / (x + m);
  let sum = difference * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return next;
    sum = next;
  }
  return sum;
}

/**
 * The continued fraction in the form of DiDonato & Morris (TOMS 708, BFRAC): it starts from
 * λ = a − (a+b)x = (a+b)y − b, taken from the smaller of x and y, where the textbook's 1 − (a+b)x/(a+1) cancels.
 */
function continuedFraction(x: number, y: number, a: number, b: number): number {
  const c = 1 + (x < y ? a - (a + b) * x : (a + b) * y - b);
  const c1 = 1 + 1 / a;
  let [p, s] = [1, a + 1];
  let [numeratorBefore, denominatorBefore, numerator, denominator] = [0, 1, 1, c / c1];
  let ratio = c1 / c;
  for (let n = 1; n <= TERMS_MAX; n++) {
    const t = n / a;
    const w = n * (b - n) * x;
    const alpha = p * (p + b / a) * (a / s) ** 2 * (w * x);
    const beta = n + w / s + ((1 + t) / (c1 + t + t)) * (c + n * (y + 1));
    p = 1 + t;
    s += 2;
    const nextNumerator = alpha * numeratorBefore + beta * numerator;
    const nextDenominator = alpha * denominatorBefore + beta * denominator;
    const next = nextNumerator / nextDenominator;
    if (Math.abs(next - ratio) <= 2 ** -52 * next) return next;
    ratio = next;
    // Dividing all four by the denominator keeps them from overflowing and leaves every later ratio as it is.
    numeratorBefore = numerator / nextDenominator;
    denominatorBefore = denominator / nextDenominator;
    numerator = ratio;
    denominator = 1;
  }
  return ratio;
}
