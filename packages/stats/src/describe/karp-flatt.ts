/**
 * Karp and Flatt's experimentally determined serial fraction, (1/S − 1/p)/(1 − 1/p), of speed-up S on p times the units:
 * constant over p speaks for Amdahl, growing for coherency, negative is superlinear. Null for p = 1.
 * Source: Karp & Flatt 1990.
 */
export function karpFlatt(speedup: number, p: number): number | null {
  return p === 1 ? null : (1 / speedup - 1 / p) / (1 - 1 / p);
}
