/**
 * Jain's fairness index (Σx)² / (n Σx²): 1 when all shares are equal, 1/n when one has everything. Null when nothing
 * was shared. Source: Jain, Chiu & Hawe, DEC-TR-301, 1984.
 */
export function jainIndex(shares: readonly number[]): number | null {
  const largest = Math.max(0, ...shares);
  if (largest === 0) return null;
  let sum = 0;
  let squares = 0;
  for (const share of shares) {
    const scaled = share / largest;
    sum += scaled;
    squares += scaled * scaled;
  }
  return (sum * sum) / (shares.length * squares);
}

/** The largest share over the mean share; throughput is capped at its reciprocal. Null when nothing was shared. */
export function maxOverMean(shares: readonly number[]): number | null {
  const sum = shares.reduce((total, share) => total + share, 0);
  return sum === 0 ? null : (Math.max(...shares) * shares.length) / sum;
}

/**
 * Karp and Flatt's experimentally determined serial fraction, (1/S − 1/p)/(1 − 1/p), of speed-up S on p times the units:
 * constant over p speaks for Amdahl, growing for coherency, negative is superlinear. Null for p = 1.
 * Source: Karp & Flatt 1990.
 */
export function karpFlatt(speedup: number, p: number): number | null {
  return p === 1 ? null : (1 / speedup - 1 / p) / (1 - 1 / p);
}
