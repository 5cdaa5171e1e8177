import { type Column, clientColumns, ledgerColumns, requestColumns, resourceColumns } from '@escala/model';
import { generated, page, table } from './markdown.ts';
import { tableColumns } from './table-columns.ts';

export function columnsPage(): string {
  return page(
    'Columns',
    `${generated} CSV with line feeds, quoted as RFC 4180 says; text that a spreadsheet would run as a formula begins with an apostrophe.`,
    section("The server's ledger, `ledger-<replica>.csv`", ledgerColumns),
    section("The client's rows, `client-<agent>.csv`, `warmup.csv`, `--out`", clientColumns),
    section('`requests.csv`', requestColumns),
    section('`resources.csv`', resourceColumns),
    `## \`tables/*.csv\` and \`figures/*.csv\`

A name means the same in every file. Of the factors beside system, replicas, clients and messages those are there that the study varies. \`trials.csv\` has a row a trial, \`comparisons.csv\` a row a compared cell and metric ([in a notebook](../guides/notebooks.md)); \`summary.csv\` and \`cells.csv\` a row a cell.`,
    ...Object.entries(tableColumns).map(([title, columns]) => section(title, columns, '###')),
  );
}

function section(
  title: string,
  columns: readonly Pick<Column, 'name' | 'unit' | 'doc'>[],
  heading = '##',
): string {
  const rows = columns.map(({ name, unit, doc }) => [`\`${name}\``, unit ?? '', doc]);
  return `${heading} ${title}\n\n${table(['column', 'unit', 'holds'], rows)}`;
}
