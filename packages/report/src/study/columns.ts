import {
  type Cell,
  type CellResult,
  type Estimate,
  type Experiment,
  type Interval,
  type Results,
  sentences,
  type Verdict,
} from '@escala/model';
import { type Column, type ColumnOf, type Table, tableOf, type Value } from '../tables/table.ts';
import { rangeOf, usPerMs } from './estimates.ts';
import { variedFactors } from './factors.ts';
import { loadLevelOf, type Series } from './series.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;

const perSecond = { unit: units.perSecondShort, style: 'significant' } as const;
const inMs = { unit: units.ms, style: 'significant' } as const;
type Of<Key extends keyof Cell> = { readonly cell: Pick<Cell, Key> };
type OfResult = (row: CellResult) => Estimate | null;

const valueCell = (estimate: Estimate | null, unit: number) => estimate && estimate.value / unit;

/** An interval; empty where there is none. */
export const intervalCell = (interval: Interval | null | undefined, unit = 1): Value =>
  interval ? rangeOf(interval, unit) : null;

/** The median of an estimate and its interval; the interval is empty where there is none. */
const estimated = (value: Column, interval: Column, of: OfResult, unit = 1): ColumnOf<CellResult>[] => [
  { ...value, of: (row) => valueCell(of(row), unit) },
  { ...interval, of: (row) => intervalCell(of(row)?.ci95, unit) },
];

/** Columns that several tables have, each with what stands in it of a cell. */
export const columns = {
  system: { key: 'system', title: axes.system, of: ({ cell }: Of<'system'>) => cell.system },
  replicas: {
    key: 'replicas',
    title: axes.replicas,
    style: 'integer',
    of: ({ cell }: Of<'replicas'>) => cell.replicas,
  },
  clients: {
    key: 'clients',
    title: axes.clients,
    style: 'integer',
    of: ({ cell }: Of<'clients'>) => cell.clients,
  },
  rate: {
    key: 'rate_per_s',
    title: axes.rate,
    ...perSecond,
    of: ({ cell }: Of<'ratePerSecond'>) => cell.ratePerSecond,
  },
  messages: {
    key: 'messages',
    title: axes.messages,
    style: 'integer',
    of: ({ cell }: Of<'messages'>) => cell.messages,
  },
  round: { key: 'round', title: axes.round, style: 'integer', of: ({ round }: { round: number }) => round },
  rounds: {
    key: 'rounds',
    title: axes.rounds,
    style: 'integer',
    of: ({ rounds }: { rounds: number }) => rounds,
  },
  verdict: { key: 'verdict', title: axes.verdict, of: ({ verdict }: { verdict: Verdict }) => verdict },
} as const satisfies Record<string, ColumnOf<never>>;

const throughput = { key: 'throughput_per_s', title: axes.throughput, ...perSecond } as const;
const p95 = { key: 'p95_ms', title: axes.p95, ...inMs } as const;

/** The same for what is measured, whose rows differ. */
export const measured = {
  throughput,
  p50: { key: 'p50_ms', title: axes.p50, ...inMs },
  p95,
  p99: { key: 'p99_ms', title: axes.p99, ...inMs },
} as const satisfies Record<string, Column>;

export const throughputColumns = estimated(
  throughput,
  { key: 'ci95_low_per_s', highKey: 'ci95_high_per_s', title: axes.interval, ...perSecond },
  ({ throughput }) => throughput,
);
export const p95Columns = estimated(
  p95,
  { key: 'p95_low_ms', highKey: 'p95_high_ms', title: axes.interval, ...inMs },
  ({ p95Us }) => p95Us,
  usPerMs,
);
/** The mean response time, and both sides of Little's law. */
export const queueColumns: ColumnOf<CellResult>[] = [
  ...estimated(
    { key: 'mean_ms', title: axes.mean, ...inMs },
    { key: 'mean_low_ms', highKey: 'mean_high_ms', title: axes.interval, ...inMs },
    ({ meanUs = null }) => meanUs,
    usPerMs,
  ),
  {
    key: 'in_flight',
    title: axes.inFlight,
    style: 'significant',
    of: ({ littlesLaw }) => valueCell(littlesLaw?.inFlight ?? null, 1),
  },
  {
    key: 'rate_times_residence',
    title: axes.rateTimesResidence,
    style: 'significant',
    of: ({ littlesLaw }) => valueCell(littlesLaw?.rateTimesResidence ?? null, 1),
  },
];
/** Rounds that an estimate rests on, which may be fewer than the cell has. */
export const roundsOf = (of: OfResult): ColumnOf<CellResult> => ({
  ...columns.rounds,
  of: (row) => of(row)?.n ?? null,
});

/** The load of a curve: its offered rate or its clients. */
export const loadColumn = ({ isOpen }: Pick<Series, 'isOpen'>): ColumnOf<CellResult> => ({
  ...(isOpen ? columns.rate : columns.clients),
  of: loadLevelOf,
});

/** Columns of the further factors that a study varies. */
export const factorColumns = (experiment: Experiment): ColumnOf<{ readonly cell: Partial<Cell> }>[] =>
  variedFactors(experiment).map(({ column, value }) => ({ ...column, of: ({ cell }) => value(cell) }));

/** What names a curve in its table. */
export const everyCurve = [columns.system, columns.messages];
/** The same where all that is drawn has the most messages. */
export const ofMostMessages = [columns.system];

/** A row a point of a curve: the curve's names and levels, the replicas, then `further`. */
export function curveTable<Row extends Of<'replicas'>>(
  { experiment }: Results,
  names: readonly ColumnOf<Row>[],
  rows: readonly Row[],
  further: readonly ColumnOf<Row>[],
): Table {
  return tableOf(rows, [...names, ...factorColumns(experiment), columns.replicas, ...further]);
}

/** A row of a curve that is not a cell: a point at some number of replicas. */
export function pointOf<Point extends { readonly replicas: number }>(
  { cells, system, messages }: Series,
  point: Point,
) {
  return { ...point, cell: { ...cells[0]?.cell, system, messages, replicas: point.replicas } };
}
