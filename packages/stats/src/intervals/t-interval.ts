import { mean, standardDeviation } from '../describe/moments.ts';
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
