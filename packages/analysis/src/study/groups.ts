import { type CellResult, curveKey, curveOf, isOpen } from '@escala/model';
import { thresholds } from '../thresholds.ts';

/** Closed-loop cells, curve by curve. */
export function closedCurves(cells: readonly CellResult[]): readonly CellResult[][] {
  const closed = cells.filter(({ cell }) => !isOpen(cell));
  return [...Map.groupBy(closed, ({ cell }) => curveKey(curveOf(cell))).values()];
}

/** The cells of a curve that have one number of replicas, column by column. */
export function columnsOf(curve: readonly CellResult[]): readonly CellResult[][] {
  return [...Map.groupBy(curve, ({ cell }) => cell.replicas).values()];
}

/** The last before the first that fails, of all in order, and that first one. */
export function beforeFirst<T>(
  all: readonly T[],
  fails: (one: T) => boolean,
): { readonly last: T | undefined; readonly failing: T | undefined } {
  const at = all.findIndex(fails);
  return at < 0 ? { last: all.at(-1), failing: undefined } : { last: all[at - 1], failing: all[at] };
}

/** The highest value, and the first of all in order that is as good as the highest: what is beyond gains next to nothing. */
export function plateauOf<T>(
  all: readonly T[],
  heightOf: (one: T) => number,
): { readonly best: T; readonly first: T } | undefined {
  const [some] = all;
  if (some === undefined) return undefined;
  const best = all.reduce((most, one) => (heightOf(one) > heightOf(most) ? one : most), some);
  const enough = (1 - thresholds.saturationGain) * heightOf(best);
  return { best, first: all.find((one) => heightOf(one) >= enough) ?? best };
}

export function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
