import type { FitResult } from '@escala/model';
import { chooseLaw, type LawChoice } from './choose-law.ts';
import { explainChoice } from './explain-choice.ts';
import { describeFit } from './fitted-model.ts';
import { fitHardCap } from './hard-cap.ts';
import { isRounding, lackOfFit } from './lack-of-fit.ts';
import { fitLaw, type LawFit } from './law-fit.ts';
import { levelInfluence } from './level-influence.ts';
import { type FitScale, groupLevels, pointLimits, type ScalabilityPoint } from './levels.ts';
import { findPeak } from './peak.ts';
import { leastPeak } from './peak-bound.ts';

/** Below this p of the lack of fit even the best law is refused. */
export const lackOfFitAlpha = 0.01;

/** The fits as they are printed, and the chosen one as `lawCurve` needs it (null with `none`). */
export interface FittedLaws {
  readonly result: FitResult;
  readonly chosen: LawFit | null;
}

/**
 * Fits linear, Amdahl and USL, each unconstrained, and says which one the data support, or that none does.
 * A law is null where there are fewer levels of N than parameters.
 * @param points at least one, in any order, inside `pointLimits`; on the linear scale x may be 0, but not all of them.
 * `fit-file.ts` of analysis turns anything else into a sentence.
 */
export function fitLaws(points: readonly ScalabilityPoint[], scale: FitScale = 'log'): FittedLaws {
  assertPoints(points, scale);
  const data = groupLevels(points, scale);
  const linear = fitLaw('linear', data, null);
  if (!linear) throw new Error('the linear law has a closed form and cannot fail');
  const amdahl = fitLaw('amdahl', data, linear);
  const usl = fitLaw('usl', data, amdahl);

  const choice = chooseLaw(linear, amdahl, usl);
  const lack = lackOfFit(choice.best);
  const chosen = isRefused(choice, lack?.p) ? null : choice.best;
  const peak = findPeak(chosen);
  const models = {
    linear: describeFit(linear),
    amdahl: amdahl && describeFit(amdahl),
    usl: usl && describeFit(usl),
  };
  const hardCap = isRounding(choice.best.rss, data.rows) ? null : fitHardCap(data);
  const influence = chosen ? levelInfluence(chosen) : [];
  const result = {
    scale,
    rows: data.rows,
    levels: data.levels.length,
    models,
    chosen: chosen?.law ?? 'none',
    ...explainChoice(choice, chosen, lack, {
      peak,
      peakFrom: leastPeak(usl, models.usl),
      model: models[choice.best.law],
      hardCap,
      influence,
    }),
    lackOfFit: lack,
    peak,
    hardCap,
    influence,
  } as const;
  return { result, chosen };
}

function isRefused({ best }: LawChoice, lackP = 1): boolean {
  return best.data.levels.length < 2 || lackP < lackOfFitAlpha;
}

function assertPoints(points: readonly ScalabilityPoint[], scale: FitScale): void {
  const { nMin, nMax, xMin, xMax } = pointLimits;
  let anyAbove = false;
  for (const { n, x } of points) {
    const isValid = n >= nMin && n <= nMax && x <= xMax && (x >= xMin || (scale === 'linear' && x === 0));
    if (!isValid) throw new RangeError(`n = ${n}, x = ${x} cannot be fitted on the ${scale} scale`);
    anyAbove ||= x > 0;
  }
  if (!anyAbove) throw new RangeError('a fit needs at least one point with x above 0');
}
