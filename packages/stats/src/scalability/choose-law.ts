import { fUpperTail } from '../distributions/f.ts';
import { informationCriteria } from './fitted-model.ts';
import { isRounding } from './lack-of-fit.ts';
import type { LawFit } from './law-fit.ts';

/** Going up to a law with more parameters needs both of these. */
export const nestedFAlpha = 0.05;
export const aiccGainMin = 2;
/** Below these a USL is fitted but never chosen; R's package warns below six rows, usl4j refuses. */
export const uslRowsMin = 6;
export const uslLevelsMin = 4;

/** A law against a simpler one that it contains. */
export interface NestedComparison {
  readonly p: number;
  /** AICc of the simpler one less that of the other; null where one is undefined. */
  readonly deltaAicc: number | null;
  /** The squares vanish with the larger law, and did not with the simpler one. */
  readonly isExact: boolean;
}

export interface LawChoice {
  readonly best: LawFit;
  readonly simpler: LawFit | null;
  /** The comparison that took `best`; null with linear, which is where the choice starts. */
  readonly taken: NestedComparison | null;
  /** The first comparison that did not go up from `best`; null where there was none. */
  readonly declined: NestedComparison | null;
}

/** Extra-sum-of-squares F test and AICc. Null where the larger law leaves no degrees of freedom. */
export function compareNested(simpler: LawFit, larger: LawFit): NestedComparison | null {
  if (larger.df <= 0) return null;
  const extra = larger.coefficients.length - simpler.coefficients.length;
  const f = Math.max(0, simpler.rss - larger.rss) / extra / (larger.rss / larger.df);
  const [before, after] = [informationCriteria(simpler).aicc, informationCriteria(larger).aicc];
  const rows = larger.data.rows;
  return {
    p: Number.isNaN(f) ? 1 : fUpperTail(f, extra, larger.df),
    deltaAicc: before === null || after === null ? null : before - after,
    isExact: isRounding(larger.rss, rows) && !isRounding(simpler.rss, rows),
  };
}

/** Starts at linear and goes up to Amdahl and USL where the data ask for it. */
export function chooseLaw(linear: LawFit, amdahl: LawFit | null, usl: LawFit | null): LawChoice {
  let choice: LawChoice = { best: linear, simpler: null, taken: null, declined: null };
  for (const larger of [amdahl, hasEnoughForUsl(usl) ? usl : null]) {
    if (!larger?.converged || isRounding(choice.best.rss, larger.data.rows)) continue;
    const comparison = compareNested(choice.best, larger);
    if (!comparison) continue;
    if (goesUp(comparison))
      choice = { best: larger, simpler: choice.best, taken: comparison, declined: null };
    else choice = { ...choice, declined: choice.declined ?? comparison };
  }
  return choice;
}

function goesUp({ p, deltaAicc, isExact }: NestedComparison): boolean {
  return isExact || (p < nestedFAlpha && deltaAicc !== null && deltaAicc >= aiccGainMin);
}

export function hasEnoughForUsl(fit: LawFit | null): boolean {
  return fit !== null && fit.data.rows >= uslRowsMin && fit.data.levels.length >= uslLevelsMin;
}
