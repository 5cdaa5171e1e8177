import { type Column, clientColumns, ledgerColumns, requestColumns, resourceColumns } from '@escala/model';
import { generated, page, table } from './markdown.ts';

export function columnsPage(): string {
  return page(
    'Columns',
    `${generated} CSV with line feeds, quoted as RFC 4180 says; text that a spreadsheet would run as a formula begins with an apostrophe.`,
    section("The server's ledger, `ledger-<replica>.csv`", ledgerColumns),
    section("The client's rows, `client-<agent>.csv`, `warmup.csv`, `--out`", clientColumns),
    section('`requests.csv`', requestColumns),
    section('`resources.csv`', resourceColumns),
  );
}

function section(title: string, columns: readonly Column[]): string {
  const rows = columns.map(({ name, unit, doc }) => [`\`${name}\``, unit ?? '', doc]);
  return `## ${title}\n\n${table(['column', 'unit', 'holds'], rows)}`;
}
