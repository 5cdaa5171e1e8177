import type { Language } from '@escala/model';
import { printable } from '../markup/serialize.ts';
import { cellText, isNumeric } from './cell-text.ts';
import type { Column, Table } from './table.ts';

/**
 * A tabular in the style of booktabs, in small type with the units below the names: most fit A4 upright, the laws with
 * their reasons across. Long tables use longtable, which breaks over pages.
 */
export function latexOf({ columns, rows }: Table, language: Language): string {
  const long = rows.length > rowsOnePage;
  const environment = long ? 'longtable' : 'tabular';
  const units = columns.map(({ unit }) => (unit ? `(${unit[language]})` : ''));
  return [
    `% \\usepackage{array,booktabs${long ? ',longtable' : ''}}`,
    '{\\footnotesize\\setlength{\\tabcolsep}{4pt}',
    `\\begin{${environment}}{${columns.map(alignment).join('')}}`,
    '\\toprule',
    latexRow(columns.map(({ title }) => title[language])),
    ...(units.some(Boolean) ? [latexRow(units)] : []),
    '\\midrule',
    ...(long ? ['\\endhead'] : []),
    ...rows.map((row) => latexRow(columns.map((column, i) => cellText(row[i] ?? null, column, language)))),
    '\\bottomrule',
    `\\end{${environment}}}`,
    '',
  ].join('\n');
}

/** Sentences are broken over lines; a column as wide as the longest would leave the page. */
function alignment(column: Column): string {
  if (column.text === 'sentence') return '>{\\raggedright\\arraybackslash}p{4cm}';
  return isNumeric(column) ? 'r' : 'l';
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
