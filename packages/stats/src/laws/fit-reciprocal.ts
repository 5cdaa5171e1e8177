import { euclideanNorm, factorQr, solveUpper } from '../regression/householder.ts';
import {
  type LeastSquaresFit,
  type LeastSquaresOptions,
  levenbergMarquardt,
} from '../regression/levenberg-marquardt.ts';
import { type Levels, levelMean } from './levels.ts';
import { type ReciprocalModel, type ReciprocalProblem, reciprocalProblem } from './reciprocal-model.ts';

/** For a search along a parameter: only the squares are wanted, and the next minimum is close to the last. */
const searching: LeastSquaresOptions = {
  reach: Number.POSITIVE_INFINITY,
  offsetShare: 1e-7,
  isPolished: false,
};

/**
 * The least squares of a law over levels, without the squares inside levels. Several starts are tried, the closed form
 * and those that are given, and the best minimum is kept, so that a law never fits worse than the one it contains.
 * Null where no start lies in the domain.
 */
export function fitReciprocal(
  model: ReciprocalModel,
  data: Levels,
  starts: readonly (readonly number[])[] = [],
): LeastSquaresFit | null {
  const problem = reciprocalProblem(model, data);
  if (model.basis.length === 0) return withoutParameters(problem);
  let best: LeastSquaresFit | null = null;
  for (const start of [closedFormStart(problem, data), ...starts]) {
    const fit = start && levenbergMarquardt(problem, start);
    if (fit && (!best || isBetter(fit, best))) best = fit;
  }
  return best;
}

/** The least squares near a start, or from the closed form where the start fails; for the profile. */
export function refitReciprocal(
  model: ReciprocalModel,
  data: Levels,
  start: readonly number[],
): LeastSquaresFit | null {
  const problem = reciprocalProblem(model, data);
  if (model.basis.length === 0) return withoutParameters(problem);
  const near = levenbergMarquardt(problem, start, searching);
  if (near?.converged) return near;
  const closed = closedFormStart(problem, data);
  const far = closed && levenbergMarquardt(problem, closed);
  return far && (!near || isBetter(far, near)) ? far : near;
}

function isBetter(fit: LeastSquaresFit, than: LeastSquaresFit): boolean {
  if (fit.converged !== than.converged) return fit.converged && fit.rss <= than.rss * (1 + 1e-6);
  return fit.rss < than.rss;
}

function withoutParameters(problem: ReciprocalProblem): LeastSquaresFit | null {
  const residuals = new Float64Array(problem.rows);
  if (!problem.residuals([], residuals)) return null;
  return { parameters: [], rss: euclideanNorm(residuals) ** 2, converged: true, iterations: 0, r: [] };
}

/**
 * N/X is linear in the parameters, so weighted linear least squares on it, with the weights that make its residuals
 * those of the scale to first order ((X/N)² for logs, X⁴/N² for X), lands close to the minimum.
 */
function closedFormStart({ bases, fixed }: ReciprocalProblem, { levels, scale }: Levels): number[] | null {
  const right = new Float64Array(levels.length);
  const columns = bases.map(() => new Float64Array(levels.length));
  for (const [l, level] of levels.entries()) {
    const { n, count } = level;
    const x = levelMean(level, scale);
    const weight = Math.sqrt(count) * (scale === 'log' ? x / n : (x * x) / n);
    right[l] = Math.sqrt(count) * (scale === 'log' ? 1 : x) - weight * (fixed[l] as number);
    for (const [k, column] of columns.entries())
      column[l] = weight * ((bases[k] as Float64Array)[l] as number);
  }
  const { r, qtb } = factorQr(columns, right);
  return solveUpper(r, qtb);
}
