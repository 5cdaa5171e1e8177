import type { CellResult, Results } from '@escala/model';
import { sentences } from '@escala/model';
import type { Table, Value } from '../tables/table.ts';
import { columns } from './columns.ts';
import { estimateCells, ms, usPerMs } from './estimates.ts';
import { factorColumns, factorValues } from './factors.ts';

const axes = sentences.report.axes.axes;

/** The study as one table: a row a cell, in the order of the factors. Further factors stand in it where they have levels. */
export function cellsTable({ cells, experiment }: Results): Table {
  const isOpen = experiment.rate.some((rate) => rate !== null);
  return {
    columns: [
      columns.system,
      columns.replicas,
      columns.clients,
      columns.messages,
      ...(isOpen ? [columns.rate] : []),
      ...factorColumns(experiment),
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
      ...factorValues(of.cell, experiment),
      of.verdict,
      of.rounds,
      ...estimateCells(of.throughput).slice(0, 2),
      percentileCell(of, 'p50'),
      percentileCell(of, 'p95'),
      percentileCell(of, 'p99'),
      of.failureShare?.value ?? null,
      of.jain?.value ?? null,
    ]),
  };
}

/** In ms; a percentile among the timeouts is at least as long as the timeout. */
function percentileCell(of: CellResult, name: 'p50' | 'p95' | 'p99'): Value {
  if (of.percentilesAtTimeout?.includes(name)) return { atLeast: of.cell.timeoutUs / usPerMs };
  return ms(of[`${name}Us`]?.value);
}
