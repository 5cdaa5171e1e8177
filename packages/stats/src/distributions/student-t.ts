import { incompleteBeta } from '../special/incomplete-beta.ts';
import { logGamma } from '../special/log-gamma.ts';

/** Enough halvings to bring any bracket of doubles down to neighbouring numbers. */
const STEPS_MAX = 2200;

/**
 * The t ≥ 0 at which a tail probability that falls from `tail(0)` to 0 has come down to `p`.
 * Doubling finds a bracket, then Newton steps on ln tail, with bisection wherever one would leave the bracket.
 * @param density −d tail / dt, so that the derivative of ln tail is −density/tail.
 */
function invertTail(p: number, tail: (t: number) => number, density: (t: number) => number): number {
  let low = 0;
  let high = 1;
  while (tail(high) > p && high < 1e300) {
    low = high;
    high *= 2;
  }
  let t = (low + high) / 2;
  for (let i = 0; i < STEPS_MAX; i++) {
    const value = tail(t);
    if (value > p) low = t;
    else high = t;
    const newton = t + (Math.log(value / p) * value) / density(t);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= Math.abs(t) * 2 ** -52 || next === low || next === high) return next;
    t = next;
  }
  return t;
}

/** P(T > t) for Student's t with `df` > 0 degrees of freedom (not only whole ones). */
export function studentTUpperTail(t: number, df: number): number {
  if (t < 0) return 1 - studentTUpperTail(-t, df);
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  const whole = df + square;
  return incompleteBeta(df / whole, df / 2, 0.5, square / whole) / 2;
}

/** P(|T| ≥ |t|), the two-sided p-value. */
export function studentTTwoSided(t: number, df: number): number {
  return 2 * studentTUpperTail(Math.abs(t), df);
}

/** The density; it only steers Newton's steps, so the digits that ln Γ loses at large df do no harm. */
function studentTDensity(t: number, df: number): number {
  const logScale = logGamma((df + 1) / 2) - logGamma(df / 2) - Math.log(df * Math.PI) / 2;
  return Math.exp(logScale - ((df + 1) / 2) * Math.log1p((t * t) / df));
}

/** The t with P(T ≤ t) = p, for `df` > 0. ±∞ at p = 0 and 1. Relative accuracy about 1e-14. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return studentTQuantileUpper(1 - p, df);
  return -studentTQuantileUpper(p, df);
}

function studentTQuantileUpper(q: number, df: number): number {
  if (q === 0) return Number.POSITIVE_INFINITY;
  return invertTail(
    q,
    (t) => studentTUpperTail(t, df),
    (t) => studentTDensity(t, df),
  );
}
