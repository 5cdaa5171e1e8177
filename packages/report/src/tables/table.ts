import { type Language, type Sentence, textCell } from '@escala/model';
import { printable } from '../markup/serialize.ts';
import { intervalText, type NumberStyle, noNumber, numberText } from '../words/format.ts';

/** An interval; null is an unbounded side. */
export interface Range {
  readonly low: number | null;
  readonly high: number | null;
}

/** A number that is only known to be this or larger. It is none to calculate with, so CSV leaves it out. */
interface AtLeast {
  readonly atLeast: number;
}

/** A number, a bound of one, an interval, a text of the data, words in both languages, or nothing because it could not be estimated. */
export type Value = number | AtLeast | Range | string | Sentence | null;

/** `key` is the name in CSV, with the unit at its end; `title` is what people read. */
export interface Column {
  readonly key: string;
  readonly title: Sentence;
  readonly unit?: Sentence;
  readonly style?: NumberStyle;
  /** Names must not be broken over lines; sentences need room; a note stands across the table, below its row. */
  readonly text?: 'name' | 'sentence' | 'note';
  /** The column holds intervals: one for people, two in CSV, where `key` names the lower side and this the upper. */
  readonly highKey?: string;
}

/** Numbers as they were drawn or printed: one table, written as CSV, Markdown, LaTeX and HTML. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

/** A column with what stands in it of a row. */
export type ColumnOf<Row> = Column & { readonly of: (row: Row) => Value };

/** A table of `rows`; columns that are false are left out. */
export function tableOf<Row>(rows: readonly Row[], columns: readonly (ColumnOf<Row> | false)[]): Table {
  const kept = columns.filter((column) => column !== false);
  return { columns: kept, rows: rows.map((row) => kept.map(({ of }) => of(row))) };
}

function isSentence(value: Value): value is Sentence {
  return typeof value === 'object' && value !== null && 'en' in value;
}

function isAtLeast(value: Value): value is AtLeast {
  return typeof value === 'object' && value !== null && 'atLeast' in value;
}

function isRange(value: Value): value is Range {
  return typeof value === 'object' && value !== null && 'low' in value;
}

/** What people read beside each other, and the notes that they read below each row; CSV and Markdown keep one row. */
export function withoutNotes({ columns, rows }: Table): { readonly beside: Table; readonly notes: Table } {
  const only = (isKept: (column: Column) => boolean): Table => ({
    columns: columns.filter(isKept),
    rows: rows.map((row) => row.filter((_, i) => isKept(columns[i] as Column))),
  });
  return { beside: only(({ text }) => text !== 'note'), notes: only(({ text }) => text === 'note') };
}

/** A value as people read it. */
export function cellText(value: Value, column: Column, language: Language): string {
  if (value === null) return noNumber;
  if (typeof value === 'number') return numberText(value, language, column.style);
  if (isAtLeast(value)) return `≥ ${numberText(value.atLeast, language, column.style)}`;
  if (isRange(value)) return intervalText(value.low, value.high, language, column.style);
  return isSentence(value) ? value[language] : value;
}

/** The head of a column: what, and in which unit. */
export function headText(column: Column, language: Language): string {
  const unit = column.unit?.[language];
  return unit ? `${column.title[language]} (${unit})` : column.title[language];
}

/** Numbers stand to the right, so that their digits line up. */
export function isNumeric(column: Column): boolean {
  return column.style !== undefined;
}

/** RFC 4180 with LF, all digits, points as decimal marks, English words: for programs. */
export function csvOf({ columns, rows }: Table): string {
  const head = columns.flatMap(({ key, highKey }) => (highKey ? [key, highKey] : [key]));
  const body = rows.map((row) => columns.flatMap((column, i) => csvCells(row[i] ?? null, column)));
  return [head, ...body].map((cells) => `${cells.join(',')}\n`).join('');
}

function csvCells(value: Value, { highKey }: Column): string[] {
  if (!highKey) return [csvCell(value)];
  return isRange(value) ? [csvCell(value.low), csvCell(value.high)] : ['', ''];
}

function csvCell(value: Value): string {
  if (value === null || isAtLeast(value) || isRange(value)) return '';
  if (typeof value === 'number') return String(value);
  return textCell(printable(isSentence(value) ? value.en : value));
}

/** A table as GitHub reads it; what would be markup in a name is escaped. */
export function markdownOf(table: Table, language: Language): string {
  const head = table.columns.map((column) => escapeMarkdown(headText(column, language)));
  const rule = table.columns.map((column) => (isNumeric(column) ? '--:' : ':--'));
  const body = table.rows.map((row) =>
    table.columns.map((column, i) => escapeMarkdown(cellText(row[i] ?? null, column, language))),
  );
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
