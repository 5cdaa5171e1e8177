import { fill, type Language, sentences } from '@escala/model';
import { type Element, h } from '../markup/element.ts';
import { drawLegend, type LegendEntry } from './legend.ts';
import { colours } from './palette.ts';
import { fontFamily, fontSize, textWidth, wrapText } from './plot.ts';

/** What a figure is drawn on: its width in CSS pixels (96 an inch) and the language of its words. */
export interface Paper {
  readonly width: number;
  readonly language: Language;
  /** Panels shrink, stand closer, and in the end are left out, so that a figure is no taller. */
  readonly heightMax?: number;
}

/** One picture of a figure of several. */
export interface Panel {
  readonly title: string;
  readonly height: number;
  /** What it needs to be read. */
  readonly heightMin: number;
  readonly draw: (place: Place) => Element;
}

/** Where a panel stands: an axis that a row of panels shares need not be written in each. */
export interface Place extends Omit<Paper, 'heightMax'> {
  readonly height: number;
  /** Keeps ids apart where several panels stand in one document. */
  readonly idPrefix: string;
  readonly isFirstInRow: boolean;
}

/** A place where nothing stands. */
const emptyPanel = (height: number): Panel => ({ title: '', height, heightMin: 0, draw: () => h('g') });

export interface Composition {
  readonly name: string;
  readonly panels: readonly Panel[];
  readonly legend?: readonly LegendEntry[];
  /** Patterns and the like, which panels name by their ids. */
  readonly definitions?: readonly Element[];
  /** Fewer columns where a panel would get narrower than this. */
  readonly panelWidthMin: number;
  /** On paper of limited height panels may get this narrow. */
  readonly panelWidthLeast?: number;
  readonly columnsMax?: number;
}

/** Widths in CSS pixels: two columns of a journal and of the page; one column and a phone. */
export const pageWidths = { wide: 672, narrow: 336 } as const;

/** Paper narrower than this (CSS pixels) is one column of a journal, or a phone. */
export const narrowBelow = 500;

/** Height of a column of text that a figure of one column may have: less than half a page of A4. */
export const COLUMN_HEIGHT_MAX = 453;

const figureWords = sentences.report.figures;
const PANEL_WIDTH_LEAST = 150;
const panelGap = 14;
const titleHeight = 18;
const titleLineHeight = 13;
/** Width of a bold letter in shares of a plain one. */
const boldOverPlain = 1.08;

/** Panels in rows under one legend, as one SVG of the paper's width. */
export function compose(paper: Paper, composition: Composition): Element {
  const legend = drawLegend(composition.legend ?? [], paper.width, paper.language);
  const { columns, rows, scale, leftOut } = arrange(paper, composition, legend.height);
  const panelWidth = panelWidthOf(paper, columns);
  const placed: Element[] = [];
  let top = legend.height;
  rows.forEach((row, index) => {
    const titles = row.map(({ title }) => titleLines(title, panelWidth));
    const lines = Math.max(...titles.map(({ length }) => length));
    const rowTop = top + titleHeightOf(row, panelWidth);
    row.forEach((panel, column) => {
      const left = column * (panelWidth + panelGap);
      const drawing = panel.draw({
        width: panelWidth,
        height: scaled(panel, scale),
        language: paper.language,
        idPrefix: `${composition.name}-${index * columns + column + 1}`,
        isFirstInRow: column === 0,
      });
      const baseline = rowTop - 6 - (lines - 1) * titleLineHeight;
      titles[column]?.forEach((line, i) => {
        placed.push(titleLine(line, left, baseline + i * titleLineHeight, panelWidth));
      });
      placed.push(h('g', { transform: `translate(${left},${rowTop})` }, drawing.children));
    });
    top += rowHeightOf(row, panelWidth, scale);
  });
  const note = noteLines(leftOut, paper);
  note.forEach((line, i) => {
    const y = top + (i + 1) * titleLineHeight;
    placed.push(h('text', { x: 2, y, 'text-anchor': 'start', fill: colours.faint }, line));
  });
  const definitions = composition.definitions ?? [];
  return svgRoot(paper.width, Math.ceil(top + noteHeight(note)), [
    ...(definitions.length > 0 ? [h('defs', {}, definitions)] : []),
    legend.drawing,
    ...placed,
  ]);
}

interface Arranged {
  readonly columns: number;
  readonly rows: readonly (readonly Panel[])[];
  /** Of the heights of all panels, as far as they can be lower. */
  readonly scale: number;
  readonly leftOut: readonly Panel[];
}

/** As the figure asks for; where it is too tall for its paper lower, then in more columns, then with fewer rows. */
function arrange(paper: Paper, composition: Composition, above: number): Arranged {
  const { panels, panelWidthLeast = PANEL_WIDTH_LEAST, columnsMax } = composition;
  const columns = columnsFor(paper.width, composition);
  const { heightMax } = paper;
  if (heightMax === undefined) return { columns, rows: rowsOf(panels, columns), scale: 1, leftOut: [] };
  const more = Math.max(columns, Math.min(panels.length, columnsIn(paper.width, panelWidthLeast)));
  const choices: Omit<Arranged, 'scale'>[] = [columns, more].map((count) => ({
    columns: count,
    rows: rowsOf(panels, count),
    leftOut: [],
  }));
  const all = rowsOf(panels, more);
  for (let count = all.length - 1; count > 0; count -= 1) {
    // What stands below each other belongs together where a figure says how many columns it has.
    const rows = columnsMax ? choiceOf(all, count) : rowsOf(choiceOf(panels, count * more), more);
    const shown = new Set(rows.flat());
    choices.push({ columns: more, rows, leftOut: panels.filter((panel) => !shown.has(panel)) });
  }
  const least = (one: Omit<Arranged, 'scale'>) => heightOf(one, paper, 0) + above;
  const fitting = choices.find((one) => least(one) <= heightMax) ?? choices.at(-1);
  if (!fitting) throw new Error('a figure without panels');
  // Heights are rounded; a hundredth less each time ends at the first that fits.
  let scale = 1;
  while (scale > 0 && heightOf(fitting, paper, scale) + above > heightMax) scale -= 0.01;
  return { ...fitting, scale };
}

function heightOf({ rows, columns, leftOut }: Omit<Arranged, 'scale'>, paper: Paper, scale: number): number {
  const width = panelWidthOf(paper, columns);
  const tall = rows.reduce((sum, row) => sum + rowHeightOf(row, width, scale), 0);
  return Math.ceil(tall + noteHeight(noteLines(leftOut, paper)));
}

const scaled = ({ height, heightMin }: Panel, scale: number) =>
  Math.max(Math.min(height, heightMin), Math.floor(height * scale));

const titleLines = (title: string, width: number) => (title ? wrapText(title, width / boldOverPlain) : []);

function titleHeightOf(row: readonly Panel[], width: number): number {
  const lines = Math.max(...row.map(({ title }) => titleLines(title, width).length));
  return lines > 0 ? titleHeight + (lines - 1) * titleLineHeight : 0;
}

const rowHeightOf = (row: readonly Panel[], width: number, scale: number) =>
  titleHeightOf(row, width) + Math.max(...row.map((panel) => scaled(panel, scale))) + panelGap / 2;

/** Names what this paper has no room for. */
function noteLines(leftOut: readonly Panel[], { width, language }: Paper): string[] {
  const names = [...new Set(leftOut.map(({ title }) => title))].filter(Boolean).join('; ');
  return leftOut.length === 0 ? [] : wrapText(fill(figureWords.noRoom, language, { names }), width);
}

const noteHeight = ({ length }: readonly string[]) =>
  length > 0 ? length * titleLineHeight + panelGap / 2 : 0;

const rowsOf = (panels: readonly Panel[], columns: number): Panel[][] =>
  Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) =>
    panels.slice(row * columns, (row + 1) * columns),
  );

const panelWidthOf = (paper: Paper, columns: number) =>
  Math.floor((paper.width - panelGap * (columns - 1)) / columns);

const columnsIn = (width: number, panelWidth: number) =>
  Math.floor((width + panelGap) / (panelWidth + panelGap));

function columnsFor(width: number, { panels, panelWidthMin, columnsMax }: Composition): number {
  const most = Math.max(
    1,
    Math.min(panels.length, columnsMax ?? panels.length, columnsIn(width, panelWidthMin)),
  );
  // Four panels where three fit make two rows of two, not a row of three and a lonely one.
  const rows = Math.ceil(panels.length / most);
  return Math.ceil(panels.length / Math.max(rows, 1));
}

/** A word that is itself too wide is written smaller. */
function titleLine(title: string, left: number, baseline: number, width: number): Element {
  const size = Math.min(fontSize, (fontSize * width) / Math.max(textWidth(title) * boldOverPlain, 1));
  return h(
    'text',
    { x: left + 2, y: baseline, 'font-weight': 'bold', 'text-anchor': 'start', 'font-size': size.toFixed(1) },
    title,
  );
}

function svgRoot(width: number, height: number, children: readonly Element[]): Element {
  return h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      fill: colours.ink,
      'font-family': fontFamily,
      'font-size': fontSize,
      'text-anchor': 'middle',
    },
    children,
  );
}

/** Pairs of panels, one above the other, in rows of columns; on narrow paper those of a pair stand side by side. */
export function stackPairs(
  pairs: readonly (readonly [Panel, Panel])[],
  columns: number,
  paper: Paper,
): Pick<Composition, 'panels' | 'columnsMax'> {
  if (paper.width < narrowBelow) return { panels: pairs.flat(), columnsMax: 2 };
  const panels: Panel[] = [];
  for (let start = 0; start < pairs.length; start += columns) {
    const row = pairs.slice(start, start + columns);
    // Empty places at the end of a row, so that what belongs together stands below each other.
    const padding = Array.from({ length: columns - row.length }, () => emptyPanel(row[0]?.[0].height ?? 0));
    panels.push(...row.map(([above]) => above), ...padding, ...row.map(([, below]) => below), ...padding);
  }
  return { panels, columnsMax: columns };
}

/** At most `count` of these, in their order, the first and the last among them, evenly apart; the last if there is room for one. */
export function choiceOf<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  if (count === 1) return all.slice(-1);
  const picked = new Set(
    Array.from({ length: count }, (_, i) => Math.round((i * (all.length - 1)) / (count - 1))),
  );
  return all.filter((_, i) => picked.has(i));
}
