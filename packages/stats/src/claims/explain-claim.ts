import type {
  FitReason,
  FitRemark,
  FitResult,
  FittedModel,
  Growth,
  LevelInfluence,
  ParameterEstimate,
  SentenceValues,
} from '@escala/model';
import { isRounding } from '../laws/law-fit.ts';
import type { Levels } from '../laws/levels.ts';
import {
  ADVICE_CHANCE,
  CLAIM_LEVEL,
  claimLaw,
  hasEnoughForUsl,
  LEVELS_MIN,
  LOSS_SHARE_MAX,
  repetitionsNeeded,
  USL_LEVELS_MIN,
  USL_ROWS_MIN,
} from './claim-law.ts';
import type { Decision } from './decide-law.ts';
import { decidingLevel, type OutlyingLevel } from './level-influence.ts';

type Explanation = Required<Pick<FitResult, 'reasonCode' | 'reasonValues' | 'remarks'>> & {
  readonly reasonCode: FitReason;
};
type Remark = Explanation['remarks'][number] & { readonly code: FitRemark };

/** What was found out about the data, for the sentences. */
interface Findings extends Decision {
  readonly models: FitResult['models'];
  readonly growth: Growth | null;
  /** The least N at which a peak is compatible with the data. */
  readonly peakFrom: number | null;
  readonly influence: readonly LevelInfluence[];
  readonly outlier: OutlyingLevel | null;
}

/** Why a law was claimed, or none, and what must be said beside it: codes and values of fit-reasons.ts. */
export function explainClaim(found: Findings): Explanation {
  const reasonCode = codeOf(found);
  return { reasonCode, reasonValues: valuesOf(found), remarks: remarksOf(found, reasonCode) };
}

function codeOf({ evidence, claim, level, best, refusedP, capGain, peak }: Findings): FitReason {
  if (best.data.levels.length < 2) return 'one-level';
  if (capGain !== null) return 'cap';
  if (refusedP !== null) return 'lack-of-fit';
  if (claim.law === 'usl') return peak.status === 'inside' ? 'usl-peak' : 'usl';
  if (claim.law === 'amdahl') return hasEnoughForUsl(best) ? 'amdahl' : 'amdahl-few-rows';
  if (claim.why === null) return 'linear';
  if (claim.law === 'none') return claim.why;
  if (level < CLAIM_LEVEL && claimLaw(evidence).law !== 'undecided') return 'family';
  const isOpen = claim.why === 'open' || claim.why === 'open-upward';
  if (!isOpen) return claim.why;
  return repetitionsNeeded(evidence, level) === null && claim.why === 'open' ? 'open-further' : claim.why;
}

/** Every number that a sentence may name; each sentence takes the numbers that it needs. */
function valuesOf(found: Findings): SentenceValues {
  const { evidence, level, best, models, growth, refusedP, hardCap, capGain, peak } = found;
  const { rows, levels } = best.data;
  const needed = repetitionsNeeded(evidence, level);
  return {
    rows,
    levels: levels.length,
    repetitions: rows / levels.length,
    law: best.law,
    n: levels[0]?.n ?? 0,
    ...(growth && growthValues(growth)),
    ...intervalValues('alpha', models[best.law === 'usl' ? 'usl' : 'amdahl']?.alpha),
    ...intervalValues('beta', models.usl?.beta),
    ...(refusedP !== null && { p: roundedUp(refusedP) }),
    ...(hardCap && capGain !== null && { capN: hardCap.n, capacity: hardCap.capacity, capGain }),
    ...(peak.n !== null && peak.x !== null && { peakN: peak.n, peakX: peak.x }),
    ...(needed && { needed, chance: 100 * ADVICE_CHANCE }),
    lossPercent: 100 * LOSS_SHARE_MAX,
    levelsMin: LEVELS_MIN,
    uslRowsMin: USL_ROWS_MIN,
    uslLevelsMin: USL_LEVELS_MIN,
  };
}

/** The limits hold what was measured, too, where the law misses it: the data allow at least what they show. */
function growthValues({ nMin, nMax, ideal, measured, ci95 }: Growth): SentenceValues {
  const [low, high] = ci95 ?? [];
  return {
    nMin,
    nMax,
    ideal,
    ...(measured !== null && { growth: measured }),
    ...(low !== undefined && { low: Math.min(low, measured ?? low) }),
    ...(high !== undefined && { high: Math.max(high, measured ?? high) }),
  };
}

function remarksOf(found: Findings, code: FitReason): Remark[] {
  const { chosen, best, evidence, outlier, influence, models } = found;
  const isClaimed = chosen !== 'none' && chosen !== 'undecided';
  const isMeaningful = code !== 'cap' && code !== 'lack-of-fit' && code !== 'falls';
  const uslFailed = evidence.usl && hasEnoughForUsl(evidence.usl) && !evidence.usl.converged;
  return [
    ...(code === 'cap' ? [] : outlierRemark(outlier)),
    ...fallRemarks(found, code),
    ...(isMeaningful ? parameterRemarks(found) : []),
    ...(isClaimed ? [...peakRemarks(found), ...levelRemark(influence, models[best.law])] : []),
    ...(uslFailed ? [{ code: 'usl-unconverged', values: {} } as const] : []),
    ...copyRemark(best.data),
  ];
}

function outlierRemark(outlier: OutlyingLevel | null): Remark[] {
  return outlier ? [{ code: 'outlying-level', values: { ...outlier } }] : [];
}

/**
 * Whatever is claimed: a throughput that is largest at the smallest N and falls at every level is said, and with it what
 * the simplest law with contention would need for that.
 */
function fallRemarks({ best: { data }, growth, models }: Findings, code: FitReason): Remark[] {
  if (!growth?.ci95 || growth.ci95[1] >= 1) return [];
  const means = data.levels.map(({ reference, offset }) =>
    data.scale === 'log' ? Math.log(reference) + offset : reference + offset,
  );
  const fallsAlways = means.every((mean, i) => i === 0 || mean < (means[i - 1] ?? mean));
  if (code !== 'falls' && !fallsAlways) return [];
  const { alpha } = models.amdahl ?? {};
  return [
    ...(code === 'falls' ? [] : [{ code: 'falls-from-start', values: {} } as const]),
    ...(alpha && alpha.estimate > 1
      ? [{ code: 'contention-above-one', values: intervalValues('', alpha) } as const]
      : []),
  ];
}

function parameterRemarks({ best, models }: Findings): Remark[] {
  const { alpha, beta } = models[best.law] ?? {};
  if (isRounding(best.rss, best.data.rows)) return [];
  const remarks: Remark[] = [];
  const say = (code: FitRemark, parameter: ParameterEstimate) =>
    remarks.push({ code, values: intervalValues('', parameter) });
  const [low, high] = alpha?.profileCi95 ?? [null, null];
  if (alpha && alpha.estimate > 1)
    say((low ?? 0) > 1 ? 'contention-above-one' : 'contention-near-one', alpha);
  if (alpha && best.law === 'usl' && alpha.estimate < 0)
    say((high ?? 0) < 0 ? 'superlinear' : 'contention-uncertain', alpha);
  if (beta && beta.estimate <= 0) say('coherency-negative', beta);
  return remarks;
}

/** Of a peak outside the data only a bound is known: where the largest compatible β would put it. */
function peakRemarks({ best, peak, peakFrom }: Findings): Remark[] {
  const [nMin = 0, nMax = 0] = [0, -1].map((end) => best.data.levels.at(end)?.n);
  if (peak.status === 'extrapolated' && peak.n !== null)
    return [{ code: 'peak-extrapolated', values: { n: peak.n, nMin, nMax } }];
  const isBound =
    best.law !== 'linear' &&
    !isRounding(best.rss, best.data.rows) &&
    peak.status === 'none' &&
    peakFrom !== null;
  return isBound && peakFrom > nMax ? [{ code: 'peak-bound', values: { n: peakFrom, nMax } }] : [];
}

function levelRemark(influence: readonly LevelInfluence[], model: FittedModel | null): Remark[] {
  const found = model && decidingLevel(influence, model);
  if (!found) return [];
  const parameter = { alpha: 'α', beta: 'β', gamma: 'γ' }[found.name];
  return [{ code: 'level-decides', values: { n: found.n, parameter, estimate: found.estimate } }];
}

function copyRemark(data: Levels): Remark[] {
  const areCopies = data.rows > data.levels.length && isRounding(data.pureError, data.rows);
  return areCopies && data.levels.length > 1 ? [{ code: 'copies', values: {} }] : [];
}

/** `alpha`, `alphaLow` and `alphaHigh`; without a name `estimate`, `low` and `high`. A limit may be missing. */
function intervalValues(
  name: '' | 'alpha' | 'beta',
  parameter: ParameterEstimate | undefined,
): SentenceValues {
  if (!parameter) return {};
  const [low, high] = parameter.profileCi95 ?? [null, null];
  const [lowName, highName] = name ? [`${name}Low`, `${name}High`] : ['low', 'high'];
  return { [name || 'estimate']: parameter.estimate, [lowName]: low ?? '–', [highName]: high ?? '–' };
}

/** p upwards to three decimals, so that "p ≤" stays true. */
function roundedUp(p: number): number {
  return Math.min(1, Math.max(0.001, Math.ceil(p * 1000) / 1000));
}
