import { mannWhitney } from '@escala/stats';

/** `direction` is where b lies, by more than the margin; `p` is that of this, and 1 where it is not even so in the sample. */
export interface RankComparison {
  readonly direction: 'higher' | 'lower' | null;
  readonly p: number;
}

/**
 * Two sides of which some values are 0, or only known to be larger than all others (Infinity), so that neither a ratio nor
 * its interval exists: the exact Mann–Whitney test of the ranks, with the values of the lower side moved up by the margin.
 */
export function compareRanks(a: readonly number[], b: readonly number[], margin: number): RankComparison {
  const moved = (values: readonly number[]) => values.map((value) => value / (1 - margin));
  const half = (a.length * b.length) / 2;
  const isHigher = (mannWhitney(a, b)?.u ?? half) > half;
  const test = isHigher ? mannWhitney(moved(a), b) : mannWhitney(a, moved(b));
  const isStillSo = test !== null && (isHigher ? test.u > half : test.u < half);
  return isStillSo ? { direction: isHigher ? 'higher' : 'lower', p: test.p } : { direction: null, p: 1 };
}
