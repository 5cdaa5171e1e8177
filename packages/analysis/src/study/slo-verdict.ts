import type { Slo, SloVerdict, TrialResult } from '@escala/model';
import { binomialRuleP, logMeanInterval } from '@escala/stats';
import { isUnanswered, rankedPercentile } from '../estimates.ts';

/** One-sided 5 % each way: the two-sided interval at 90 %. */
const level = 0.9;
/** From this many rounds on the binomial rule can decide: 5 of 5 has p = .031. */
const roundsForBinomial = 5;

export const percentileNames = { 0.5: 'p50', 0.9: 'p90', 0.95: 'p95', 0.99: 'p99' } as const;

/** What an SLO speaks of, of one trial. `isLowerBound` where the percentile lies among the timeouts. */
interface SloLevel {
  readonly value: number;
  readonly isLowerBound: boolean;
}

/**
 * The level of one trial: null where n does not allow the percentile, or where all that is known is that it is above a
 * timeout below the limit. Times are whole µs, so what took longer than the timeout took at least 1 µs longer.
 */
export function sloLevel(slo: Slo, trial: TrialResult, timeoutUs: number): SloLevel | null {
  const { requests, outcomes } = trial.counts;
  if (slo.failureShare !== null) {
    if (requests === 0) return null;
    return { value: (requests - outcomes.answered) / requests, isLowerBound: false };
  }
  if (isUnanswered(trial)) return atTimeout(timeoutUs, slo);
  const name = percentileNames[slo.percentile as keyof typeof percentileNames];
  if (name === undefined) return null;
  const value = rankedPercentile(trial, name);
  if (value === null) return null;
  if (Number.isFinite(value)) return { value, isLowerBound: false };
  return atTimeout(timeoutUs, slo);
}

function atTimeout(timeoutUs: number, slo: Slo): SloLevel | null {
  return timeoutUs >= sloLimit(slo) ? { value: timeoutUs + 1, isLowerBound: true } : null;
}

export function sloLimit({ latencyUs, failureShare }: Slo): number {
  return failureShare ?? latencyUs ?? 0;
}

/** Whether the median run meets the limit, with 95 % confidence one way or the other; else undecided. */
export function sloVerdict(slo: Slo, trials: readonly TrialResult[], timeoutUs: number): SloVerdict {
  // No repetition could make this better: nothing at all was done within any time.
  if (trials.length > 0 && slo.failureShare !== 1 && trials.every(isUnanswered)) return 'violated';
  const levels = trials.flatMap((trial) => sloLevel(slo, trial, timeoutUs) ?? []);
  if (levels.length === 0 || levels.length < trials.length) return 'not-assessable';
  const known = levels.map(({ value }) => value);
  const limit = sloLimit(slo);
  const meeting = known.filter((value) => value <= limit).length;
  if (known.length >= roundsForBinomial) {
    if (binomialRuleP(meeting, known.length) <= 0.05) return 'met';
    return binomialRuleP(known.length - meeting, known.length) <= 0.05 ? 'violated' : 'undecided';
  }
  const interval = logMeanInterval(known, level);
  if (!interval) return 'undecided';
  // With a lower bound among the values their mean is one, too, and cannot show that a limit is met.
  if (interval.high <= limit) return levels.some(({ isLowerBound }) => isLowerBound) ? 'undecided' : 'met';
  return interval.low > limit ? 'violated' : 'undecided';
}
