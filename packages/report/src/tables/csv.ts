import { textCell } from '@escala/model';
import { printable } from '../markup/serialize.ts';
import { type Column, isAtLeast, isRange, isSentence, type Table, type Value } from './table.ts';

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
