import type { Language, Sentence } from '@escala/model';
import { type Element, h } from '../markup/element.ts';
import { colours, type SymbolName, seriesStyle } from './palette.ts';
import { fontSize, textWidth, wrapText } from './plot.ts';

/** Symbols that say something of a point instead of naming its series. */
type SignName = 'times' | 'arrow' | 'tick';

/** Outlines of the symbols around the origin, of about the size that Plot gives a dot of radius 3.5. */
const symbolPaths: Record<SymbolName | SignName, string> = {
  circle: 'M3.5,0A3.5,3.5,0,1,1,-3.5,0A3.5,3.5,0,1,1,3.5,0Z',
  square: 'M-3.1,-3.1H3.1V3.1H-3.1Z',
  triangle: 'M0,-4.4L3.8,2.6H-3.8Z',
  diamond: 'M0,-4.6L3.2,0L0,4.6L-3.2,0Z',
  cross: 'M-4,-1.4H-1.4V-4H1.4V-1.4H4V1.4H1.4V4H-1.4V1.4H-4Z',
  star: 'M0,-4.8L1.2,-1.5L4.6,-1.5L1.8,0.6L2.8,3.9L0,1.9L-2.8,3.9L-1.8,0.6L-4.6,-1.5L-1.2,-1.5Z',
  times: 'M0,-1.4L2.6,-4L4,-2.6L1.4,0L4,2.6L2.6,4L0,1.4L-2.6,4L-4,2.6L-1.4,0L-4,-2.6L-2.6,-4Z',
  arrow: 'M-0.5,6V-2H-2.8L0,-6.5L2.8,-2H0.5V6Z',
  tick: 'M-1,5V-5H1V5Z',
  wye: 'M-1.4,-0.3L-4.2,-2L-2.8,-4.2L0,-2.6L2.8,-4.2L4.2,-2L1.4,-0.3V4H-1.4Z',
};

/** A sample of how something is drawn, and what it means. */
export interface LegendEntry {
  readonly label: string | Sentence;
  readonly colour: string;
  readonly symbol?: SymbolName | SignName;
  readonly hollow?: boolean;
  readonly line?: boolean;
  readonly dash?: string | undefined;
  readonly band?: boolean;
  /** Fills of an area, one over the other. */
  readonly swatch?: readonly string[];
}

/** Entries of a legend; those of what a figure does not show are false, and left out. */
export const legend = (...entries: readonly (LegendEntry | false)[]): LegendEntry[] =>
  entries.filter((entry) => entry !== false);

type Sign = SymbolName | SignName;
export const dotEntry = (label: Sentence, colour: string, symbol: Sign): LegendEntry => ({
  label,
  colour,
  symbol,
});
export const hollowEntry = (label: Sentence, colour: string, symbol: Sign): LegendEntry => ({
  label,
  colour,
  symbol,
  hollow: true,
});
export const bandEntry = (label: Sentence, colour: string): LegendEntry => ({ label, colour, band: true });
export const lineEntry = (label: Sentence, colour: string, dash?: string): LegendEntry => ({
  label,
  colour,
  line: true,
  dash,
});

/** An entry for each series, in the order of their styles. */
export const seriesEntries = (labels: readonly string[]): LegendEntry[] =>
  labels.map((label, i) => ({ label, line: true, ...seriesStyle(i) }));

/** The same where no line joins the points. */
export const dotEntries = (labels: readonly string[]): LegendEntry[] =>
  seriesEntries(labels).map(({ dash: _, line: __, ...entry }) => entry);

const sampleWidth = 26;
const labelGap = 5;
const entryGap = 14;
const rowHeight = 17;

/** Entries side by side, in as many rows as the width asks for; a label wider than the paper goes on below itself. */
export function drawLegend(
  entries: readonly LegendEntry[],
  width: number,
  language: Language,
): { readonly drawing: Element; readonly height: number } {
  let left = 0;
  let row = 0;
  let rowsOfEntry = 1;
  const drawn = entries.map((entry) => {
    const label = typeof entry.label === 'string' ? entry.label : entry.label[language];
    const lines = wrapText(label, width - sampleWidth - labelGap);
    const needed = sampleWidth + labelGap + Math.max(...lines.map((line) => textWidth(line)));
    if (left > 0 && left + needed > width) {
      left = 0;
      row += rowsOfEntry;
      rowsOfEntry = 1;
    }
    const element = drawEntry(entry, lines, left, row * rowHeight + rowHeight / 2);
    rowsOfEntry = Math.max(rowsOfEntry, lines.length);
    left += needed + entryGap;
    return element;
  });
  const height = entries.length === 0 ? 0 : (row + rowsOfEntry) * rowHeight + 6;
  return { drawing: h('g', {}, drawn), height };
}

function drawEntry(entry: LegendEntry, lines: readonly string[], left: number, middle: number): Element {
  const x = left + sampleWidth + labelGap;
  const centre = left + sampleWidth / 2;
  return h(
    'g',
    {},
    entry.band &&
      h('rect', {
        x: left,
        y: middle - 5,
        width: sampleWidth,
        height: 10,
        fill: entry.colour,
        'fill-opacity': 0.18,
      }),
    entry.swatch?.map((fill) =>
      h('rect', {
        x: left + 4,
        y: middle - 5,
        width: sampleWidth - 8,
        height: 10,
        fill,
        stroke: entry.colour,
        'stroke-width': 0.8,
      }),
    ),
    entry.line &&
      h('path', {
        d: `M${left},${middle}h${sampleWidth}`,
        stroke: entry.colour,
        'stroke-width': 1.5,
        'stroke-dasharray': entry.dash,
      }),
    entry.symbol &&
      h('path', {
        d: symbolPaths[entry.symbol],
        transform: `translate(${centre},${middle})`,
        fill: entry.hollow ? colours.paper : entry.colour,
        stroke: entry.colour,
        'stroke-width': 1.2,
      }),
    lines.map((line, i) =>
      h('text', { x, y: middle + i * rowHeight + fontSize * 0.35, 'text-anchor': 'start' }, line),
    ),
  );
}
