import { betaDensityFactor, incompleteBeta } from '../special/incomplete-beta.ts';

/** P(B = k) of n trials with success probability p. Source: Loader 2000. */
export function binomialProbability(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0;
  if (p === 0 || k === 0) return p === 0 && k > 0 ? 0 : Math.exp(n * Math.log1p(-p));
  if (p === 1 || k === n) return p === 1 && k < n ? 0 : Math.exp(n * Math.log(p));
  return betaDensityFactor(p, 1 - p, k, n - k);
}

/** P(B ≤ k). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(1 - p, n - k, k + 1, p);
}

/** P(B ≥ k), with relative accuracy in the upper tail. */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return incompleteBeta(p, k, n - k + 1, 1 - p);
}
