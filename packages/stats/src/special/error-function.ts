/** Below this the power series is used, above it the continued fraction. */
const SERIES_BELOW = 1.5;

/**
 * The complementary error function 1 − erf(x), with relative accuracy in the upper tail.
 * Source: series DLMF 7.6.2 (all terms of one sign) and continued fraction DLMF 7.9.1.
 */
export function complementaryError(x: number): number {
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
