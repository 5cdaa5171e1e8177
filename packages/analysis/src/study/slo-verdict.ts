import type { Slo, SloVerdict, TrialResult } from '@escala/model';
import { binomialRuleP, logMeanInterval } from '@escala/stats';

/** One-sided 5 % each way: the two-sided interval at 90 %. */
const level = 0.9;
/** From this many rounds on the binomial rule can decide: 5 of 5 has p = .031. */
const roundsForBinomial = 5;

const percentileName = { 0.5: 'p50', 0.9: 'p90', 0.95: 'p95', 0.99: 'p99', 0.999: 'p999' } as const;

/** The level that an SLO speaks of, per trial: null where n does not allow the percentile. */
export function sloIndicator({ percentile, failureShare }: Slo, trial: TrialResult): number | null {
  if (failureShare !== null) {
    const { requests, outcomes } = trial.counts;
    return requests === 0 ? null : (requests - outcomes.answered) / requests;
  }
  const name = percentileName[percentile as keyof typeof percentileName];
  return name === undefined ? null : (trial.latencyUs?.[name] ?? null);
}

export function sloLimit({ latencyUs, failureShare }: Slo): number {
  return failureShare ?? latencyUs ?? 0;
}

/** Whether the median run meets the limit, with 95 % confidence one way or the other; else undecided. */
export function sloVerdict(slo: Slo, trials: readonly TrialResult[]): SloVerdict {
  const values = trials.map((trial) => sloIndicator(slo, trial));
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return 'not-assessable';
  const limit = sloLimit(slo);
  const meeting = known.filter((value) => value <= limit).length;
  if (known.length >= roundsForBinomial) {
    if (binomialRuleP(meeting, known.length) <= 0.05) return 'met';
    return binomialRuleP(known.length - meeting, known.length) <= 0.05 ? 'violated' : 'undecided';
  }
  const interval = logMeanInterval(known, level);
  if (!interval) return 'undecided';
  if (interval.high <= limit) return 'met';
  return interval.low > limit ? 'violated' : 'undecided';
}
