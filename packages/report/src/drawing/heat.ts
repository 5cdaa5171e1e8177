import * as Plot from '@observablehq/plot';
import { type Element, h } from '../markup/element.ts';
import { colours } from './palette.ts';

/**
 * Colours of a matrix from the lowest to the highest value, on a logarithmic scale: cividis, which is perceptually even
 * and the same to people with any colour vision; dark is much, as in print.
 */
export function heatColour([low, high]: readonly [number, number]): (value: number) => string {
  // With one value there is no scale; it gets the middle.
  const domain = low < high ? [low, high] : [low / 2, low * 2];
  const scale = Plot.scale({ color: { type: 'log', domain, scheme: 'cividis', reverse: true } });
  return (value) => scale.apply(value);
}

/** Luminance at which black and white text stand out equally (WCAG 2, 1.4.3): either has at least 4.5 : 1 there. */
const luminanceMiddle = 0.179;

/** Dark or light text for a background `rgb(r, g, b)`. Neither follows the page into dark mode, as the cell does not. */
function inkOn(background: string): string {
  const [red = 0, green = 0, blue = 0] = (background.match(/[\d.]+/g) ?? []).map((part) => {
    const channel = Number(part) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > luminanceMiddle ? '#1a1a19' : '#fffffe';
}

const idOf = (name: string) => `${name}-hatch`;

/** Fill of a mark that is hatched; the figure `name` holds the definition. */
export function hatchFill(name: string): string {
  return `url(#${idOf(name)})`;
}

/** Slanted white lines with dark ones beside them, so that they are seen on any colour. */
export function hatch(name: string): Element {
  const size = 7;
  const slant = `M-1,1l2,-2M0,${size}l${size},-${size}M${size - 1},${size + 1}l2,-2`;
  return h(
    'pattern',
    { id: idOf(name), width: size, height: size, patternUnits: 'userSpaceOnUse' },
    h('path', { d: slant, stroke: '#fffffe', 'stroke-width': 1.6, 'stroke-opacity': 0.55 }),
    h('path', { d: slant, stroke: '#1a1a19', 'stroke-width': 0.6, 'stroke-opacity': 0.55 }),
  );
}

/** What stands in each cell of a matrix. */
interface Heat<Cell> {
  /** Of the figure, which holds the definition of the hatching. */
  readonly name: string;
  readonly x: (cell: Cell) => number;
  readonly y: (cell: Cell) => number;
  readonly value: (cell: Cell) => number | null;
  readonly text: (cell: Cell) => string;
  readonly colourOf: (value: number) => string;
  readonly fontSize: number;
  readonly mark: (cell: Cell) => 'hatched' | 'framed' | null;
}

export function heatMarks<Cell>(cells: readonly Cell[], heat: Heat<Cell>): Plot.Markish[] {
  const { name, x, y, value, text, colourOf, fontSize, mark } = heat;
  const at = { x, y };
  const hatched = cells.filter((cell) => mark(cell) === 'hatched');
  const framed = cells.filter((cell) => mark(cell) === 'framed');
  const fillOf = (cell: Cell) => {
    const shown = value(cell);
    return shown === null ? colours.tint : colourOf(shown);
  };
  const inkOf = (cell: Cell) => (value(cell) === null ? colours.ink : inkOn(fillOf(cell)));
  return [
    Plot.cell(cells, { ...at, fill: fillOf }),
    Plot.cell(hatched, { ...at, fill: hatchFill(name) }),
    Plot.cell(framed, { ...at, inset: 1.25, stroke: colours.vermilion, strokeWidth: 1.5, fill: 'none' }),
    // The cell's own colour keeps hatching off the digits. One text with an outline would do for browsers, but in a
    // PDF the outline is painted over the digits.
    Plot.text(hatched, { ...at, text, fontSize, fill: fillOf, stroke: fillOf, strokeWidth: 3 }),
    Plot.text(cells, { ...at, text, fontSize, fill: inkOf }),
  ];
}
