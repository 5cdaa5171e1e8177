import type { Language } from '@escala/model';
import { printable } from '../markup/serialize.ts';
import { cellText, headText, isNumeric } from './cell-text.ts';
import type { Table } from './table.ts';

/** A tabular in the style of booktabs. Long tables use longtable, which breaks over pages. */
export function latexOf(table: Table, language: Language): string {
  const long = table.rows.length > rowsOnePage;
  const environment = long ? 'longtable' : 'tabular';
  const spec = table.columns.map((column) => (isNumeric(column) ? 'r' : 'l')).join('');
  const head = latexRow(table.columns.map((column) => headText(column, language)));
  const rows = table.rows.map((row) =>
    latexRow(table.columns.map((column, i) => cellText(row[i] ?? null, column, language))),
  );
  return [
    `% \\usepackage{booktabs${long ? ',longtable' : ''}}`,
    `\\begin{${environment}}{${spec}}`,
    '\\toprule',
    head,
    '\\midrule',
    ...(long ? ['\\endhead'] : []),
    ...rows,
    '\\bottomrule',
    `\\end{${environment}}`,
    '',
  ].join('\n');
}

/** Rows that a page of A4 takes at ten points. */
const rowsOnePage = 45;

function latexRow(cells: readonly string[]): string {
  const row = cells.map(escapeLatex).join(' & ');
  // After a row's end LaTeX takes "[" or "*" for an argument of it.
  return `${/^[[*]/.test(row) ? '{}' : ''}${row} \\\\`;
}

const latexSpecials: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '–': '--',
  '−': '$-$',
  '∞': '$\\infty$',
  µ: '\\textmu{}',
  α: '$\\alpha$',
  β: '$\\beta$',
  γ: '$\\gamma$',
  Δ: '$\\Delta$',
  κ: '$\\kappa$',
  λ: '$\\lambda$',
  σ: '$\\sigma$',
  '×': '$\\times$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '’': "'",
  '\u00a0': '~',
};

function escapeLatex(text: string): string {
  return printable(text)
    .replace(/[\r\n]+/g, ' ')
    .replace(
      /[\\~^–−∞µαβγΔκλσ×≤≥’\u00a0]|[&%$#_{}]/g,
      (character) => latexSpecials[character] ?? `\\${character}`,
    );
}
