import { type Element, h } from '../markup/element.ts';
import { colours, type SymbolName } from './palette.ts';
import { fontSize } from './plot.ts';
import { type SignName, symbolPath } from './symbols.ts';
import { textWidth, wrapText } from './text-width.ts';

/** A sample of how something is drawn, and what it means. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly symbol?: SymbolName | SignName;
  readonly hollow?: boolean;
  readonly line?: boolean;
  readonly dash?: string | undefined;
  readonly band?: boolean;
}

const sampleWidth = 26;
const labelGap = 5;
const entryGap = 14;
const rowHeight = 17;

/** Entries side by side, in as many rows as the width asks for; a label wider than the paper goes on below itself. */
export function drawLegend(
  entries: readonly LegendEntry[],
  width: number,
): { readonly drawing: Element; readonly height: number } {
  let left = 0;
  let row = 0;
  let rowsOfEntry = 1;
  const drawn = entries.map((entry) => {
    const lines = wrapText(entry.label, width - sampleWidth - labelGap);
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
    entry.line &&
      h('path', {
        d: `M${left},${middle}h${sampleWidth}`,
        stroke: entry.colour,
        'stroke-width': 1.5,
        'stroke-dasharray': entry.dash,
      }),
    entry.symbol &&
      h('path', {
        d: symbolPath(entry.symbol),
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
