import { svg } from './element.js';
import { timeTicks } from './scales.js';
import { timeText } from './words.js';

const HEIGHT = 240;
const WIDTH_MIN = 280;
const MARGIN = { top: 26, right: 40, bottom: 36, left: 56 };
/** A span narrower than this would not be seen. */
const STROKE_PX_MIN = 2;
/** Width of a character of the labels, about. */
const CHARACTER_PX = 6.6;

/** Pixels of the usual type size that a picture has room for: in larger type it is drawn for fewer, and grows with the type. @param {Element} place */
export function widthOf(place) {
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  return Math.max(WIDTH_MIN, place.clientWidth / scale);
}

/**
 * Axes, and what turns values into places. `x` and `y` map a value to 0 (left, bottom) … 1 (right, top).
 *
 * @typedef {{ value: number, text: string }} Tick
 * @param {{ width: number, height: number, x: (value: number) => number, y: (value: number) => number, xTicks: Tick[],
 *   yTicks: Tick[], xLabel: string, title: string }} axes
 */
export function frame({ width, height, x, y, xTicks, yTicks, xLabel, title }) {
  const { top, right, bottom, left } = MARGIN;
  const inner = { top, left, width: width - left - right, height: height - top - bottom };
  const px = (/** @type {number} */ value) => left + inner.width * x(value);
  const py = (/** @type {number} */ value) => top + inner.height * (1 - y(value));
  const text = (/** @type {string} */ words, /** @type {Record<string, string | number>} */ place) =>
    svg('text', { class: 'tick', ...place }, [words]);
  const axes = [
    ...yTicks.flatMap(({ value, text: words }) => [
      svg('line', { class: 'grid', x1: left, x2: width - right, y1: py(value), y2: py(value) }),
      text(words, { x: left - 6, y: py(value) + 4, 'text-anchor': 'end' }),
    ]),
    ...xTicks.map(({ value, text: words }) =>
      text(words, { x: px(value), y: height - bottom + 16, 'text-anchor': 'middle' }),
    ),
    text(xLabel, { x: left + inner.width / 2, y: height - 4, 'text-anchor': 'middle' }),
  ];
  const nodes = (/** @type {Node[]} */ drawn, /** @type {Node[]} */ behind = []) =>
    svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title }, [
      ...behind,
      ...axes,
      ...drawn,
    ]);
  return { inner, px, py, nodes };
}

/**
 * Values of measured spans over the study's time: a level stroke a span, joined inside a trial. Bands behind them say
 * what ran: the more replicas, the stronger their shade.
 *
 * @typedef {{ from: number, to: number, trial: number, y: number | null }} Stroke
 * @typedef {{ from: number, to: number, names: string[], share: number }} Band  the longest name first
 * @param {{ width: number, endS: number, ticks: number[], y: (value: number) => number, yText: (value: number) => string,
 *   series: { name: string, label: string, mark: number, strokes: Stroke[] }[], marks: number[], bands: Band[],
 *   xLabel: string, title: string }} chart `marks` are seconds at which requests failed
 */
export function spanChart({ width, endS, ticks, y, yText, series, marks, bands, xLabel, title }) {
  const plotPx = width - (MARGIN.left + MARGIN.right);
  const { inner, px, py, nodes } = frame({
    width,
    height: HEIGHT,
    x: (/** @type {number} */ s) => s / Math.max(endS, 1),
    y,
    xTicks: timeTicks(endS, Math.max(2, Math.floor(plotPx / 90))).map((value) => ({
      value,
      text: timeText(value),
    })),
    yTicks: ticks.map((value) => ({ value, text: yText(value) })),
    xLabel,
    title,
  });
  const drawn = [
    ...series.map(({ name, strokes }) => svg('path', { class: `line ${name}`, d: pathOf(strokes, px, py) })),
    ...series.map(({ name, mark, strokes }) =>
      svg('path', { class: `mark ${name}`, d: pointsOf(mark, strokes, px, py) }),
    ),
    ...lastLabels(series, py).map(({ name, label, at }) =>
      svg('text', { class: `tick name ${name}`, x: inner.left + inner.width + 5, y: at + 4 }, [label]),
    ),
    ...marks.map((s) =>
      svg('text', { class: 'failed', x: px(s), y: inner.top + 10, 'text-anchor': 'middle' }, ['×']),
    ),
  ];
  return nodes(drawn, bandNodes(bands, { inner, px }));
}

/**
 * Bands, with the longest of their names that has room above most of them.
 * @param {Band[]} bands @param {{ inner: any, px: (s: number) => number }} place
 */
function bandNodes(bands, { inner, px }) {
  const placed = bands.map(({ from, to, ...band }) => ({ ...band, x: px(from), width: px(to) - px(from) }));
  const hasRoom = (/** @type {{ width: number }} */ { width }, /** @type {string} */ name) =>
    name.length * CHARACTER_PX < width;
  const length = [0, 1, 2].find(
    (i) => placed.filter((band) => hasRoom(band, band.names[i] ?? '')).length > 0.75 * placed.length,
  );
  return placed.flatMap((band) => {
    const { names, x, width, share } = band;
    const about = { class: 'band', x, y: inner.top, width: Math.max(1, width), height: inner.height };
    const node = svg('rect', { ...about, 'fill-opacity': 0.05 + 0.2 * share });
    node.append(svg('title', {}, [names[0] ?? '']));
    const name = names[length ?? 2] ?? '';
    const at = { x: x + width / 2, y: inner.top - 8, 'text-anchor': 'middle' };
    return hasRoom(band, name) ? [node, svg('text', { class: 'tick', ...at }, [name])] : [node];
  });
}

/** @param {Stroke[]} strokes @param {(s: number) => number} px @param {(value: number) => number} py */
function pathOf(strokes, px, py) {
  let path = '';
  let before = -1;
  for (const { from, to, trial, y } of strokes) {
    if (y === null) before = -1;
    else {
      const [x0, x1, at] = [px(from), Math.max(px(to), px(from) + STROKE_PX_MIN), py(y).toFixed(1)];
      path += `${trial === before ? 'L' : 'M'}${x0.toFixed(1)} ${at}H${x1.toFixed(1)}`;
      before = trial;
    }
  }
  return path;
}

/** Shapes of marks, so that colour is not needed: circle, square, triangle, diamond, cross, ring of four, hourglass. */
const shapes = [
  'm-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z',
  'm-2.7 -2.7h5.4v5.4h-5.4z',
  'm0 -3.8l3.7 6.4h-7.4z',
  'm0 -4l3.6 4l-3.6 4l-3.6 -4z',
  'm-1.2 -4h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8v-2.4h2.8z',
  'm0 3.8l3.7 -6.4h-7.4z',
  'm-3.5 -3.5h7l-7 7h7z',
];

/** Colour and shape of series number `index`, from 0: no two are alike up to the square of the shapes. @param {number} index */
export function markOf(index) {
  const turn = Math.floor(index / shapes.length);
  return { name: `s${index % shapes.length}`, shape: shapes[(index + turn) % shapes.length] ?? '' };
}

/** @param {number} index @param {number[][]} places */
export function pathOfMarks(index, places) {
  const { shape } = markOf(index);
  return places.map(([x = 0, y = 0]) => `M${x.toFixed(1)} ${y.toFixed(1)}${shape}`).join('');
}

/** In the middle of each stroke; more of them than this would hide the line. */
const POINTS_MAX = 300;

/** @param {number} mark @param {Stroke[]} strokes @param {(s: number) => number} px @param {(value: number) => number} py */
function pointsOf(mark, strokes, px, py) {
  const drawn = strokes.filter(({ y }) => y !== null);
  if (drawn.length > POINTS_MAX) return '';
  return pathOfMarks(
    mark,
    drawn.map(({ from, to, y }) => [px((from + to) / 2), py(y ?? 0)]),
  );
}

/** Names beside the last value of each series, moved apart where they would lie on each other. @param {{ name: string, label: string, strokes: Stroke[] }[]} series @param {(value: number) => number} py */
function lastLabels(series, py) {
  const labels = series.flatMap(({ name, label, strokes }) => {
    const last = strokes.findLast(({ y }) => y !== null)?.y;
    return label === '' || last === null || last === undefined ? [] : [{ name, label, at: py(last) }];
  });
  return apart(labels, HEIGHT - MARGIN.bottom);
}

/** Moves labels where they would lie on each other: down, and up again from the `bottom`. @template {{ at: number }} L @param {L[]} labels @param {number} bottom */
export function apart(labels, bottom) {
  labels.sort((a, b) => a.at - b.at);
  for (const [i, label] of labels.entries()) label.at = Math.max(label.at, (labels[i - 1]?.at ?? -99) + 14);
  let below = bottom + 14;
  for (const label of labels.toReversed()) below = label.at = Math.min(label.at, below - 14);
  return labels;
}
