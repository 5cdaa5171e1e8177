import type { Sentence } from '@escala/model';
import type { NumberStyle } from '../words/format.ts';

/** An interval; null is an unbounded side. */
export interface Range {
  readonly low: number | null;
  readonly high: number | null;
}

/** A number that is only known to be this or larger. It is none to calculate with, so CSV leaves it out. */
export interface AtLeast {
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

export function isSentence(value: Value): value is Sentence {
  return typeof value === 'object' && value !== null && 'en' in value;
}

export function isAtLeast(value: Value): value is AtLeast {
  return typeof value === 'object' && value !== null && 'atLeast' in value;
}

export function isRange(value: Value): value is Range {
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
