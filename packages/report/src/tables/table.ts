import type { Sentence } from '@escala/model';
import type { NumberStyle } from '../format.ts';

/** A number, a text of the data, words in both languages, or nothing because it could not be estimated. */
export type Value = number | string | Sentence | null;

/** `key` is the name in CSV, with the unit at its end; `title` is what people read. */
export interface Column {
  readonly key: string;
  readonly title: Sentence;
  readonly unit?: Sentence;
  readonly style?: NumberStyle;
}

/** Numbers as they were drawn or printed: one table, written as CSV, Markdown, LaTeX and HTML. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

export function isSentence(value: Value): value is Sentence {
  return typeof value === 'object' && value !== null;
}
