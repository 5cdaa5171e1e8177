import type { Language } from '@escala/model';
import { textWidth, wrapText } from '../drawing/plot.ts';
import { printable } from '../markup/serialize.ts';
import { type Column, cellText, headText, isNumeric, type Table, withoutNotes } from './table.ts';

/**
 * A table in the style of booktabs for A4, in small type. One that is wide is set smaller, and across the page only
 * where that is not enough; a long one breaks over pages. Its first line names the packages that it needs.
 */
export function latexOf(table: Table, language: Language): string {
  const { layout, lines } = tabularOf(table, language, 'page');
  return [
    `% \\usepackage{${packagesOf(layout).join(',')}}`,
    ...(layout.isLandscape ? ['\\begin{landscape}'] : []),
    // A table as wide as the page must not be indented as a paragraph is; longtable is none.
    `{${layout.isLong ? '' : '\\noindent'}${typeOf(layout)}`,
    ...lines.slice(0, -1),
    `${lines.at(-1)}}`,
    ...(layout.isLandscape ? ['\\end{landscape}'] : []),
    '',
  ].join('\n');
}

interface Float {
  readonly caption: string;
  readonly label: string;
}

/** A small table as a float of one column, with a caption above it and a label; one too wide is drawn smaller. */
export function latexFloatOf(table: Table, { caption, label }: Float, language: Language): string {
  const { layout, lines } = tabularOf(table, language, 'column');
  return [
    '% \\usepackage{array,booktabs,graphicx}',
    '\\begin{table}',
    '\\centering',
    `\\caption{${escapeLatex(caption)}}`,
    `\\label{${label}}`,
    `${typeOf(layout)}%`,
    '\\resizebox{\\ifdim\\width>\\columnwidth\\columnwidth\\else\\width\\fi}{!}{%',
    ...lines,
    '}',
    '\\end{table}',
    '',
  ].join('\n');
}

const typeOf = ({ type, gap }: Layout) => `\\${type}\\setlength{\\tabcolsep}{${gap / 2}pt}`;

function tabularOf(table: Table, language: Language, within: 'page' | 'column') {
  const { beside, notes } = withoutNotes(table);
  const { columns } = beside;
  const rows = textsOf(beside, language);
  const notesOfRows = textsOf(notes, language).map((texts) => texts.filter(Boolean));
  const plain = {
    heads: columns.map((column) => headText(column, language)),
    rows,
    notes: notesOfRows,
    widths: columns.map(brokenWidth),
  };
  const layout = layoutOf(plain, within);
  const environment = layout.isLong ? 'longtable' : 'tabular';
  const lines = [
    `\\begin{${environment}}{@{}${columns.map(alignment).join('')}@{}}`,
    '\\toprule',
    ...layout.headRows.map((heads) => latexRow(heads)),
    '\\midrule',
    ...(layout.isLong ? ['\\endhead'] : []),
    ...rows.flatMap((row, i) => rowWithNotes(row, notesOfRows[i] ?? [], layout)),
    '\\bottomrule',
    `\\end{${environment}}`,
  ];
  return { layout, lines };
}

function textsOf({ columns, rows }: Table, language: Language): string[][] {
  return rows.map((row) => columns.map((column, i) => cellText(row[i] ?? null, column, language)));
}

function packagesOf({ isLong, isLandscape }: Layout): string[] {
  return ['array', 'booktabs', ...(isLong ? ['longtable'] : []), ...(isLandscape ? ['pdflscape'] : [])];
}

/** Columns of words are broken over lines: as wide as their longest text they would leave the page. */
function brokenWidth({ text }: Column): number | null {
  if (text === 'sentence') return 114;
  return text === 'name' ? 50 : null;
}

function alignment(column: Column): string {
  const width = brokenWidth(column);
  if (width !== null) return `>{\\raggedright\\arraybackslash}p{${width}pt}`;
  return isNumeric(column) ? 'r' : 'l';
}

/** A row and what is noted below it, which stay on one page. */
function rowWithNotes(row: readonly string[], notes: readonly string[], { width }: Layout): string[] {
  if (notes.length === 0) return [latexRow(row)];
  const across = `\\multicolumn{${row.length}}{@{}p{${Math.round(width)}pt}@{}}`;
  return [
    latexRow(row, '\\\\*'),
    ...notes.map((note) => `${across}{\\raggedright ${escapeLatex(note)}} \\\\`),
    '\\addlinespace',
  ];
}

function latexRow(cells: readonly string[], end = '\\\\'): string {
  const row = cells.map(escapeLatex).join(' & ');
  // After a row's end LaTeX takes "[" or "*" for an argument of it.
  return `${/^[[*]/.test(row) ? '{}' : ''}${row} ${end}`;
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
  '✕': '$\\times$',
  '≤': '$\\leq$',
  '≥': '$\\geq$',
  '’': "'",
  '\u00a0': '~',
};

function escapeLatex(text: string): string {
  return printable(text)
    .replace(/[\r\n]+/g, ' ')
    .replace(
      /[\\~^–−∞µαβγΔκλσ×✕≤≥’\u00a0]|[&%$#_{}]/g,
      (character) => latexSpecials[character] ?? `\\${character}`,
    );
}

/** A table as text, before LaTeX: its rows, and the notes that stand below each of them. */
interface PlainTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly (readonly string[])[];
  /** Of columns whose text is broken over lines, in points; null where a column is as wide as its widest text. */
  readonly widths: readonly (number | null)[];
}

/** How a table is set: lengths in points, of a document in ten points. */
interface Layout {
  readonly type: 'footnotesize' | 'scriptsize';
  /** Between two columns. */
  readonly gap: number;
  readonly isLandscape: boolean;
  /** Of the whole table; estimated, and rather too wide than too narrow. */
  readonly width: number;
  /** The heads in lines, as rows of the table: the last one stands upon the rule. */
  readonly headRows: readonly (readonly string[])[];
  /** It must break over pages. */
  readonly isLong: boolean;
}

/** `points` is the size at which DejaVu Sans Condensed, whose widths are known, is as wide as Computer Modern is here. */
const types = [
  { type: 'footnotesize', points: 7.7 },
  { type: 'scriptsize', points: 7.2 },
] as const;
/** A4 with margins of 25 mm, and the lines that it takes with the larger ones of LaTeX's article. */
const pages = [
  { isLandscape: false, pageWidth: 455, pageLines: 45, gap: 6 },
  { isLandscape: true, pageWidth: 700, pageLines: 30, gap: 6 },
] as const;
/** A column of a journal is 89 mm wide; a table in it never breaks. */
const journalColumn = { isLandscape: false, pageWidth: 253, pageLines: Number.POSITIVE_INFINITY, gap: 4 };
type Setting = (typeof types)[number] & ((typeof pages)[number] | typeof journalColumn);

/** From the most comfortable to the last resort. */
const settings = {
  page: pages.flatMap((page) => types.map((type) => ({ ...page, ...type }))),
  column: types.map((type) => ({ ...journalColumn, ...type })),
} as const satisfies Record<string, readonly Setting[]>;

/** The most comfortable layout in which the table fits its page, or one column of it, else the last. */
function layoutOf(table: PlainTable, within: keyof typeof settings = 'page'): Layout {
  const layouts = settings[within].map((setting) => ({ ...layoutIn(table, setting), setting }));
  const fitting = layouts.find(({ width, setting }) => width <= setting.pageWidth) ?? layouts.at(-1);
  if (!fitting) throw new Error('there is no setting');
  return fitting;
}

function layoutIn(table: PlainTable, { type, points, isLandscape, pageLines, gap }: Setting): Layout {
  const widths = table.heads.map((head, i) => {
    const unbroken = [...head.split(' '), ...table.rows.map((row) => row[i] ?? '')];
    return table.widths[i] ?? Math.max(...unbroken.map((text) => textWidth(text, points)));
  });
  const width = widths.reduce((sum, one) => sum + one + gap, -gap);
  const headLines = table.heads.map((head, i) => wrapText(head, widths[i] ?? 0, points));
  const headHeight = heightOf(headLines);
  const lines = table.rows.map((row, i) => {
    const broken = row.map((text, column) => wrapText(text, widths[column] ?? 0, points));
    const notes = (table.notes[i] ?? []).flatMap((note) => wrapText(note, width, points));
    return heightOf(broken) + notes.length;
  });
  return {
    type,
    gap,
    isLandscape,
    width,
    headRows: Array.from({ length: headHeight }, (_, line) =>
      headLines.map((of) => of[line + of.length - headHeight] ?? ''),
    ),
    isLong: headHeight + lines.reduce((sum, one) => sum + one, 0) > pageLines,
  };
}

function heightOf(cells: readonly (readonly string[])[]): number {
  return Math.max(...cells.map((lines) => lines.length));
}
