import {
  type FitReason,
  type FitRemark,
  type FitResult,
  type FittedModel,
  fill,
  fitReasons,
  fitRemarks,
  type HardCap,
  type LackOfFit,
  type LevelInfluence,
  lawNames,
  type ParameterEstimate,
  type Peak,
  type SentenceValues,
} from '@escala/model';
import {
  aiccGainMin,
  type LawChoice,
  type NestedComparison,
  uslLevelsMin,
  uslRowsMin,
} from './choose-law.ts';
import { informationCriteria } from './fitted-model.ts';
import { isRounding } from './lack-of-fit.ts';
import type { LawFit } from './law-fit.ts';
import { decidingLevel } from './level-influence.ts';

type Explanation = Required<Pick<FitResult, 'reason' | 'reasonCode' | 'reasonValues' | 'remarks'>>;
type Remark = Explanation['remarks'][number] & { readonly code: FitRemark };

/** What else was found out about the data, and deserves a sentence. */
export interface Findings {
  readonly peak: Peak;
  /** The least N at which a peak is compatible with the data. */
  readonly peakFrom: number | null;
  /** Of the best law. */
  readonly model: FittedModel | null;
  readonly hardCap: HardCap | null;
  readonly influence: readonly LevelInfluence[];
}

/** The reason of a choice as a sentence in English, and as a code with values for other languages. */
export function explainChoice(
  choice: LawChoice,
  chosen: LawFit | null,
  lack: LackOfFit | null,
  { peak, peakFrom, model, hardCap, influence }: Findings,
): Explanation {
  const { code, values } = mainReason(choice, chosen, lack);
  const remarks = [
    ...parameterRemarks(choice.best, model),
    ...peakRemarks(chosen, peak, peakFrom),
    ...hardCapRemark(choice.best, hardCap),
    ...levelRemark(influence, model),
    ...copyRemark(choice),
  ];
  const sentences = remarks.map((remark) => fill(fitRemarks[remark.code], 'en', remark.values));
  return {
    reason: [fill(fitReasons[code], 'en', values), ...sentences].join(' '),
    reasonCode: code,
    reasonValues: values,
    remarks,
  };
}

function mainReason(
  { best, simpler, taken, declined }: LawChoice,
  chosen: LawFit | null,
  lack: LackOfFit | null,
): { code: FitReason; values: SentenceValues } {
  const law = lawNames[best.law];
  const { rows, levels } = best.data;
  if (levels.length < 2) return { code: 'one-level', values: { n: levels[0]?.n ?? 0 } };
  if (!chosen) return { code: 'lack-of-fit', values: { law, p: roundedUp(lack?.p ?? 0) } };
  if (isRounding(best.rss, rows)) return { code: 'exact', values: { law } };
  const counts = { rows, levels: levels.length, rowsMin: uslRowsMin, levelsMin: uslLevelsMin };
  if (best.law !== 'usl' && !declined && isEnough(best))
    return { code: 'larger-unconverged', values: { law } };
  if (best.law === 'linear') {
    return declined
      ? { code: 'linear', values: declinedValues(declined) }
      : { code: 'linear-few-rows', values: counts };
  }
  const values = { p: roundedUp(taken?.p ?? 1), deltaAicc: rounded(taken?.deltaAicc ?? 0) };
  if (best.law === 'usl')
    return { code: 'usl', values: { ...values, simpler: simpler ? lawNames[simpler.law] : '' } };
  return declined
    ? { code: 'amdahl', values: { ...values, ...declinedValues(declined) } }
    : { code: 'amdahl-few-rows', values: { ...values, ...counts } };
}

/** Whether the next larger law had the rows and levels it needs, so that only a failed fit can have kept it out. */
function isEnough({ law, data, coefficients }: LawFit): boolean {
  if (law === 'amdahl') return data.rows >= uslRowsMin && data.levels.length >= uslLevelsMin;
  return data.rows > coefficients.length + 1;
}

function declinedValues({ p, deltaAicc }: NestedComparison): SentenceValues {
  return { pDeclined: roundedUp(p), deltaDeclined: deltaAicc === null ? '?' : rounded(deltaAicc) };
}

function parameterRemarks(best: LawFit, model: FittedModel | null): Remark[] {
  if (isRounding(best.rss, best.data.rows)) return [];
  const remarks: Remark[] = [];
  const { alpha, beta } = model ?? {};
  if (alpha && alpha.estimate < 0) {
    const isSure = alpha.ci95 !== null && alpha.ci95[1] < 0;
    remarks.push({ code: isSure ? 'superlinear' : 'contention-uncertain', values: intervalValues(alpha) });
  }
  if (beta && beta.estimate <= 0) remarks.push({ code: 'coherency-negative', values: intervalValues(beta) });
  return remarks;
}

/** Of a peak outside the data only a bound is known: where the largest compatible β would put it. */
function peakRemarks(chosen: LawFit | null, peak: Peak, peakFrom: number | null): Remark[] {
  const [nMin = 0, nMax = 0] = [0, -1].map((end) => chosen?.data.levels.at(end)?.n);
  if (peak.status === 'extrapolated' && peak.n !== null) {
    return [{ code: 'peak-extrapolated', values: { n: rounded(peak.n), nMin, nMax } }];
  }
  const isExact = chosen !== null && isRounding(chosen.rss, chosen.data.rows);
  const isBound =
    chosen !== null && !isExact && peak.status === 'none' && peakFrom !== null && peakFrom > nMax;
  return isBound ? [{ code: 'peak-bound', values: { n: rounded(peakFrom), nMax } }] : [];
}

/** Only a gain that would take a law over a simpler one is worth a sentence. */
function hardCapRemark(best: LawFit, hardCap: HardCap | null): Remark[] {
  const { aicc } = informationCriteria(best);
  if (!hardCap || hardCap.aicc === null || aicc === null) return [];
  const deltaAicc = aicc - hardCap.aicc;
  if (deltaAicc < aiccGainMin) return [];
  const values = { n: hardCap.n, capacity: hardCap.capacity, deltaAicc };
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, rounded(value)]));
  return [{ code: 'hard-cap', values: { ...shown, law: lawNames[best.law] } }];
}

function levelRemark(influence: readonly LevelInfluence[], model: FittedModel | null): Remark[] {
  const found = model && decidingLevel(influence, model);
  if (!found) return [];
  const parameter = { alpha: 'α', beta: 'β', gamma: 'γ' }[found.name];
  return [
    { code: 'level-decides', values: { n: found.n, parameter, estimate: significant(found.estimate) } },
  ];
}

function copyRemark({ best: { data } }: LawChoice): Remark[] {
  const areCopies = data.rows > data.levels.length && isRounding(data.pureError, data.rows);
  return areCopies && data.levels.length > 1 ? [{ code: 'copies', values: {} }] : [];
}

/** Texts, as three fixed decimals would show a small β as 0. */
function intervalValues({ estimate, ci95 }: ParameterEstimate): SentenceValues {
  const [low, high] = ci95 ?? [Number.NaN, Number.NaN];
  return { estimate: significant(estimate), low: significant(low), high: significant(high) };
}

function significant(value: number): string {
  return Number.isNaN(value) ? '?' : String(Number(value.toPrecision(3)));
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** p upwards to three decimals, so that "p ≤" stays true. */
function roundedUp(p: number): number {
  return Math.min(1, Math.max(0.001, Math.ceil(p * 1000) / 1000));
}
