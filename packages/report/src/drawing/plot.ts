import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Element, h, type Markup } from '../markup/element.ts';
import { colours } from './palette.ts';

/** Points of a font of 11 CSS pixels print at 8.25 points, the least that journals accept. */
export const fontSize = 11;
export const fontFamily = "'DejaVu Sans Condensed', 'Helvetica Neue', Arial, sans-serif";

/** CSS pixels keep two decimals: a hundredth of a pixel is not seen, and the bytes stay the same everywhere. */
const coordinateDecimals = 2;

/**
 * No figure is near this large. An interval of few rounds can end a million times beyond its axis; it is clipped
 * there, but resvg reads beyond its memory while it clips, and takes the process with it.
 */
const coordinateMax = 10_000;
const coordinateNames = new Set(['d', 'points', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy']);

/** What this package uses of the elements that linkedom makes. */
interface DomNode {
  readonly nodeType: number;
  readonly tagName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
}
const elementNode = 1;
const textNode = 3;

/**
 * Draws with Observable Plot and returns the picture as data: attributes in alphabetic order, coordinates rounded,
 * generated ids replaced by `<idPrefix>-<n>`, so that the same input gives the same bytes.
 */
export function drawPlot(options: Plot.PlotOptions, idPrefix: string): Element {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({
    style: { fontSize: `${fontSize}px` },
    className: 'plot',
    ...options,
    // Plot asks for the browser's document and uses of it what linkedom has.
    document: document as never,
  }) as unknown as DomNode;
  const converted = toMarkup(drawn, { prefix: idPrefix, ids: new Map() });
  if (converted === null || typeof converted === 'string') throw new Error('Plot drew nothing');
  return converted;
}

interface Ids {
  readonly prefix: string;
  readonly ids: Map<string, string>;
}

/** Attributes that serve Plot's own page and nobody here: the figure has a title and a table for screen readers. */
const dropped = new Set(['aria-label', 'aria-hidden', 'class', 'style', 'font-family', 'xmlns']);

function toMarkup(node: DomNode, ids: Ids): Markup | null {
  if (node.nodeType === textNode) return node.textContent ?? '';
  if (node.nodeType !== elementNode || node.tagName.toLowerCase() === 'style') return null;
  const attributes = [...node.attributes]
    .filter(({ name }) => !dropped.has(name))
    .map(({ name, value }) => [name, stableValue(name, value, ids)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const children = [...node.childNodes].map((child) => toMarkup(child, ids));
  return h(svgName(node.tagName), Object.fromEntries(attributes), children);
}

/** linkedom writes names of SVG elements as they were created, except where HTML's capitals slip in. */
function svgName(tagName: string): string {
  return tagName === tagName.toUpperCase() ? tagName.toLowerCase() : tagName;
}

function stableValue(name: string, value: string, ids: Ids): string {
  if (name === 'id') return stableId(value, ids);
  const reference = /^url\(#(.+)\)$/.exec(value);
  if (reference?.[1]) return `url(#${stableId(reference[1], ids)})`;
  if (value === 'currentColor') return colours.ink;
  const rounded = roundNumbers(value);
  return coordinateNames.has(name) ? boundNumbers(rounded) : rounded;
}

function stableId(id: string, { prefix, ids }: Ids): string {
  // The figure's own definitions, hatching for one, keep the names that the figure gave them.
  if (!id.startsWith('plot-')) return id;
  let stable = ids.get(id);
  if (!stable) {
    stable = `${prefix}-${ids.size + 1}`;
    ids.set(id, stable);
  }
  return stable;
}

/** Every decimal number in an attribute with two decimals at most. */
function roundNumbers(value: string): string {
  return value.replace(/-?\d+\.\d+(?:e[-+]?\d+)?/g, (digits) =>
    String(Number(Number(digits).toFixed(coordinateDecimals)) + 0),
  );
}

/** Every number in an attribute of coordinates within ± `coordinateMax`. */
export function boundNumbers(value: string): string {
  return value.replace(/-?\d{5,}(?:\.\d+)?(?:e[-+]?\d+)?|-?\d+(?:\.\d+)?e[-+]?\d+/g, (digits) =>
    String(Math.max(-coordinateMax, Math.min(coordinateMax, Number(digits)))),
  );
}

/**
 * Widths of DejaVu Sans Condensed in shares of the font size, by kind of character: enough to know whether a label
 * fits; nothing is placed by it to the pixel.
 */
const kinds: readonly (readonly [RegExp, number])[] = [
  [/[iljIt.,:;'|!()[\]/ ]/, 0.33],
  [/[mwMW%@]/, 0.84],
  [/[A-Z]/, 0.62],
];
const otherwise = 0.55;

/** Width of `text` in CSS pixels at `size`. */
export function textWidth(text: string, size = fontSize): number {
  let width = 0;
  for (const character of text) width += kinds.find(([pattern]) => pattern.test(character))?.[1] ?? otherwise;
  return width * size;
}

/** `text` in lines no wider than `width` pixels, broken at spaces; a longer word stays whole. */
export function wrapText(text: string, width: number, size = fontSize): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width)
      lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}
