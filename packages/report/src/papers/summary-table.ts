import {
  type Cell,
  type CellResult,
  type Experiment,
  fill,
  inEachLanguage,
  isOpen,
  isVaried,
  type Language,
  levelNames,
  loadOf,
  type Results,
  sentences,
} from '@escala/model';
import { failureColumn, percentileColumn } from '../study/cells-table.ts';
import { columns, factorColumns, throughputColumns } from '../study/columns.ts';
import { type ColumnOf, type Table, tableOf } from '../tables/table.ts';

const summaryWords = sentences.report.summary;

/** What the columns of a table say; what else the study varies has a row of its own for each level. */
const inColumns = ['system', 'replicas', 'clients', 'messages', 'ratePerSecond'] as const;

/** The levels of a cell beside its system, replicas and load, as its name has them: `payload4KiB`, `reconnect`. */
export const furtherLevels = (cell: Cell, experiment: Experiment) => levelNames(cell, experiment, inColumns);

/** `60×100`: clients and messages of each; `300/s`: the offered rate. */
export function loadText(cell: Cell): string {
  const load = loadOf(cell);
  return load.kind === 'closed' ? `${load.clients}×${load.messages}` : `${load.ratePerSecond}/s`;
}

/** What keeps the throughput of a cell from growing, in a word; null where nothing that was measured was full. */
export const limitWord = ({ limit }: CellResult) =>
  limit && limit.what !== 'unknown' ? summaryWords.limits[limit.what] : null;

/** Of each system, number of replicas and level of what else varies the cell with the most throughput. */
export function bestCells({ cells, experiment }: Results): CellResult[] {
  const rowOf = ({ cell }: CellResult) =>
    JSON.stringify([cell.system, cell.replicas, ...furtherLevels(cell, experiment)]);
  const value = ({ throughput }: CellResult) => throughput?.value ?? -1;
  return [...Map.groupBy(cells, rowOf).values()].map((group) =>
    group.reduce((most, cell) => (value(cell) > value(most) ? cell : most)),
  );
}

const limitColumn: ColumnOf<CellResult> = { key: 'limit', title: summaryWords.limit, of: limitWord };
const areOpen = (cells: readonly CellResult[]) => cells.some(({ cell }) => isOpen(cell));

/** The small table of a study: a row a cell of `bestCells`. */
export function summaryTable(results: Results): Table {
  const best = bestCells(results);
  return tableOf(best, [
    columns.system,
    columns.replicas,
    columns.clients,
    columns.messages,
    areOpen(results.cells) && columns.rate,
    ...factorColumns(results.experiment),
    ...throughputColumns,
    failureColumn,
    percentileColumn('p50'),
    percentileColumn('p95'),
    limitColumn,
    columns.rounds,
    columns.verdict,
  ]);
}

/** As the figures mark them: the words would make the table a quarter wider than the column. */
const verdictMarks = { VALID: '', SUSPECT: '?', INVALID: '✕' } as const;
const noTitle = inEachLanguage(() => '');

/** The same for one column of a paper: what is the same in all rows is said by its caption, and not in each. */
export function narrowSummaryTable(results: Results): Table {
  const best = bestCells(results);
  const { experiment } = results;
  return tableOf(best, [
    isVaried('system', experiment) && columns.system,
    columns.replicas,
    {
      key: 'load',
      title: summaryWords[areOpen(best) ? 'offered' : 'load'],
      of: ({ cell }) => loadText(cell),
    },
    ...factorColumns(experiment),
    ...throughputColumns.filter(({ of, highKey }) => !highKey || best.some((one) => of(one) !== null)),
    !isWithoutFailures(best) && failureColumn,
    percentileColumn('p50'),
    percentileColumn('p95'),
    limitColumn,
    !areAllValid(best) && { key: 'verdict', title: noTitle, of: ({ verdict }) => verdictMarks[verdict] },
  ]);
}

const isWithoutFailures = (cells: readonly CellResult[]) =>
  cells.every(({ failureShare }) => failureShare?.value === 0);
const areAllValid = (cells: readonly CellResult[]) => cells.every(({ verdict }) => verdict === 'VALID');

/** What the rows are, and how their numbers were made. */
export function summaryCaption({ experiment }: Results, language: Language): string {
  return fill(summaryWords[experiment.rounds === 1 ? 'captionOnce' : 'caption'], language, {
    name: experiment.name,
    systems: experiment.systems.map(({ name }) => name).join(', '),
    rounds: experiment.rounds,
  });
}

/** The same with what all rows share, and what the marks mean. */
export function narrowSummaryCaption(results: Results, language: Language): string {
  const best = bestCells(results);
  const shared = [
    ...(areOpen(best) ? [] : [summaryWords.captionLoad]),
    ...(isWithoutFailures(best) ? [summaryWords.noFailures] : []),
    summaryWords[areAllValid(best) ? 'allValid' : 'marks'],
  ];
  return [summaryCaption(results, language), ...shared.map((sentence) => sentence[language])].join(' ');
}
