import { auditNames, type CellResult, inEachLanguage, type Results, sentences } from '@escala/model';
import { type ColumnOf, type Table, tableOf, type Value } from '../tables/table.ts';
import { columns, factorColumns, measured, throughputColumns } from './columns.ts';
import { ms, usPerMs } from './estimates.ts';
import { sloText } from './service-levels.ts';

const axes = sentences.report.axes.axes;
const sloWords = sentences.report.sloVerdicts;

/** The study as one table: a row a cell, in the order of the factors. Further factors stand in it where they have levels. */
export function cellsTable({ cells, experiment }: Results): Table {
  const isOpen = experiment.rate.some((rate) => rate !== null);
  return tableOf(cells, [
    columns.system,
    columns.replicas,
    columns.clients,
    columns.messages,
    isOpen && columns.rate,
    ...factorColumns(experiment),
    columns.verdict,
    columns.rounds,
    ...throughputColumns,
    percentileColumn('p50'),
    percentileColumn('p95'),
    percentileColumn('p99'),
    failureColumn,
    { key: 'jain', title: axes.jain, style: 'ratio', of: (of) => of.jain?.value ?? null },
  ]);
}

/** A row a cell and kind of request; undefined where no system has requests of its own. */
export function kindsTable({ cells, experiment }: Results): Table | undefined {
  const rows = cells.flatMap((of) => (of.kinds ?? []).map((kind) => ({ ...kind, of, cell: of.cell })));
  if (rows.length === 0) return undefined;
  type Row = (typeof rows)[number];
  const percentile = (name: 'p50' | 'p95' | 'p99'): ColumnOf<Row> => ({
    ...measured[name],
    of: (row) =>
      row.percentilesAtTimeout.includes(name)
        ? { atLeast: row.cell.timeoutUs / usPerMs }
        : ms(row[`${name}Us`]?.value),
  });
  const verdicts = ({ sloVerdicts }: Row) =>
    inEachLanguage((language) =>
      experiment.slo
        .map(
          (slo, i) => `${sloText(slo, language)}: ${sloWords[sloVerdicts[i] ?? 'not-assessable'][language]}`,
        )
        .join('; '),
    );
  return tableOf<Row>(rows, [
    columns.system,
    columns.replicas,
    columns.clients,
    columns.messages,
    experiment.rate.some((rate) => rate !== null) && columns.rate,
    ...factorColumns(experiment),
    { key: 'request', title: axes.request, of: ({ request }) => request },
    { key: 'requests', title: axes.requests, style: 'integer', of: ({ requests }) => requests },
    { ...measured.throughput, of: ({ throughput }) => throughput?.value ?? null },
    percentile('p50'),
    percentile('p95'),
    percentile('p99'),
    {
      key: 'failure_share',
      title: axes.failures,
      style: 'percent',
      of: ({ failureShare }) => failureShare?.value ?? null,
    },
    experiment.slo.length > 0 && { key: 'slo_verdicts', title: sentences.report.scaling.slo, of: verdicts },
  ]);
}

export const percentileColumn = (name: 'p50' | 'p95' | 'p99'): ColumnOf<CellResult> => ({
  ...measured[name],
  of: (cell) => percentileCell(cell, name),
});

export const failureColumn: ColumnOf<CellResult> = {
  key: 'failure_share',
  title: axes.failures,
  style: 'percent',
  of: ({ failureShare }) => failureShare?.value ?? null,
};

/** In ms; a percentile among the timeouts is at least as long as the timeout. */
function percentileCell(of: CellResult, name: 'p50' | 'p95' | 'p99'): Value {
  if (of.percentilesAtTimeout?.includes(name)) return { atLeast: of.cell.timeoutUs / usPerMs };
  return ms(of[`${name}Us`]?.value);
}

const auditWords = sentences.report.audits;
const pageWords = sentences.report.wordsPage;

const statuses = [
  { key: 'pass', status: 'pass', title: pageWords.pass },
  { key: 'warn', status: 'warn', title: pageWords.warn },
  { key: 'fail', status: 'fail', title: pageWords.fail },
  { key: 'not_assessable', status: 'not-assessable', title: pageWords.notAssessable },
  { key: 'info', status: 'info', title: pageWords.info },
] as const;

/** What each audit asks, and how often it passed, warned or failed; audits that never ran are left out. */
export function auditTable({ trials }: Results): Table {
  const all = Map.groupBy(
    trials.flatMap(({ audits }) => audits),
    ({ audit }) => audit,
  );
  const ran = auditNames.flatMap((name) => {
    const found = all.get(name);
    return found ? [{ ...auditWords[name], found }] : [];
  });
  return tableOf(ran, [
    { key: 'audit', title: pageWords.auditName, text: 'name', of: ({ name }) => name },
    { key: 'asks', title: pageWords.auditAsks, text: 'sentence', of: ({ asks }) => asks },
    ...statuses.map(({ status, ...column }) => ({
      ...column,
      style: 'integer' as const,
      of: ({ found }: (typeof ran)[number]) => found.filter((one) => one.status === status).length,
    })),
  ]);
}
