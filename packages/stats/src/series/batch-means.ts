import { mean, sumOfSquares } from '../describe/moments.ts';
import { studentTQuantile } from '../distributions/student-t.ts';
import { type ConfidenceInterval, defaultLevel } from '../intervals/interval.ts';

/** Means of consecutive blocks of `size`; a last incomplete block is left out. */
export function blockMeans(values: ArrayLike<number>, size: number): number[] {
  const means: number[] = [];
  for (let from = 0; from + size <= values.length; from += size) {
    const block: number[] = [];
    for (let i = from; i < from + size; i++) block.push(values[i] ?? Number.NaN);
    means.push(mean(block));
  }
  return means;
}

/** The correlation of a series with itself `lag` later (the estimator of NIST and of Box & Jenkins). NaN if constant. */
export function autocorrelation(values: ArrayLike<number>, lag = 1): number {
  const centre = mean(values);
  let products = 0;
  for (let i = 0; i + lag < values.length; i++) {
    products += ((values[i] ?? 0) - centre) * ((values[i + lag] ?? 0) - centre);
  }
  return products / sumOfSquares(values);
}

export interface BatchMeansResult {
  readonly mean: number;
  readonly interval: ConfidenceInterval;
  readonly batches: number;
  /** Of the batch means. At `autocorrelationMax` or above the interval is too narrow and must not be printed. */
  readonly autocorrelation: number;
  readonly isTrustworthy: boolean;
}

export const autocorrelationMax = 0.2;
/** Law & Kelton advise 10 to 30 batches; more only weaken their independence. */
export const batchesDefault = 20;

/**
 * The interval of the mean of a correlated series (requests of one run) by non-overlapping batch means, with the check
 * that they are independent enough. Null for fewer than two values a batch. Source: Law & Kelton 2000, section 9.5.3.
 */
export function batchMeansInterval(
  values: ArrayLike<number>,
  batches = batchesDefault,
  level = defaultLevel,
): BatchMeansResult | null {
  const size = Math.floor(values.length / batches);
  if (size < 2 || batches < 2) return null;
  const means = blockMeans(values, size).slice(0, batches);
  const centre = mean(means);
  const stderr = Math.sqrt(sumOfSquares(means) / (batches - 1) / batches);
  const reach = studentTQuantile(1 - (1 - level) / 2, batches - 1) * stderr;
  const correlation = autocorrelation(means);
  return {
    mean: centre,
    interval: { low: centre - reach, high: centre + reach, level },
    batches,
    autocorrelation: correlation,
    isTrustworthy: !(correlation >= autocorrelationMax),
  };
}
