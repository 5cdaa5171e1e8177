import type { TrialResult } from '@escala/model';
import { requestsMin } from './thresholds.ts';

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
