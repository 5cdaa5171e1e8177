import { textWidth, wrapText } from '../drawing/text-width.ts';

/** A table as text, before LaTeX: its rows, and the notes that stand below each of them. */
interface PlainTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly (readonly string[])[];
  /** Of columns whose text is broken over lines, in points; null where a column is as wide as its widest text. */
  readonly widths: readonly (number | null)[];
}

/** How a table is set: lengths in points, of a document in ten points. */
export interface Layout {
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
export function layoutOf(table: PlainTable, within: keyof typeof settings = 'page'): Layout {
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
