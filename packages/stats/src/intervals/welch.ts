import { mean, variance } from '../describe/moments.ts';
import { studentTQuantile, studentTTwoSided } from '../distributions/student-t.ts';
import { type ConfidenceInterval, DEFAULT_LEVEL } from './interval.ts';

/** A difference of means, second less first, or a ratio, second over first, with its test of no difference. */
interface TwoSampleResult {
  readonly estimate: number;
  readonly interval: ConfidenceInterval;
  /** Two-sided p-value of "no difference". */
  readonly p: number;
  readonly df: number;
  readonly stderr: number;
}

/**
 * The sum of the means of independent samples of unequal variance, tested against 0. Null without a sample, or with fewer
 * than two values in one. Source: Welch 1947, degrees of freedom by Satterthwaite 1946.
 */
export function sumOfMeans(
  samples: readonly (readonly number[])[],
  level = DEFAULT_LEVEL,
): TwoSampleResult | null {
  if (samples.length === 0 || samples.some((values) => values.length < 2)) return null;
  const parts = samples.map((values) => ({
    squared: variance(values) / values.length,
    df: values.length - 1,
  }));
  const squared = parts.reduce((sum, part) => sum + part.squared, 0);
  // Without any variance there is nothing to weigh; the smallest sample's freedom is the cautious one.
  const df =
    squared > 0
      ? 1 / parts.reduce((sum, part) => sum + (part.squared / squared) ** 2 / part.df, 0)
      : Math.min(...parts.map((part) => part.df));
  return tResult(
    samples.reduce((sum, values) => sum + mean(values), 0),
    Math.sqrt(squared),
    df,
    level,
  );
}

/** Welch's t for two independent samples of unequal variance, second mean less first. Null with fewer than two values on a side. */
function welchDifference(
  a: readonly number[],
  b: readonly number[],
  level = DEFAULT_LEVEL,
): TwoSampleResult | null {
  return sumOfMeans([a.map((value) => -value), b], level);
}

/** Student's t on pairs, mean of b[i] − a[i]. Null with fewer than two pairs. */
function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  level = DEFAULT_LEVEL,
): TwoSampleResult | null {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} values do not pair up`);
  if (a.length < 2) return null;
  const differences = a.map((value, i) => (b[i] ?? Number.NaN) - value);
  const stderr = Math.sqrt(variance(differences) / a.length);
  return tResult(mean(differences), stderr, a.length - 1, level);
}

function tResult(estimate: number, stderr: number, df: number, level: number): TwoSampleResult {
  const reach = stderr > 0 ? studentTQuantile(1 - (1 - level) / 2, df) * stderr : 0;
  const p = stderr > 0 ? studentTTwoSided(estimate / stderr, df) : estimate === 0 ? 1 : 0;
  return { estimate, interval: { low: estimate - reach, high: estimate + reach, level }, p, df, stderr };
}

/**
 * The ratio b/a of run-level values by Welch on logarithms: the default for comparing systems.
 * `stderr` is that of the log ratio. Null with fewer than two values on a side or one that is not above 0.
 */
export function welchRatio(
  a: readonly number[],
  b: readonly number[],
  level = DEFAULT_LEVEL,
): TwoSampleResult | null {
  return onLogs(a, b, (logA, logB) => welchDifference(logA, logB, level));
}

/** The ratio b/a of pairs that ran side by side, by paired t on logarithms. */
export function pairedRatio(
  a: readonly number[],
  b: readonly number[],
  level = DEFAULT_LEVEL,
): TwoSampleResult | null {
  return onLogs(a, b, (logA, logB) => pairedDifference(logA, logB, level));
}

function onLogs(
  a: readonly number[],
  b: readonly number[],
  compare: (a: readonly number[], b: readonly number[]) => TwoSampleResult | null,
): TwoSampleResult | null {
  if (![...a, ...b].every((value) => value > 0)) return null;
  const result = compare(a.map(Math.log), b.map(Math.log));
  if (!result) return null;
  const { low, high, level } = result.interval;
  return {
    ...result,
    estimate: Math.exp(result.estimate),
    interval: { low: Math.exp(low), high: Math.exp(high), level },
  };
}
