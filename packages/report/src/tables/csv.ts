import { textCell } from '@escala/model';
import { printable } from '../markup/serialize.ts';
import { isSentence, type Table, type Value } from './table.ts';

/** RFC 4180 with LF, all digits, points as decimal marks, English words: for programs. */
export function csvOf(table: Table): string {
  const lines = [table.columns.map((column) => column.key), ...table.rows.map((row) => row.map(csvCell))];
  return lines.map((cells) => `${cells.join(',')}\n`).join('');
}

function csvCell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return textCell(printable(isSentence(value) ? value.en : value));
}
