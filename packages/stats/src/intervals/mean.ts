import type { Random } from '@escala/model';
import { mean, standardDeviation } from '../describe/moments.ts';
import { interpolatedQuantile, sortedCopy } from '../describe/quantiles.ts';
import { studentTQuantile } from '../distributions/student-t.ts';
import { type ConfidenceInterval, DEFAULT_LEVEL } from './interval.ts';

/** Student's interval of a mean, mean ± t·s/√n. Null for fewer than two values: one value has no spread. */
function meanInterval(values: readonly number[], level = DEFAULT_LEVEL): ConfidenceInterval | null {
  const n = values.length;
  if (n < 2) return null;
  const centre = mean(values);
  const reach = studentTQuantile(1 - (1 - level) / 2, n - 1) * (standardDeviation(values) / Math.sqrt(n));
  return { low: centre - reach, high: centre + reach, level };
}

/**
 * Student's interval on logarithms, exp(mean ± t·s/√n), for run-level throughput and latency, whose noise is
 * multiplicative. It is an interval of the geometric mean (the median, where logs are symmetric). Use one value a
 * deployment, never one a request. Null for fewer than two values or one that is not above 0.
 */
export function logMeanInterval(values: readonly number[], level = DEFAULT_LEVEL): ConfidenceInterval | null {
  if (!values.every((value) => value > 0)) return null;
  const onLog = meanInterval(values.map(Math.log), level);
  return onLog && { low: Math.exp(onLog.low), high: Math.exp(onLog.high), level };
}

/**
 * Where the mean of the population may lie that gave these values: their mean + t·s/√n, t drawn with n − 1 degrees of
 * freedom. The percentile interval of many draws is Student's; of a function of several such means, drawn together, it is
 * a generalised interval. It keeps its level with few values, where drawing these anew covers too little (65 % with two,
 * 85 % with five). NaN for fewer than two. Source: Weerahandi, Generalized Confidence Intervals, 1993.
 */
export function drawMean(random: Random, values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return Number.NaN;
  let squares = 0;
  for (let i = 1; i < n; i++) squares += random.normal() ** 2;
  const t = random.normal() / Math.sqrt(squares / (n - 1));
  return mean(values) + t * (standardDeviation(values) / Math.sqrt(n));
}

/** The interval that leaves out as many of the drawn values at each end. Values that are not finite make it null. */
export function percentileInterval(draws: Float64Array, level = DEFAULT_LEVEL): ConfidenceInterval | null {
  if (!draws.every(Number.isFinite)) return null;
  const sorted = sortedCopy(draws);
  const tail = (1 - level) / 2;
  return { low: interpolatedQuantile(sorted, tail), high: interpolatedQuantile(sorted, 1 - tail), level };
}
