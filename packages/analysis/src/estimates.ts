import type { Estimate, TrialResult } from '@escala/model';
import { logMeanInterval, median, quantileInterval, sortedCopy } from '@escala/stats';
import { requestsMin } from './thresholds.ts';

/** From this many deployments on, order statistics give a finite 95 % interval of the median. */
export const roundsForMedianInterval = 6;

/** Throughput over rounds: the median, with Student's interval on the logarithms. Null without a value. */
export function estimateThroughput(values: readonly (number | null)[]): Estimate | null {
  return estimate(values, logInterval);
}

/**
 * A latency or another run-level value over rounds: the median, with its order-statistic interval from six rounds on.
 * Infinity is larger than all that can be known: a limit that falls on it is unbounded, and a median on it is null.
 */
export function estimateMedian(values: readonly (number | null)[]): Estimate | null {
  const found = estimate(values, (known) => {
    if (known.length >= roundsForMedianInterval) return medianInterval(known);
    return known.every(Number.isFinite) ? logInterval(known) : null;
  });
  return found && Number.isFinite(found.value) ? found : null;
}

function estimate(
  values: readonly (number | null)[],
  interval: (known: readonly number[]) => Estimate['ci95'],
): Estimate | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return { value: median(known), n: known.length, ci95: interval(known) };
}

function logInterval(values: readonly number[]): Estimate['ci95'] {
  const found = logMeanInterval(values);
  return found && { ...found, method: 't-log' };
}

function medianInterval(values: readonly number[]): Estimate['ci95'] {
  const found = quantileInterval(sortedCopy(values), 0.5);
  return (
    found && { ...found, high: Number.isFinite(found.high) ? found.high : null, method: 'order-statistic' }
  );
}

/** Where no connection is made there is no time to divide by, and yet it is known what got done: nothing. */
export function isUnanswered({ counts: { requests, outcomes } }: Pick<TrialResult, 'counts'>): boolean {
  return requests > 0 && outcomes.answered === 0;
}

/**
 * A percentile of one trial, µs, as it ranks among those of other trials: Infinity where it lies among the timeouts,
 * which took longer than every answer that was waited for; null where the requests are too few for it.
 */
export function rankedPercentile(
  { latencyUs, counts: { outcomes } }: Pick<TrialResult, 'latencyUs' | 'counts'>,
  name: 'p50' | keyof typeof requestsMin,
): number | null {
  const value = latencyUs?.[name] ?? null;
  if (value !== null) return value;
  const ranked = outcomes.answered + outcomes.timeout;
  const isAmongTimeouts = outcomes.timeout > 0 && ranked >= (name === 'p50' ? 1 : requestsMin[name]);
  return isAmongTimeouts ? Number.POSITIVE_INFINITY : null;
}
