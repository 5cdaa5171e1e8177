import {
  failedRequests,
  inEachLanguage,
  isOpen,
  levelsOfCompared,
  type Results,
  type TrialResult,
} from '@escala/model';
import { columns, factorColumns, measured } from '../study/columns.ts';
import { ms, usPerMs } from '../study/estimates.ts';
import { type Column, type ColumnOf, type Table, tableOf, type Value } from '../tables/table.ts';

/** A column that only programs read. */
const forPrograms = <Row>(key: string, of: (row: Row) => Value): ColumnOf<Row> => ({
  key,
  title: inEachLanguage(() => key),
  of,
});

const same = <Row>(column: Column, of: (row: Row) => Value): ColumnOf<Row> => ({ ...column, of });

/** Tidy: a row a trial, with every factor, so that a notebook needs neither results.json nor a join. */
export function trialsTable({ run, trials, cells, experiment }: Results): Table {
  const cellOf = new Map(cells.map((one) => [one.cell.key, one]));
  const rows = trials.flatMap((trial) => {
    const pooled = cellOf.get(trial.cell);
    return pooled ? [{ trial, pooled, cell: pooled.cell }] : [];
  });
  type Row = (typeof rows)[number];
  const ofTrial = (key: string, of: (trial: TrialResult) => Value) =>
    forPrograms<Row>(key, ({ trial }) => of(trial));
  const percentile = (name: 'p50' | 'p95' | 'p99') =>
    same<Row>(measured[name], ({ trial }) => ms(trial.latencyUs?.[name]));
  return tableOf<Row>(rows, [
    forPrograms('run', () => run),
    ofTrial('cell', ({ cell }) => cell),
    columns.system,
    columns.replicas,
    columns.clients,
    columns.messages,
    cells.some(({ cell }) => isOpen(cell)) && columns.rate,
    ...factorColumns(experiment),
    same(columns.round, ({ trial }) => trial.round),
    ofTrial('block', ({ block }) => block),
    ofTrial('started_us', ({ startAtUs }) => startAtUs),
    same(columns.verdict, ({ trial }) => trial.verdict),
    forPrograms('kind', ({ pooled }) => pooled.kind),
    // As its cell is measured, so that the median over rounds is the number of the report.
    same(measured.throughput, ({ trial, pooled }) =>
      pooled.kind === 'steady' ? trial.throughputWindow : trial.throughputMakespan,
    ),
    ofTrial('throughput_makespan_per_s', ({ throughputMakespan }) => throughputMakespan),
    percentile('p50'),
    percentile('p95'),
    percentile('p99'),
    ofTrial('requests', ({ counts }) => counts.requests),
    ofTrial('failed', ({ counts }) => failedRequests(counts)),
    ofTrial('machine_busy_share', busiestMachine),
    ofTrial('server_busy_share', ({ cpu }) => cpu.serverShareMax),
    ofTrial('regime', ({ regime }) => regime),
    forPrograms('limit', ({ pooled }) => pooled.limit?.what ?? null),
  ]);
}

/** Of its busiest machine; what older results say of the only one. */
function busiestMachine({ machines = [], cpu }: TrialResult): number | null {
  const shares = machines.flatMap(({ busyShare }) => busyShare ?? []);
  return shares.length > 0 ? Math.max(...shares) : cpu.machineShare;
}

/** Tidy: a row a compared cell and metric, also where there is no ratio. */
export function comparisonsTable({ run, comparisons, experiment, cells }: Results): Table {
  const rows = comparisons.flatMap((pair) =>
    pair.cells.map((one) => {
      const { replicas, clients, messages, factors } = one;
      const levels = { ratePerSecond: null, ...levelsOfCompared(factors) };
      return { pair, one, cell: { ...levels, replicas, clients, messages } };
    }),
  );
  type Row = (typeof rows)[number];
  const ofPair = (key: string, of: (pair: Row['pair']) => Value) =>
    forPrograms<Row>(key, ({ pair }) => of(pair));
  const ofCell = (key: string, of: (one: Row['one']) => Value) => forPrograms<Row>(key, ({ one }) => of(one));
  const side = (name: 'a' | 'b') =>
    forPrograms<Row>(`value_${name}`, ({ one, pair }) => {
      const value = one[name];
      return value !== null && pair.metric !== 'throughput' ? value / usPerMs : value;
    });
  return tableOf<Row>(rows, [
    forPrograms('run', () => run),
    ofPair('metric', ({ metric }) => metric),
    ofPair('unit', ({ metric }) => (metric === 'throughput' ? 'requests/s' : 'ms')),
    ofPair('a', ({ a }) => a),
    ofPair('b', ({ b }) => b),
    columns.replicas,
    columns.clients,
    columns.messages,
    cells.some(({ cell }) => isOpen(cell)) && columns.rate,
    ...factorColumns(experiment),
    side('a'),
    side('b'),
    ofCell('rounds_a', ({ roundsA }) => roundsA),
    ofCell('rounds_b', ({ roundsB }) => roundsB),
    ofCell('ratio', ({ ratio }) => ratio),
    {
      ...forPrograms<Row>('ci95_low', ({ one: { ci95 } }) => ci95 && { low: ci95[0], high: ci95[1] }),
      highKey: 'ci95_high',
    },
    ofCell('p', ({ p }) => p),
    ofCell('q', ({ q }) => q),
    ofCell('verdict', ({ verdict }) => verdict),
    ofPair('margin', ({ margin }) => margin),
    ofCell('rounds_needed', ({ roundsNeeded }) => roundsNeeded),
  ]);
}
