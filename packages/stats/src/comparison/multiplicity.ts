/**
 * Benjamini and Hochberg's q-values, in the order of the p-values: calling everything with q ≤ .05 keeps the expected
 * share of false calls at 5 %. Source: Benjamini & Hochberg 1995.
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const n = ps.length;
  return adjust(ps, (p, rank) => (p * n) / rank, 'from-largest');
}

/** Holm's adjusted p-values: the chance of any false call stays at the level. For headline claims. Source: Holm 1979. */
export function holm(ps: readonly number[]): number[] {
  const n = ps.length;
  return adjust(ps, (p, rank) => p * (n - rank + 1), 'from-smallest');
}

/** Adjusts each p by its rank, from 1, and keeps the order of the p-values: a running extreme over the ranks. */
function adjust(
  ps: readonly number[],
  factor: (p: number, rank: number) => number,
  direction: 'from-smallest' | 'from-largest',
): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const adjusted = new Array<number>(ps.length).fill(1);
  const isUp = direction === 'from-smallest';
  let extreme = isUp ? 0 : 1;
  for (let step = 0; step < order.length; step++) {
    const at = isUp ? step : order.length - 1 - step;
    const index = order[at] ?? 0;
    const value = Math.min(1, factor(ps[index] ?? 1, at + 1));
    extreme = isUp ? Math.max(extreme, value) : Math.min(extreme, value);
    adjusted[index] = extreme;
  }
  return adjusted;
}
