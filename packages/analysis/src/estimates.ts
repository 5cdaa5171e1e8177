import type { Estimate } from '@escala/model';
import { logMeanInterval, median, quantileInterval, sortedCopy } from '@escala/stats';

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
