import {
  type CellResult,
  type Curve,
  curveKey,
  curveOf,
  isOfCurve,
  isOpen,
  loadLevel,
  type Results,
  sentences,
} from '@escala/model';
import { choiceOf } from '../drawing/layout.ts';
import { distinctSeries } from '../drawing/palette.ts';

const axes = sentences.report.axes.axes;

/** Cells that differ only in their replicas and their load: what a panel shows. */
export interface Series {
  readonly system: string;
  readonly messages: number;
  /** In an open loop the load is the offered rate, else the number of clients. */
  readonly isOpen: boolean;
  readonly cells: readonly CellResult[];
}

/** The cells in their series: by system, then by messages, then by every other factor of the study. */
export function seriesOf(results: Results): Series[] {
  const curves = Map.groupBy(results.cells, ({ cell }) => curveKey(curveOf(cell)));
  const rank = new Map(results.experiment.systems.map(({ name }, i) => [name, i]));
  return [...curves.values()]
    .flatMap((cells): Series[] => {
      const first = cells[0]?.cell;
      if (!first) return [];
      return [{ system: first.system, messages: first.messages, isOpen: isOpen(first), cells }];
    })
    .sort((a, b) => (rank.get(a.system) ?? 0) - (rank.get(b.system) ?? 0) || a.messages - b.messages);
}

/**
 * The one of these results that belongs to a series; undefined where there is none, or where older results do not
 * tell which of several levels is meant: better nothing than the number of another curve.
 */
export function ofSeries<T extends Curve>(results: readonly T[], series: Series): T | undefined {
  const its = allOfSeries(results, series);
  return its.length === 1 ? its[0] : undefined;
}

/** All of these results that belong to a series. */
export function allOfSeries<T extends Curve>(results: readonly T[], series: Series): T[] {
  const cell = series.cells[0]?.cell;
  if (!cell || series.isOpen) return [];
  return results.filter((result) => isOfCurve(result, cell));
}

/** Of series that differ only in their messages the one with the most: where curves over the load say most. */
export function mostMessages(all: readonly Series[]): Series[] {
  const keyOf = ({ cells: [first] }: Series) => first && curveKey({ ...curveOf(first.cell), messages: 0 });
  return all.filter((series, i) => !all.slice(i + 1).some((later) => keyOf(later) === keyOf(series)));
}

/** Those with cells that have something, and these cells. */
export function seriesWith(all: readonly Series[], has: (cell: CellResult) => unknown): Series[] {
  return all
    .map((series) => ({ ...series, cells: series.cells.filter(has) }))
    .filter(({ cells }) => cells.length > 0);
}

/** The numbers of replicas that get a line each. */
export const shownReplicas = (cells: readonly CellResult[]) =>
  choiceOf(levels(cells.map(({ cell }) => cell.replicas)), distinctSeries);

/** Clients at the power knee of a curve; null where it has none inside the data. */
export function powerKnee(series: Series, replicas: number, { knees }: Results): number | null {
  const inside = knees.filter(
    (one) => one.definition === 'power' && one.insideData && one.replicas === replicas,
  );
  return ofSeries(inside, series)?.clients ?? null;
}

/**
 * Curves of one panel: all of them, or those of the most messages where there are more than eyes can tell apart, and
 * of still too many a choice.
 */
export function distinguishable<T extends { readonly series: Series }>(
  curves: readonly T[],
  all: readonly Series[],
): T[] {
  if (curves.length <= distinctSeries) return [...curves];
  const most = mostMessages(all);
  return choiceOf(
    curves.filter(({ series }) => most.includes(series)),
    distinctSeries,
  );
}

/** Offered requests/s in an open loop, else clients. */
export function loadLevelOf({ cell }: CellResult): number {
  return loadLevel(cell);
}

export function loadAxis({ isOpen }: Pick<Series, 'isOpen'>) {
  return isOpen ? axes.rateAxis : axes.clients;
}

export function heaviestLoadOf({ cells }: Series): number {
  return Math.max(...cells.map(loadLevelOf));
}

/** Ticks of an axis from zero: the loads themselves where their labels do not touch, else a number of them. */
export function loadTicks(loads: readonly number[]): number[] | number {
  const gaps = loads.slice(1).map((load, i) => load - (loads[i] ?? 0));
  return Math.min(...gaps) >= (loads.at(-1) ?? 0) * tickGapShare ? [...loads] : 5;
}

const tickGapShare = 0.12;

/** Distinct values, ascending. */
export const levels = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
