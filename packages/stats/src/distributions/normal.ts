/** P(Z ≤ z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return complementaryError(-z / Math.SQRT2) / 2;
}

/**
 * The z with P(Z ≤ z) = p. ±∞ at p = 0 and 1, NaN outside [0, 1].
 * Source: starting value Abramowitz & Stegun 26.2.23, then Halley steps on the distribution function to full precision.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0.5) return 0;
  const r = Math.sqrt(-2 * Math.log(p));
  const rational = 2.515517 + r * (0.802853 + r * 0.010328);
  let z = rational / (1 + r * (1.432788 + r * (0.189269 + r * 0.001308))) - r;
  for (let i = 0; i < 4; i++) {
    const excess = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
    z -= excess / (1 + (z * excess) / 2);
  }
  return z;
}

/** Below this the power series is used, above it the continued fraction. */
const SERIES_BELOW = 1.5;

/**
 * The complementary error function 1 − erf(x), with relative accuracy in the upper tail.
 * Source: series DLMF 7.6.2 (all terms of one sign) and continued fraction DLMF 7.9.1.
 */
function complementaryError(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x < 0) return 2 - complementaryError(-x);
  if (x < SERIES_BELOW) return 1 - errorSeries(x);
  if (x > 27.3) return 0;
  let fraction = 0;
  for (let k = 100; k >= 1; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}

function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    const next = sum + term;
    if (next === sum) break;
    sum = next;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
