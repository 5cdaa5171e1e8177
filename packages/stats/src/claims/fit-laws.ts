import type { FitResult, FittedModel } from '@escala/model';
import { refitReciprocal } from '../laws/fit-reciprocal.ts';
import { describeFit } from '../laws/fitted-model.ts';
import { fitLaw, type LawFit } from '../laws/law-fit.ts';
import { type FitScale, groupLevels, pointLimits, type ScalabilityPoint } from '../laws/levels.ts';
import { withBeta } from '../laws/reciprocal-model.ts';
import { type Evidence, familyLevels, gatherEvidence } from './claim-law.ts';
import { type Decision, decide } from './decide-law.ts';
import { explainClaim } from './explain-claim.ts';
import { growthOf } from './growth.ts';
import { levelInfluence, outlyingLevel } from './level-influence.ts';

/** The fits as they are printed, less the sentence that is made of code and values, and what `lawCurve` needs. */
export interface FittedLaws {
  readonly result: Omit<FitResult, 'reason'>;
  /** The claimed law; null where none is. */
  readonly chosen: LawFit | null;
  /** The claimed law; where it is undecided the one whose band holds what the data allow; else null. */
  readonly shown: LawFit | null;
}

/**
 * Fits linear, Amdahl and USL, each unconstrained, and says which one the data leave, or that none does.
 * A law is null where there are fewer levels of N than parameters.
 * @param points at least one, in any order, inside `pointLimits`; on the linear scale x may be 0, but not all of them.
 * `fit-file.ts` of analysis turns anything else into a sentence.
 */
export function fitLaws(points: readonly ScalabilityPoint[], scale: FitScale = 'log'): FittedLaws {
  return describe(decide(evidenceOf(points, scale)));
}

/** Several curves of one question, such as every system of a study: their claims hold together. On the log scale. */
export function fitFamily(curves: readonly (readonly ScalabilityPoint[])[]): FittedLaws[] {
  const evidence = curves.map((points) => evidenceOf(points, 'log'));
  const levels = familyLevels(evidence);
  return evidence.map((one, i) => describe(decide(one, levels[i])));
}

export function evidenceOf(points: readonly ScalabilityPoint[], scale: FitScale = 'log'): Evidence {
  assertPoints(points, scale);
  const data = groupLevels(points, scale);
  const linear = fitLaw('linear', data, null);
  if (!linear) throw new Error('the linear law has a closed form and cannot fail');
  const amdahl = fitLaw('amdahl', data, linear);
  return gatherEvidence(linear, amdahl, fitLaw('usl', data, amdahl));
}

function describe(decision: Decision): FittedLaws {
  const { evidence, claim, best, lack, chosen, peak, hardCap } = decision;
  const { linear, amdahl, usl } = evidence;
  const { data } = linear;
  const isClaimed = chosen !== 'none' && chosen !== 'undecided';
  const models = {
    linear: describeFit(linear),
    amdahl: amdahl && describeFit(amdahl),
    usl: usl && describeFit(usl),
  };
  const influence = isClaimed ? levelInfluence(best) : [];
  const growth = data.levels.length < 2 ? null : growthOf(claim.spread);
  const result = {
    scale: data.scale,
    rows: data.rows,
    levels: data.levels.length,
    models,
    chosen,
    ...explainClaim({
      ...decision,
      models,
      growth,
      peakFrom: leastPeak(usl, models.usl),
      influence,
      outlier: outlyingLevel(data),
    }),
    growth,
    lackOfFit: lack,
    peak,
    hardCap,
    influence,
  };
  return {
    result,
    chosen: isClaimed ? best : null,
    shown: chosen === 'none' ? null : isClaimed ? best : claim.spread,
  };
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

/**
 * The least N at which a peak is still compatible with the data: √((1−α)/β) at the upper 95 % profile limit of β, with
 * α refitted there. Null where β has no upper limit above 0, which leaves the peak open. It is what can be said of a
 * peak that lies outside the data.
 */
function leastPeak(usl: LawFit | null, model: FittedModel | null): number | null {
  const beta = model?.beta?.profileCi95?.[1] ?? null;
  if (!usl || beta === null || !(beta > 0)) return null;
  const [c0 = 0, c1 = 0] = usl.coefficients;
  const refit = refitReciprocal(withBeta(beta), usl.data, [c0, c1]);
  const [d0 = 0, d1 = 0] = refit?.parameters ?? [];
  const n = Math.sqrt((1 - d1 / d0) / beta);
  return Number.isFinite(n) ? n : null;
}
