import type { FittedModel, LevelInfluence } from '@escala/model';
import {
  fitLaw,
  type LawFit,
  lawParameters,
  type ParameterName,
  parameterEstimate,
} from '../laws/law-fit.ts';
import { findPeak } from '../laws/peak.ts';

/** With more levels none of them decides, and the refits would cost seconds. */
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
