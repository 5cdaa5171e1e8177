import { type OriginCell, type Sentence, sentences } from '@escala/model';
import { columns, measured } from '../study/columns.ts';
import { ms, usPerMs } from '../study/estimates.ts';
import { type Column, type ColumnOf, type Table, tableOf } from '../tables/table.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const originWords = sentences.report.origin;

export const factors = ['replicas', 'clients', 'messages'] as const;
export type Factor = (typeof factors)[number];

/** What is drawn, as its column, its axis and its words say it. */
export interface Measure extends ColumnOf<OriginCell> {
  readonly name: 'response' | 'throughput';
  readonly axis: Sentence;
  readonly caption: Sentence;
  readonly titles: Readonly<Record<Factor, Sentence>>;
  readonly of: (cell: OriginCell) => number | null;
}

export const measures: readonly Measure[] = [
  {
    ...measured.p50,
    name: 'response',
    key: 'median_ms',
    title: originWords.median,
    axis: originWords.responseAxis,
    caption: originWords.responseCaption,
    titles: {
      clients: originWords.responseClients,
      replicas: originWords.responseReplicas,
      messages: originWords.responseMessages,
    },
    of: ({ sessionUs }) => sessionUs && sessionUs.median / usPerMs,
  },
  {
    ...measured.throughput,
    name: 'throughput',
    axis: axes.throughputAxis,
    caption: originWords.throughputCaption,
    titles: {
      clients: originWords.throughputClients,
      replicas: originWords.throughputReplicas,
      messages: originWords.throughputMessages,
    },
    of: ({ throughputPerSecond }) => throughputPerSecond,
  },
];

/** A row a scenario; times in ms. A percentile of too few rows is empty. */
export function statisticsTable(cells: readonly OriginCell[]): Table {
  const inMs = { unit: units.ms, style: 'significant' } as const;
  const statistics = {
    min: { key: 'min_ms', title: originWords.min, ...inMs },
    max: { key: 'max_ms', title: originWords.max, ...inMs },
    mean: { key: 'mean_ms', title: originWords.mean, ...inMs },
    median: { key: 'median_ms', title: originWords.median, ...inMs },
    standardDeviation: { key: 'standard_deviation_ms', title: originWords.standardDeviation, ...inMs },
    p90: { key: 'p90_ms', title: originWords.p90, ...inMs },
    p95: { key: 'p95_ms', title: axes.p95, ...inMs },
    p99: { key: 'p99_ms', title: axes.p99, ...inMs },
    p999: { key: 'p999_ms', title: originWords.p999, ...inMs },
  } as const satisfies Record<string, Column>;
  const names = Object.keys(statistics) as (keyof typeof statistics)[];
  const integer = (key: 'repetitions' | 'replicas' | 'clients' | 'messages' | 'rows', column: Column) => ({
    ...column,
    of: (cell: OriginCell) => cell[key],
  });
  return tableOf(cells, [
    integer('replicas', columns.replicas),
    integer('clients', columns.clients),
    integer('messages', columns.messages),
    integer('rows', { key: 'rows', title: originWords.rows, style: 'integer' }),
    {
      key: 'measured',
      title: originWords.measured,
      style: 'integer',
      of: ({ sessionUs }) => sessionUs?.n ?? 0,
    },
    integer('repetitions', { key: 'repetitions', title: originWords.repetitions, style: 'integer' }),
    ...names.map((name) => ({
      ...statistics[name],
      of: ({ sessionUs }: OriginCell) => ms(sessionUs?.[name]),
    })),
    { ...measured.throughput, of: ({ throughputPerSecond }) => throughputPerSecond },
  ]);
}
