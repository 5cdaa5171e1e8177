import type { Language } from '@escala/model';
import { type Child, type Element, h } from '../markup/element.ts';
import { cellText, headText, isNumeric } from './cell-text.ts';
import type { Column, Table, Value } from './table.ts';

/** A table for the page; it scrolls by itself where the window is narrow. `caption` says what it is. */
export function htmlTable(table: Table, caption: string, language: Language): Element {
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          table.columns.map((column) =>
            h('th', { scope: 'col', class: isNumeric(column) && 'n' }, headText(column, language)),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        table.rows.map((row) =>
          h(
            'tr',
            {},
            table.columns.map((column, i) => htmlCell(row[i] ?? null, column, language)),
          ),
        ),
      ),
    ),
  );
}

function htmlCell(value: Value, column: Column, language: Language): Element {
  const text: Child = cellText(value, column, language);
  const verdict = typeof value === 'string' && /^(VALID|SUSPECT|INVALID)$/.test(value) && value.toLowerCase();
  return h('td', { class: isNumeric(column) ? 'n' : verdict && `verdict ${verdict}` }, text);
}
