import type { FittedModel, LevelInfluence } from '@escala/model';
import { studentTTwoSided } from '../distributions/student-t.ts';
import { findPeak } from '../laws/law-curve.ts';
import {
  fitLaw,
  type LawFit,
  lawParameters,
  type ParameterName,
  parameterEstimate,
  standardErrorOf,
} from '../laws/law-fit.ts';
import { type Levels, levelMean } from '../laws/levels.ts';

/** With more levels one of them moves nothing, and the refits would cost seconds. */
const LEVELS_MAX = 50;

/**
 * The chosen law fitted anew without each level of N in turn. Empty where that would leave no degree of freedom between
 * levels, and with very many levels. Source: Cook & Weisberg, Residuals and Influence in Regression, 1982, section 3.2.
 */
export function levelInfluence(fit: LawFit): readonly LevelInfluence[] {
  const { levels } = fit.data;
  if (levels.length < fit.coefficients.length + 2 || levels.length > LEVELS_MAX) return [];
  return levels.flatMap((left) => {
    const kept = levels.filter((level) => level !== left);
    const rows = fit.data.rows - left.count;
    const without = fitLaw(fit.law, { ...fit.data, levels: kept, rows }, null);
    if (!without?.converged) return [];
    const estimates = lawParameters[fit.law].map((name) => [name, parameterEstimate(without, name)]);
    return [
      { n: left.n, ...(Object.fromEntries(estimates) as { gamma: number }), peakN: findPeak(without).n },
    ];
  });
}

/** A level decides when leaving it out moves a parameter this many times as far as its 95 % interval reaches. */
const REACHES_MIN = 2;

/** The level and parameter of the furthest move, in reaches of the interval; null where no level decides. */
export function decidingLevel(
  influence: readonly LevelInfluence[],
  model: FittedModel,
): { readonly n: number; readonly name: ParameterName; readonly estimate: number } | null {
  let furthest: { n: number; name: ParameterName; estimate: number; reaches: number } | null = null;
  for (const level of influence) {
    for (const name of ['alpha', 'beta', 'gamma'] as const) {
      const [moved, whole] = [level[name], model[name]];
      if (moved === undefined || !whole) continue;
      const limit = whole.profileCi95?.[moved < whole.estimate ? 0 : 1];
      if (limit === undefined || limit === null) continue;
      const reaches = (moved - whole.estimate) / (limit - whole.estimate);
      if (reaches >= Math.max(REACHES_MIN, furthest?.reaches ?? 0))
        furthest = { n: level.n, name, estimate: moved, reaches };
    }
  }
  return furthest;
}

/** Of the chance that a level of a true law is named, over all levels. */
const NAMED_LEVEL = 0.01;
/** Degrees of freedom between the levels that are left. */
const FREEDOM_MIN = 2;

/** A level far from what the other levels say of it. */
export interface OutlyingLevel {
  readonly n: number;
  /** Its mean throughput, and what the law of the other levels gives there. */
  readonly x: number;
  readonly expected: number;
}

/**
 * The level that no law explains: each in turn is held against the largest law that the others can carry, by the
 * deletion residual's Student t with Bonferroni's correction. Such a level widens the very intervals that would have
 * shown it. Null where none is far, or too few levels would be left. Source: Cook & Weisberg, Residuals and Influence in
 * Regression, 1982, section 2.2.
 */
export function outlyingLevel(data: Levels): OutlyingLevel | null {
  const { levels } = data;
  if (levels.length > LEVELS_MAX) return null;
  let furthest: (OutlyingLevel & { p: number }) | null = null;
  for (const level of levels) {
    const others = {
      ...data,
      levels: levels.filter((other) => other !== level),
      rows: data.rows - level.count,
    };
    const law = others.levels.length >= 3 + FREEDOM_MIN ? 'usl' : 'amdahl';
    const fit = others.levels.length >= 2 + FREEDOM_MIN ? fitLaw(law, others, null) : null;
    const expected = fit?.converged ? expectedAt(fit, level.n) : null;
    if (!fit || !expected) continue;
    const x = levelMean(level, data.scale);
    const distance = data.scale === 'log' ? Math.log(x / expected.x) : (x - expected.x) / expected.x;
    const stderr = Math.hypot(expected.stderr, noiseOf(fit, expected.x) / Math.sqrt(level.count));
    const p = stderr > 0 ? studentTTwoSided(distance / stderr, fit.df) * levels.length : 1;
    if (p < (furthest?.p ?? NAMED_LEVEL))
      furthest = { n: level.n, x: x * data.unit, expected: expected.x * data.unit, p };
  }
  return furthest && { n: furthest.n, x: furthest.x, expected: furthest.expected };
}

/** A law at N in units of the data, with its relative standard error; null where it has no positive value. */
function expectedAt(fit: LawFit, n: number): { readonly x: number; readonly stderr: number } | null {
  const terms = [1, n - 1, n * (n - 1)].slice(0, fit.coefficients.length);
  const workTime = terms.reduce((sum, term, k) => sum + term * (fit.coefficients[k] ?? 0), 0);
  const stderr =
    workTime > 0
      ? standardErrorOf(
          fit,
          terms.map((term) => term / workTime),
        )
      : null;
  return stderr === null ? null : { x: n / workTime, stderr };
}

/** The noise of one row as a share of x. */
function noiseOf({ s2, data }: LawFit, x: number): number {
  return Math.sqrt(s2 ?? 0) / (data.scale === 'log' ? 1 : x);
}
