import type { Language } from '@escala/model';
import { type Child, type Element, h } from '../markup/element.ts';
import { type Column, cellText, headText, isNumeric, type Table, type Value, withoutNotes } from './table.ts';

/** Tables longer than this scroll inside the page, so that what follows them is not far away. */
const rowsWhole = 20;

/**
 * A table for the page; it scrolls by itself where the window is narrow. `caption` says what it is, and names it to
 * screen readers by its id, made of `name`: a label in words would make the two languages two tables.
 */
export function htmlTable(table: Table, name: string, caption: string, language: Language): Element {
  const id = `caption-${name}`;
  const { beside, notes } = withoutNotes(table);
  const isLong = table.rows.length > rowsWhole;
  return h(
    'div',
    { class: isLong ? 'scroll long' : 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': id },
    h(
      'table',
      {},
      h('caption', { id }, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          beside.columns.map((column) =>
            h('th', { scope: 'col', class: isNumeric(column) && 'n' }, headText(column, language)),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        beside.rows.flatMap((row, i) => [
          h(
            'tr',
            {},
            beside.columns.map((column, j) => htmlCell(row[j] ?? null, column, language)),
          ),
          ...notes.columns.map((column, j) => noteRow(notes.rows[i]?.[j] ?? null, column, beside, language)),
        ]),
      ),
    ),
  );
}

function htmlCell(value: Value, column: Column, language: Language): Element {
  const text: Child = cellText(value, column, language);
  const verdict = typeof value === 'string' && /^(VALID|SUSPECT|INVALID)$/.test(value) && value.toLowerCase();
  const kind = isNumeric(column) ? (value === 0 ? 'n zero' : 'n') : column.text;
  return h('td', { class: verdict ? `verdict ${verdict}` : kind }, text);
}

/** In a paragraph, which stays in the window where the table is wider than it. */
function noteRow(value: Value, column: Column, { columns }: Table, language: Language): Element {
  const note = h('p', {}, cellText(value, column, language));
  return h('tr', { class: 'note' }, h('td', { colspan: String(columns.length) }, note));
}
