import { type CellResult, curveKey, curveOf, isOpen } from '@escala/model';

/** Closed-loop cells, curve by curve. */
export function closedCurves(cells: readonly CellResult[]): readonly CellResult[][] {
  const closed = cells.filter(({ cell }) => !isOpen(cell));
  return [...Map.groupBy(closed, ({ cell }) => curveKey(curveOf(cell))).values()];
}

/** The cells of a curve that have one number of replicas, column by column. */
export function columnsOf(curve: readonly CellResult[]): readonly CellResult[][] {
  return [...Map.groupBy(curve, ({ cell }) => cell.replicas).values()];
}

export function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
