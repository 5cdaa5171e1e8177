/** What a column holds. Text may come from anywhere; an id or an integer of ours is written as it is. */
export type CellKind = 'integer' | 'id' | 'text';

/** A column of one of our CSV files. `doc` is the line of the reference page. */
export interface Column {
  readonly name: string;
  readonly kind: CellKind;
  readonly unit?: string;
  readonly doc: string;
}

/** A spreadsheet runs a cell that begins with one of these as a formula (OWASP, CSV injection). */
const formulaStart = /^[=+\-@\t\r]/;
const needsQuotes = /[",\r\n]/;
const wholeNumber = /^-?\d+$/;

/** A text cell: formula starts neutralised by a leading apostrophe, quoted as RFC 4180 says where it must be. */
export function textCell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The first line of a file with these columns, with its line feed. */
export function headerLine(columns: readonly Column[]): string {
  return `${columns.map((column) => column.name).join(',')}\n`;
}

/**
 * One row, with its line feed. `undefined` is an empty cell. Whatever a server of others wrote into a column of ids or
 * integers is treated as text, unless it is what the column says.
 */
export function rowLine(columns: readonly Column[], cells: readonly (string | number | undefined)[]): string {
  let line = '';
  for (let i = 0; i < columns.length; i++) {
    const cell = cells[i];
    if (i > 0) line += ',';
    if (cell === undefined) continue;
    const isText = typeof cell === 'string' && !(columns[i]?.kind === 'integer' && wholeNumber.test(cell));
    line += isText ? textCell(cell) : cell;
  }
  return `${line}\n`;
}
