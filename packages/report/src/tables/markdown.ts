import type { Language } from '@escala/model';
import { printable } from '../markup/serialize.ts';
import { cellText, headText, isNumeric, type Table } from './table.ts';

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
