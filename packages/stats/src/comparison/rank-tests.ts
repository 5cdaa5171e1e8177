import { normalCdf } from '../distributions/normal.ts';

interface MannWhitneyResult {
  /** Pairs in which b is the larger, ties counting half: n_a·n_b when all of b lie above all of a. */
  readonly u: number;
  /** Two-sided p-value: P(|U − μ| ≥ |u − μ|) when the labels mean nothing. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/** Up to so many values in all the permutation distribution is computed; beyond, the normal approximation is good. */
const EXACT_VALUES_MAX = 100;

/**
 * The Mann–Whitney U test of two independent samples. Exact also with ties: the distribution of the rank sum over all
 * ways to choose the labels, given the midranks, by dynamic programming. Twice the smaller tail would be wrong there,
 * as the distribution is then not symmetric. Beyond `EXACT_VALUES_MAX` the normal approximation with corrections for
 * ties and continuity. Null with no value on a side. Source: Lehmann, Nonparametrics, 1975, sections 1.2 and 1.4.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitneyResult | null {
  if (a.length === 0 || b.length === 0) return null;
  const ranks = midranks([...a, ...b]);
  const rankSum = ranks.slice(a.length).reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (b.length * (b.length + 1)) / 2;
  const isExact = ranks.length <= EXACT_VALUES_MAX;
  const p = isExact ? exactP(ranks, b.length, rankSum) : normalP(ranks, a.length, b.length, u);
  return { u, p: Math.min(1, p), method: isExact ? 'exact' : 'normal' };
}

/** The share of all choices of `chosen` ranks whose sum is as far from its mean as the observed one, or further. */
function exactP(ranks: readonly number[], chosen: number, observed: number): number {
  // Midranks are whole or half: doubled they are integers, and sums index an array.
  const doubled = ranks.map((rank) => Math.round(2 * rank)).sort((x, y) => x - y);
  const sumMax = doubled.slice(-chosen).reduce((sum, rank) => sum + rank, 0);
  // ways[k][s]: in how many ways k of the ranks so far have the sum s. A hundred values give 1e29 at most.
  const ways = Array.from({ length: chosen + 1 }, () => new Float64Array(sumMax + 1));
  (ways[0] as Float64Array)[0] = 1;
  for (const [i, rank] of doubled.entries()) {
    for (let k = Math.min(i + 1, chosen); k >= 1; k--) {
      const [from, to] = [ways[k - 1] as Float64Array, ways[k] as Float64Array];
      for (let s = sumMax; s >= rank; s--) to[s] = (to[s] as number) + (from[s - rank] as number);
    }
  }
  const counts = ways[chosen] as Float64Array;
  const centre = chosen * (ranks.length + 1);
  const distance = Math.abs(2 * observed - centre);
  let [extreme, all] = [0, 0];
  for (let s = 0; s <= sumMax; s++) {
    const count = counts[s] as number;
    all += count;
    if (Math.abs(s - centre) >= distance - 1e-9) extreme += count;
  }
  return extreme / all;
}

/** With continuity and tie corrections. */
function normalP(ranks: readonly number[], sizeA: number, sizeB: number, u: number): number {
  const n = sizeA + sizeB;
  const sizes = new Map<number, number>();
  for (const rank of ranks) sizes.set(rank, (sizes.get(rank) ?? 0) + 1);
  let ties = 0;
  for (const size of sizes.values()) ties += size ** 3 - size;
  const variance = ((sizeA * sizeB) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (!(variance > 0)) return 1;
  const distance = Math.max(0, Math.abs(u - (sizeA * sizeB) / 2) - 0.5);
  return 2 * normalCdf(-distance / Math.sqrt(variance));
}

/** Ranks from 1 in ascending order, equal values sharing the mean of theirs (midranks). */
export function midranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to++;
    for (let i = from; i <= to; i++) ranks[order[i] ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

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
