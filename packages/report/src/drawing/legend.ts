import { type Element, h } from '../markup/element.ts';
import { colours, type SymbolName } from './palette.ts';
import { fontSize } from './plot.ts';
import { type SignName, symbolPath } from './symbols.ts';
import { textWidth } from './text-width.ts';

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
const entryGap = 14;
const rowHeight = 17;

/** Entries side by side, in as many rows as the width asks for. */
export function drawLegend(
  entries: readonly LegendEntry[],
  width: number,
): { readonly drawing: Element; readonly height: number } {
  let left = 0;
  let row = 0;
  const drawn = entries.map((entry) => {
    const needed = sampleWidth + 5 + textWidth(entry.label);
    if (left > 0 && left + needed > width) {
      left = 0;
      row += 1;
    }
    const element = drawEntry(entry, left, row * rowHeight + rowHeight / 2);
    left += needed + entryGap;
    return element;
  });
  return { drawing: h('g', {}, drawn), height: entries.length === 0 ? 0 : (row + 1) * rowHeight + 6 };
}

function drawEntry(entry: LegendEntry, left: number, middle: number): Element {
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
    h(
      'text',
      { x: left + sampleWidth + 5, y: middle + fontSize * 0.35, 'text-anchor': 'start' },
      entry.label,
    ),
  );
}
