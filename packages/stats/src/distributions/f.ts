import { incompleteBeta } from '../special/incomplete-beta.ts';

/** P(F > f) of the F distribution with `df1` and `df2` degrees of freedom: the p-value of an F test. */
export function fUpperTail(f: number, df1: number, df2: number): number {
  if (Number.isNaN(f)) return Number.NaN;
  if (f <= 0) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  const whole = df2 + df1 * f;
  return incompleteBeta(df2 / whole, df2 / 2, df1 / 2, (df1 * f) / whole);
}

/** The f with P(F > f) = q, for 0 < q < 1. */
export function fUpperQuantile(q: number, df1: number, df2: number): number {
  let low = 0;
  let high = 1;
  while (fUpperTail(high, df1, df2) > q && high < 1e300) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    if (fUpperTail(middle, df1, df2) > q) low = middle;
    else high = middle;
  }
}
