import { svg } from './element.js';
import { timeTicks } from './scales.js';
import { timeText } from './words.js';

const HEIGHT = 240;
const MARGIN = { top: 12, right: 44, bottom: 36, left: 56 };
/** A span narrower than this would not be seen. */
const STROKE_PX_MIN = 2;

/**
 * Values of measured spans over the study's time: a level stroke a span, joined inside a trial.
 *
 * @typedef {{ from: number, to: number, trial: number, y: number | null }} Stroke
 * @param {{ width: number, endS: number, ticks: number[], y: (value: number) => number, yText: (value: number) => string,
 *   series: { name: string, label: string, strokes: Stroke[] }[], marks: number[], xLabel: string, title: string }} chart
 *   `y` maps a value to 0 (bottom) … 1 (top); `marks` are seconds at which requests failed
 */
export function spanChart({ width, endS, ticks, y, yText, series, marks, xLabel, title }) {
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const px = (/** @type {number} */ s) => MARGIN.left + (inner.width * s) / Math.max(endS, 1);
  const py = (/** @type {number} */ value) => MARGIN.top + inner.height * (1 - y(value));
  const labelled = spread(series, py);
  return svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': title }, [
    ...ticks.flatMap((tick) => [
      svg('line', { class: 'grid', x1: MARGIN.left, x2: width - MARGIN.right, y1: py(tick), y2: py(tick) }),
      svg('text', { class: 'tick', x: MARGIN.left - 6, y: py(tick) + 4, 'text-anchor': 'end' }, [
        yText(tick),
      ]),
    ]),
    ...timeTicks(endS, Math.max(2, Math.floor(inner.width / 90))).map((tick) =>
      svg('text', { class: 'tick', x: px(tick), y: HEIGHT - MARGIN.bottom + 16, 'text-anchor': 'middle' }, [
        timeText(tick),
      ]),
    ),
    svg('text', { class: 'tick', x: MARGIN.left + inner.width / 2, y: HEIGHT - 4, 'text-anchor': 'middle' }, [
      xLabel,
    ]),
    ...series.map(({ name, strokes }) => svg('path', { class: `line ${name}`, d: pathOf(strokes, px, py) })),
    ...series.map(({ name, strokes }) =>
      svg('path', { class: `points ${name}`, d: pointsOf(name, strokes, px, py) }),
    ),
    ...labelled.map(({ name, label, at }) =>
      svg('text', { class: `tick name ${name}`, x: width - MARGIN.right + 5, y: at + 4 }, [label]),
    ),
    ...marks.map((s) =>
      svg('text', { class: 'failed', x: px(s), y: MARGIN.top + 10, 'text-anchor': 'middle' }, ['×']),
    ),
  ]);
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

/** Each series has a shape, so that colour is not needed: ● p50, ■ p95, ▲ p99. @type {Record<string, string>} */
const pointShapes = {
  throughput: 'm-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z',
  p50: 'm-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z',
  p95: 'm-2.5 -2.5h5v5h-5z',
  p99: 'm0 -3.5l3.5 6h-7z',
};

/** In the middle of each stroke; more of them than this would hide the line. */
const POINTS_MAX = 300;

/** @param {string} name @param {Stroke[]} strokes @param {(s: number) => number} px @param {(value: number) => number} py */
function pointsOf(name, strokes, px, py) {
  const shape = pointShapes[name];
  const drawn = strokes.filter(({ y }) => y !== null);
  if (!shape || drawn.length > POINTS_MAX) return '';
  return drawn
    .map(({ from, to, y }) => `M${px((from + to) / 2).toFixed(1)} ${py(y ?? 0).toFixed(1)}${shape}`)
    .join('');
}

/** Names beside the last value of each series, moved apart where they would lie on each other. @param {{ name: string, label: string, strokes: Stroke[] }[]} series @param {(value: number) => number} py */
function spread(series, py) {
  const labels = series.flatMap(({ name, label, strokes }) => {
    const last = strokes.findLast(({ y }) => y !== null)?.y;
    return label === '' || last === null || last === undefined ? [] : [{ name, label, at: py(last) }];
  });
  labels.sort((a, b) => a.at - b.at);
  for (const [i, label] of labels.entries()) label.at = Math.max(label.at, (labels[i - 1]?.at ?? -99) + 14);
  return labels;
}
