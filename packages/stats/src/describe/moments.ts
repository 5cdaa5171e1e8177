/**
 * The mean, as the first value plus the mean difference from it, then corrected by the mean residual: values that
 * share many leading digits, such as timestamps, lose none of the others. NaN for no values.
 */
export function mean(values: ArrayLike<number>): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const first = values[0] ?? Number.NaN;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (values[i] ?? 0) - first;
  const rough = first + sum / n;
  let residual = 0;
  for (let i = 0; i < n; i++) residual += (values[i] ?? 0) - rough;
  return rough + residual / n;
}

/**
 * Sum of squared differences from the mean: the corrected two-pass algorithm (Chan, Golub & LeVeque 1983). The
 * correction removes what rounding of the mean adds. Never from sums of raw squares, which cancel.
 */
function sumOfSquares(values: ArrayLike<number>): number {
  const n = values.length;
  const centre = mean(values);
  let squares = 0;
  let differences = 0;
  for (let i = 0; i < n; i++) {
    const difference = (values[i] ?? 0) - centre;
    squares += difference * difference;
    differences += difference;
  }
  return Math.max(0, squares - (differences * differences) / n);
}

/** Sample variance (divisor n − 1). NaN for fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  return values.length < 2 ? Number.NaN : sumOfSquares(values) / (values.length - 1);
}

/** Sample standard deviation, in the unit of the values. NaN for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}

/** exp of the mean logarithm; NaN unless all values are above 0. */
export function geometricMean(values: readonly number[]): number {
  return values.every((value) => value > 0) ? Math.exp(mean(values.map(Math.log))) : Number.NaN;
}
