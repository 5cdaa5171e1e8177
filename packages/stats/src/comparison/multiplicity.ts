/**
 * Benjamini and Hochberg's q-values, in the order of the p-values: calling everything with q ≤ .05 keeps the expected
 * share of false calls at 5 %. Source: Benjamini & Hochberg 1995.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const fromLargest = ps.map((p, index) => ({ p, index })).sort((a, b) => b.p - a.p);
  const qs = new Array<number>(ps.length).fill(1);
  let least = 1;
  for (const [step, { p, index }] of fromLargest.entries()) {
    const rank = ps.length - step;
    least = Math.min(least, (p * ps.length) / rank);
    qs[index] = least;
  }
  return qs;
}
