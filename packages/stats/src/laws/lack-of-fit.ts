import type { LackOfFit } from '@escala/model';
import { fUpperTail } from '../distributions/f.ts';
import type { LawFit } from './law-fit.ts';

/** Squares below this share of the observations are rounding, not noise. */
const ROUNDING_SHARE = 16 * Number.EPSILON;

/**
 * The F test of a law against its own repetitions: F = [(RSS − SS_PE)/(L − p)] / [SS_PE/(n − L)], with SS_PE the squares
 * inside the L levels. Null without repetitions, with no more levels than parameters, and where all repetitions are
 * equal, since then they are copies and hold no measure of the noise.
 */
export function lackOfFit({
  rss,
  data,
  coefficients,
}: Pick<LawFit, 'rss' | 'data' | 'coefficients'>): LackOfFit | null {
  const df = [data.levels.length - coefficients.length, data.rows - data.levels.length] as const;
  if (df[0] <= 0 || df[1] <= 0 || isRounding(data.pureError, data.rows)) return null;
  const f = (rss - data.pureError) / df[0] / (data.pureError / df[1]);
  return { f, df, p: fUpperTail(f, ...df) };
}

/** Whether squares of values of order one, `rows` of them, are no more than rounding. */
export function isRounding(squares: number, rows: number): boolean {
  return squares <= rows * ROUNDING_SHARE ** 2;
}
