import { median, sortedCopy } from '../describe/quantiles.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { type ConfidenceInterval, defaultLevel } from '../intervals/interval.ts';

/** The shift from a to b, and Moses's interval of it; null where the samples are too small for the level. */
export interface ShiftEstimate {
  readonly shift: number;
  readonly interval: ConfidenceInterval | null;
}

/** Up to so many pairs the distribution of U is counted; beyond, its normal approximation. */
const exactPairsMax = 10_000;

/**
 * Hodges and Lehmann's shift, the median of all differences b − a, with Moses's interval: the k-th smallest and
 * largest difference, k from the distribution of U without ties (with ties it covers at least as much). Apply it to
 * logarithms for a ratio. Source: Hollander & Wolfe, Nonparametric Statistical Methods, 1973, section 4.3.
 */
export function hodgesLehmann(
  a: readonly number[],
  b: readonly number[],
  level = defaultLevel,
): ShiftEstimate {
  const differences = sortedCopy(a.flatMap((x) => b.map((y) => y - x)));
  const k = mosesRank(a.length, b.length, (1 - level) / 2);
  const interval =
    k < 1
      ? null
      : {
          low: differences[k - 1] ?? Number.NaN,
          high: differences[differences.length - k] ?? Number.NaN,
          level,
        };
  return { shift: median(differences), interval };
}

/** The largest k with P(U ≤ k − 1) ≤ tail; 0 where even the outermost differences do not reach the level. */
function mosesRank(sizeA: number, sizeB: number, tail: number): number {
  const pairs = sizeA * sizeB;
  if (pairs > exactPairsMax) {
    const sd = Math.sqrt((pairs * (sizeA + sizeB + 1)) / 12);
    return Math.max(0, Math.floor(pairs / 2 + normalQuantile(tail) * sd + 0.5));
  }
  const shares = lowerHalfOfU(sizeA, sizeB);
  let cumulative = 0;
  for (let k = 0; k < shares.length; k++) {
    cumulative += shares[k] as number;
    if (cumulative > tail) return k;
  }
  return shares.length;
}

/**
 * P(U = u) without ties, for u up to the middle. The number of ways is the Gaussian binomial coefficient, a product of
 * (1 − q^(m+i))/(1 − q^i), multiplied and divided out term by term. Up to the middle each number is made of smaller ones, so
 * rounding stays small; in the falling half what it left of the largest would drown the others, and is not needed, as
 * the distribution is symmetric.
 */
function lowerHalfOfU(sizeA: number, sizeB: number): Float64Array {
  const middle = Math.floor((sizeA * sizeB) / 2);
  const ways = new Float64Array(middle + 1);
  ways[0] = 1;
  let all = 1;
  for (let i = 1; i <= sizeB; i++) {
    for (let u = middle; u >= sizeA + i; u--) ways[u] = (ways[u] as number) - (ways[u - sizeA - i] as number);
    for (let u = i; u <= middle; u++) ways[u] = (ways[u] as number) + (ways[u - i] as number);
    all *= (sizeA + i) / i;
  }
  return ways.map((count) => count / all);
}
