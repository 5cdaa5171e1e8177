import { mean } from '../describe/moments.ts';

/** Values to cut at the start. `isSteady` false: the cut wants half of the series or more, so it never settled. */
interface WarmUpCut {
  readonly cut: number;
  readonly isSteady: boolean;
}

/** Values in a batch of MSER-5. */
const BATCH_SIZE = 5;

/**
 * MSER-5: over means of five, the cut d ≤ k/2 with the smallest Σ_{j>d}(Z_j − Z̄)²/(k−d)², the squared standard error of
 * what is left. A last incomplete batch is not used. Null for fewer than two batches.
 * Source: White 1997; Spratt 1998 for the batches of five.
 */
export function mser5(values: ArrayLike<number>): WarmUpCut | null {
  const batches = batchMeans(values);
  const k = batches.length;
  if (k < 2) return null;
  // Sums from the end give every cut in one pass; centred on the last batch, so that squares do not cancel.
  const centre = batches[k - 1] ?? 0;
  const half = Math.floor(k / 2);
  let [sum, squares] = [0, 0];
  let best = { cut: 0, statistic: Number.POSITIVE_INFINITY };
  for (let d = k - 1; d >= 0; d--) {
    const difference = (batches[d] ?? 0) - centre;
    sum += difference;
    squares += difference * difference;
    const left = k - d;
    const statistic = Math.max(0, squares - (sum * sum) / left) / (left * left);
    if (d <= half && statistic <= best.statistic) best = { cut: d, statistic };
  }
  return { cut: best.cut * BATCH_SIZE, isSteady: best.cut < half };
}

/** Means of consecutive batches; a last incomplete batch is left out. */
function batchMeans(values: ArrayLike<number>): number[] {
  const count = Math.floor(values.length / BATCH_SIZE);
  return Array.from({ length: count }, (_, batch) =>
    mean(Array.from({ length: BATCH_SIZE }, (_, i) => values[batch * BATCH_SIZE + i] ?? Number.NaN)),
  );
}
