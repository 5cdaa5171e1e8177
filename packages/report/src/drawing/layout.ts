import type { Language } from '@escala/model';
import { type Element, h } from '../markup/element.ts';
import { drawLegend, type LegendEntry } from './legend.ts';
import { colours } from './palette.ts';
import { fontFamily, fontSize } from './plot.ts';
import { textWidth, wrapText } from './text-width.ts';

/** What a figure is drawn on: its width in CSS pixels (96 an inch) and the language of its words. */
export interface Paper {
  readonly width: number;
  readonly language: Language;
}

/** One picture of a figure of several. */
export interface Panel {
  readonly title: string;
  readonly height: number;
  readonly draw: (place: Place) => Element;
}

/** Where a panel stands: an axis that a row of panels shares need not be written in each. */
export interface Place extends Paper {
  /** Keeps ids apart where several panels stand in one document. */
  readonly idPrefix: string;
  readonly isFirstInRow: boolean;
}

/** A place where nothing stands. */
const emptyPanel = (height: number): Panel => ({ title: '', height, draw: () => h('g') });

export interface Composition {
  readonly name: string;
  readonly panels: readonly Panel[];
  readonly legend?: readonly LegendEntry[];
  /** Patterns and the like, which panels name by their ids. */
  readonly definitions?: readonly Element[];
  /** Fewer columns where a panel would get narrower than this. */
  readonly panelWidthMin: number;
  readonly columnsMax?: number;
}

/** Widths in CSS pixels: two columns of a journal and of the page; one column and a phone. */
export const pageWidths = { wide: 672, narrow: 336 } as const;

/** Paper narrower than this (CSS pixels) is one column of a journal, or a phone. */
export const narrowBelow = 500;

const panelGap = 14;
const titleHeight = 18;
const titleLineHeight = 13;
/** Width of a bold letter in shares of a plain one. */
const boldOverPlain = 1.08;

/** Panels in rows under one legend, as one SVG of the paper's width. */
export function compose(paper: Paper, composition: Composition): Element {
  const { panels, name } = composition;
  const columns = columnsFor(paper.width, composition);
  const panelWidth = Math.floor((paper.width - panelGap * (columns - 1)) / columns);
  const legend = drawLegend(composition.legend ?? [], paper.width, paper.language);

  const placed: Element[] = [];
  let top = legend.height;
  for (let start = 0; start < panels.length; start += columns) {
    const row = panels.slice(start, start + columns);
    const titles = row.map(({ title }) => (title ? wrapText(title, panelWidth / boldOverPlain) : []));
    const lines = Math.max(...titles.map(({ length }) => length));
    const rowTop = top + (lines > 0 ? titleHeight + (lines - 1) * titleLineHeight : 0);
    row.forEach((panel, column) => {
      const left = column * (panelWidth + panelGap);
      const drawing = panel.draw({
        width: panelWidth,
        language: paper.language,
        idPrefix: `${name}-${start + column + 1}`,
        isFirstInRow: column === 0,
      });
      const baseline = rowTop - 6 - (lines - 1) * titleLineHeight;
      titles[column]?.forEach((line, i) => {
        placed.push(titleLine(line, left, baseline + i * titleLineHeight, panelWidth));
      });
      placed.push(h('g', { transform: `translate(${left},${rowTop})` }, drawing.children));
    });
    top = rowTop + Math.max(...row.map((panel) => panel.height)) + panelGap / 2;
  }
  const definitions = composition.definitions ?? [];
  return svgRoot(paper.width, Math.ceil(top), [
    ...(definitions.length > 0 ? [h('defs', {}, definitions)] : []),
    legend.drawing,
    ...placed,
  ]);
}

function columnsFor(width: number, { panels, panelWidthMin, columnsMax }: Composition): number {
  const fit = Math.floor((width + panelGap) / (panelWidthMin + panelGap));
  const most = Math.max(1, Math.min(panels.length, columnsMax ?? panels.length, fit));
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
