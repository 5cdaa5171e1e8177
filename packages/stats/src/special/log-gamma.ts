/** Lanczos's coefficients for g = 607/128, 15 terms (P. Godfrey 2001), good to about 1e-15 for x > 0. */
const lanczosG = 607 / 128;
const lanczos = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
] as const;
const logSqrt2Pi = 0.9189385332046728;

/** ln Γ(x) for x > 0. Source: Lanczos 1964, coefficients by Godfrey; absolute error about 1e-15·max(1, lnΓ). */
export function logGamma(x: number): number {
  let sum: number = lanczos[0];
  for (let i = 1; i < lanczos.length; i++) sum += (lanczos[i] ?? 0) / (x + i - 1);
  const t = x + lanczosG - 0.5;
  return logSqrt2Pi + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Below this the error of Stirling's formula comes from ln Γ itself, above it from its asymptotic series. */
const STIRLING_SERIES_FROM = 15;

/**
 * ln Γ(n+1) − [(n + ½) ln n − n + ½ ln 2π], the error of Stirling's formula, for n > 0.
 * Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000. It stays accurate where the
 * difference of two ln Γ loses all digits.
 */
export function stirlingError(n: number): number {
  if (n < STIRLING_SERIES_FROM) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - logSqrt2Pi;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}
