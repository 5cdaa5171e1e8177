import type { Cell, Experiment, Results } from '@escala/model';
import { estimateCells, ms, usPerSecond } from '../figures/estimates.ts';
import { axes, units } from '../words/axes.ts';
import { columns } from './columns.ts';
import type { Column, Table, Value } from './table.ts';

/** The study as one table: a row a cell, in the order of the factors. Further factors stand in it where they have levels. */
export function cellsTable({ cells, experiment }: Results): Table {
  const varied = furtherFactors.filter(({ levels }) => levels(experiment).length > 1);
  const isOpen = experiment.rate.some((rate) => rate !== null);
  return {
    columns: [
      columns.system,
      columns.replicas,
      columns.clients,
      columns.messages,
      ...(isOpen ? [columns.rate] : []),
      ...varied.map(({ column }) => column),
      columns.verdict,
      columns.rounds,
      columns.throughput,
      columns.throughputCi,
      columns.p50,
      columns.p95,
      columns.p99,
      { key: 'failure_share', title: axes.failures, style: 'percent' },
      { key: 'jain', title: axes.jain, style: 'ratio' },
    ],
    rows: cells.map((of) => [
      of.cell.system,
      of.cell.replicas,
      of.cell.clients,
      of.cell.messages,
      ...(isOpen ? [of.cell.ratePerSecond] : []),
      ...varied.map(({ value }) => value(of.cell)),
      of.verdict,
      of.rounds,
      ...estimateCells(of.throughput).slice(0, 2),
      ms(of.p50Us?.value),
      ms(of.p95Us?.value),
      ms(of.p99Us?.value),
      of.failureShare?.value ?? null,
      of.jain?.value ?? null,
    ]),
  };
}

/** What a study may vary besides systems, replicas, load and messages. */
const furtherFactors: readonly {
  readonly column: Column;
  readonly levels: (experiment: Experiment) => readonly unknown[];
  readonly value: (cell: Cell) => Value;
}[] = [
  {
    column: { key: 'arrivals', title: axes.arrivals },
    levels: ({ arrivals }) => arrivals,
    value: ({ arrivals }) => axes[arrivals],
  },
  {
    column: { key: 'duration_s', title: axes.duration, unit: units.s, style: 'parameter' },
    levels: ({ durationUs }) => durationUs,
    value: ({ durationUs }) => durationUs / usPerSecond,
  },
  {
    column: { key: 'payload_bytes', title: axes.payload, unit: units.bytes, style: 'integer' },
    levels: ({ payloadBytes }) => payloadBytes,
    value: ({ payloadBytes }) => payloadBytes,
  },
  {
    column: { key: 'think_time_ms', title: axes.thinkTime, unit: units.ms, style: 'parameter' },
    levels: ({ thinkTimeUs }) => thinkTimeUs,
    value: ({ thinkTimeUs }) => ms(thinkTimeUs),
  },
  {
    column: { key: 'keep_alive', title: axes.keepAlive },
    levels: ({ keepAlive }) => keepAlive,
    value: ({ keepAlive }) => (keepAlive ? axes.yes : axes.no),
  },
];
