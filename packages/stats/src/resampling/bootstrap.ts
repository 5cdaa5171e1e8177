import type { Random } from '@escala/model';
import { mean, standardDeviation } from '../describe/moments.ts';
import { interpolatedQuantile, sortedCopy } from '../describe/quantiles.ts';
import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { type ConfidenceInterval, defaultLevel } from '../intervals/interval.ts';

/** Enough for the 2.5 and 97.5 % points to move by less than a tenth of a standard error. */
export const resamplesDefault = 2000;

/** Items drawn with replacement, as many as there are. */
export function resample<T>(random: Random, items: readonly T[]): T[] {
  return items.map(() => items[random.integer(items.length)] as T);
}

/**
 * A cluster bootstrap, stratified: whole clusters (deployments) are drawn with replacement inside each stratum (cell),
 * and `statistic` sees the drawn strata. Requests inside a deployment are never drawn apart, as they are not
 * independent. The same seed gives the same replicates. Source: Davison & Hinkley 1997, section 3.8.
 */
export function bootstrapStrata<T>(
  random: Random,
  strata: readonly (readonly T[])[],
  statistic: (strata: readonly (readonly T[])[]) => number,
  resamples = resamplesDefault,
): Float64Array {
  const replicates = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    replicates[i] = statistic(strata.map((clusters) => resample(random, clusters)));
  }
  return replicates;
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

/** The percentile interval of bootstrap replicates. Replicates that are not finite make it null. */
export function percentileInterval(
  replicates: Float64Array,
  level = defaultLevel,
): ConfidenceInterval | null {
  if (!replicates.every(Number.isFinite)) return null;
  const sorted = sortedCopy(replicates);
  const tail = (1 - level) / 2;
  return { low: interpolatedQuantile(sorted, tail), high: interpolatedQuantile(sorted, 1 - tail), level };
}

/**
 * The bias-corrected and accelerated interval of a statistic of independent clusters, for ten and more of them; below
 * that it covers too little, and Student's t is right. Null where it does not exist: fewer than three clusters, or all
 * replicates on one side. Source: Efron 1987; acceleration by the jackknife.
 */
export function bcaInterval<T>(
  random: Random,
  clusters: readonly T[],
  statistic: (clusters: readonly T[]) => number,
  level = defaultLevel,
  resamples = resamplesDefault,
): ConfidenceInterval | null {
  if (clusters.length < 3) return null;
  const estimate = statistic(clusters);
  const replicates = bootstrapStrata(random, [clusters], ([drawn = []]) => statistic(drawn), resamples);
  if (!replicates.every(Number.isFinite)) return null;
  const sorted = sortedCopy(replicates);
  if (sorted[0] === sorted.at(-1)) return { low: estimate, high: estimate, level };
  const below = sorted.filter((value) => value < estimate).length;
  const equal = sorted.filter((value) => value === estimate).length;
  const bias = normalQuantile((below + equal / 2) / resamples);
  if (!Number.isFinite(bias)) return null;
  const acceleration = jackknifeAcceleration(clusters, statistic);
  const limit = (tail: number) => {
    const z = bias + normalQuantile(tail);
    return interpolatedQuantile(sorted, normalCdf(bias + z / (1 - acceleration * z)));
  };
  const tail = (1 - level) / 2;
  return { low: limit(tail), high: limit(1 - tail), level };
}

function jackknifeAcceleration<T>(
  clusters: readonly T[],
  statistic: (clusters: readonly T[]) => number,
): number {
  const without = clusters.map((_, i) => statistic(clusters.toSpliced(i, 1)));
  const centre = mean(without);
  let [squares, cubes] = [0, 0];
  for (const value of without) {
    const difference = centre - value;
    squares += difference ** 2;
    cubes += difference ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
