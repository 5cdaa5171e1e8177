import {
  type CellResult,
  type Estimate,
  isOfCurve,
  type Results,
  type Sentence,
  sentences,
} from '@escala/model';
import { choiceOf } from '../drawing/layout.ts';
import { axisTop, type Bar } from '../drawing/marks.ts';
import { distinctSeries } from '../drawing/palette.ts';
import type { ColumnOf, Table } from '../tables/table.ts';
import { columns, curveTable, loadColumn, ofMostMessages, p95Columns, throughputColumns } from './columns.ts';
import { barsOf, medianOf, ms, usPerMs, usPerSecond } from './estimates.ts';
import {
  heaviestLoadOf,
  loadLevelOf,
  mostMessages,
  ofSeries,
  powerKnee,
  type Series,
  seriesOf,
  seriesWith,
} from './series.ts';
import { atFirstSlo } from './service-levels.ts';

const axes = sentences.report.axes.axes;

/** What is measured over the load, in the unit of its axis. */
export interface Quantity {
  readonly label: Sentence;
  readonly top: number;
  readonly estimate: (cell: CellResult) => Estimate | null;
  readonly value: (cell: CellResult) => number;
  readonly bars: (cells: readonly CellResult[]) => Bar[];
}

/** Curves over the load of the largest number of messages. */
export interface LoadCurves {
  readonly series: readonly Series[];
  readonly cells: readonly CellResult[];
  readonly throughput: Quantity;
  readonly p95: Quantity;
  /** The one whose bounds, knee and capacity are drawn; null where several curves would make a thicket of them. */
  readonly only: Series | null;
}

export function loadCurves(results: Results): LoadCurves {
  const measured = seriesWith(mostMessages(seriesOf(results)), ({ throughput }) => throughput);
  const series = choiceOf(measured, distinctSeries);
  const cells = series.flatMap((one) => one.cells);
  return {
    series,
    cells,
    throughput: quantity(axes.throughputAxis, cells, ({ throughput }) => throughput, 1),
    p95: quantity(axes.p95Axis, cells, ({ p95Us }) => p95Us, usPerMs),
    only: series.length === 1 ? (series[0] ?? null) : null,
  };
}

function quantity(
  label: Sentence,
  cells: readonly CellResult[],
  estimate: Quantity['estimate'],
  unit: number,
): Quantity {
  const value = (cell: CellResult) => medianOf(estimate(cell), unit);
  const bars = (of: readonly CellResult[]) => barsOf(of, loadLevelOf, estimate, unit);
  return { label, estimate, value, bars, top: axisTop(cells.map(value), bars(cells)) };
}

/** Bounds of throughput by the clients and by the servers, as lines inside the axes; null where there are none. */
export function boundsOf(
  { only, throughput: { top } }: LoadCurves,
  replicas: number,
  { asymptotes }: Results,
) {
  const at = asymptotes.filter((one) => one.replicas === replicas);
  const bounds = only && ofSeries(at, only);
  if (!bounds) return null;
  const perClient = usPerSecond / (bounds.baseLatencyUs + bounds.thinkTimeUs);
  const end = Math.min(heaviestLoadOf(only), top / perClient);
  return {
    byClients: [[0, 0] as const, [end, end * perClient] as const],
    byServers: bounds.throughputMax <= top ? bounds.throughputMax : null,
  };
}

export const kneeOf = ({ only }: LoadCurves, replicas: number, results: Results): number | null =>
  only && powerKnee(only, replicas, results);

/** Clients for which the first service level is met; null where none is, or where that is not known. */
export function capacityOf({ only }: LoadCurves, replicas: number, results: Results): number | null {
  const capacity = only && ofSeries(atFirstSlo(results), only);
  return capacity?.capacity.find((one) => one.replicas === replicas)?.strict ?? null;
}

/** The cell with the most throughput of those with the most replicas. */
export function bestOfMostReplicas({ cells }: Series): CellResult {
  const replicas = Math.max(...cells.map(({ cell }) => cell.replicas));
  const value = ({ throughput }: CellResult) => throughput?.value ?? 0;
  return cells
    .filter(({ cell }) => cell.replicas === replicas)
    .reduce((best, cell) => (value(cell) > value(best) ? cell : best));
}

export function loadTable(series: Series, cells: readonly CellResult[], results: Results): Table {
  const measured = [...throughputColumns, ...p95Columns];
  return curveTable(results, ofMostMessages, cells, [loadColumn(series), ...measured, columns.verdict]);
}

const queueOf = ({ cell }: CellResult, { queues = [] }: Results) =>
  queues.find((queue) => queue.replicas === cell.replicas && isOfCurve(queue, cell));

/** Mean response time by theory, µs; null where theory has nothing to say, and where its queue only grows. */
export function theoryOf(of: CellResult, results: Results): number | null {
  const point = queueOf(of, results)?.points.find(
    ({ ratePerSecond }) => ratePerSecond === of.cell.ratePerSecond,
  );
  return point?.meanUs ?? null;
}

export const theoryColumn = (results: Results): ColumnOf<CellResult> => ({
  key: 'theory_ms',
  title: axes.theory,
  style: 'significant',
  of: (cell) => ms(theoryOf(cell, results)),
});

/** The same over the offered rate, ms, as a line inside the axes; empty where theory has nothing to say. */
export function theoryLine(
  [cell]: readonly CellResult[],
  results: Results,
  ends: { load: number; top: number },
) {
  const points = (cell && queueOf(cell, results)?.points) ?? [];
  return points
    .map(({ ratePerSecond, meanUs }) => [ratePerSecond, ms(meanUs) ?? Number.POSITIVE_INFINITY] as const)
    .filter(([load, mean]) => load <= ends.load && mean <= ends.top);
}
