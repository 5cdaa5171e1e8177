import { byId, html, svg } from './element.js';
import { linearTicks } from './scales.js';
import { apart, frame, markOf, pathOfMarks, widthOf } from './span-chart.js';
import { isJudged } from './study-state.js';
import { say, wholeText } from './words.js';

/** @typedef {import('./words.js').Language} Language @typedef {import('./study-state.js').State} State */
/** @typedef {{ replicas: number, throughput: number, isHeaviest: boolean }} Point @typedef {{ replicas: number, median: number }} Level */

/** Values of more levels than this lie on each other. */
const VALUES_MAX = 12;
/** Beside more systems than this the numbers would cover the lines; the legend has them. */
const WRITTEN_SYSTEMS_MAX = 6;
/** Between the names of two places of the axis. */
const TICK_PX_MIN = 22;

/** The systems of a study, in the order that gives each its colour and its mark. @param {any} study @returns {string[]} */
export const systemsOf = ({ cells }) =>
  [...new Set(cells.map((/** @type {any} */ { system }) => system))].sort();

/**
 * Throughput over replicas, as far as it is judged: each trial, and the median of each cell at the heaviest load so far.
 * INVALID trials prove nothing, and are left out. Null before the first.
 * @param {State} state
 */
export function growthOf({ study, trials }) {
  const cells = new Map(study.cells.map((/** @type {any} */ cell) => [cell.key, cell]));
  const counted = trials.flatMap(({ cell: key, status, throughput }) => {
    const cell = cells.get(key);
    return cell && throughput !== null && isJudged(status) && status !== 'INVALID'
      ? [{ cell, throughput }]
      : [];
  });
  const heaviest = counted.map(({ cell }) => cell).sort(heavierFirst)[0];
  if (!heaviest) return null;
  const series = systemsOf(study).map((system, index) => {
    const its = counted.filter(({ cell }) => cell.system === system);
    const points = its.map(({ cell, throughput }) => ({
      replicas: cell.replicas,
      throughput,
      isHeaviest: heavierFirst(cell, heaviest) === 0,
    }));
    return { system, index, points, levels: mediansOf(points.filter(isHeaviest)) };
  });
  const replicas = [...new Set(study.cells.map((/** @type {any} */ cell) => cell.replicas))];
  replicas.sort((a, b) => a - b);
  return { heaviest, replicas, series: series.filter(({ points }) => points.length > 0) };
}

/** The order of loads; 0 where two cells have the same. @param {any} a @param {any} b */
const heavierFirst = (a, b) => b.load - a.load || b.messages - a.messages || a.others.localeCompare(b.others);

/** @param {Point[]} points @returns {Level[]} */
function mediansOf(points) {
  return [...Map.groupBy(points, ({ replicas }) => replicas)]
    .map(([replicas, its]) => ({ replicas, median: median(its.map(({ throughput }) => throughput)) }))
    .sort((a, b) => a.replicas - b.replicas);
}

/**
 * The two ends of the growth that would be ideal, from the fewest replicas so far: as far as the plan or the axis goes.
 * Empty before the first level.
 * @param {Level[]} levels @param {{ replicas: number, top: number }} most @returns {Level[]}
 */
export function idealOf([first], most) {
  if (!first || first.median <= 0) return [];
  const each = first.median / first.replicas;
  const replicas = Math.min(most.replicas, most.top / each);
  return replicas > first.replicas ? [first, { replicas, median: replicas * each }] : [];
}

/** @param {number[]} values at least one */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0, sorted[sorted.length >> 1] ?? 0];
  return (low + high) / 2;
}

/** @param {State} state @param {Language} language */
export function drawGrowth(state, language) {
  const growth = growthOf(state);
  const [place, legend, reading] = [byId('growth'), byId('growth-legend'), byId('growth-says')];
  if (!growth) {
    place.replaceChildren();
    legend.replaceChildren();
    reading.textContent = say('nothingYet', language);
    return;
  }
  const { heaviest, series } = growth;
  const ideal = heaviest.isOpen ? '' : say('growthIdeal', language);
  reading.textContent = say('growthSays', language, { load: loadText(heaviest, language), ideal });
  const newest = series.map(({ system, index, levels }) => ({
    index,
    text: levels.length > 0 ? say('growthSystem', language, { system, ...lastOf(levels) }) : system,
  }));
  legend.replaceChildren(
    ...newest.map(({ index, text }) =>
      html('li', {}, [
        svg('svg', { class: 'swatch', viewBox: '-6 -6 12 12', 'aria-hidden': 'true' }, [
          svg('path', { class: `mark ${markOf(index).name}`, d: `M0 0${markOf(index).shape}` }),
        ]),
        ` ${text}`,
      ]),
    ),
  );
  const title = [say('growth', language), ...newest.map(({ text }) => text), reading.textContent].join('. ');
  place.replaceChildren(growthChart(growth, { width: widthOf(place), language, title }));
}

/** @param {Level[]} levels */
function lastOf(levels) {
  const { replicas = 0, median: throughput = 0 } = levels.at(-1) ?? {};
  return { replicas, throughput };
}

/** @param {any} cell @param {Language} language */
function loadText({ isOpen, load, messages, others }, language) {
  const factors = isOpen
    ? say('growthOpen', language, { rate: load })
    : say('growthClosed', language, { clients: load, messages });
  return others === '' ? factors : `${factors}, ${others}`;
}

/**
 * Its axis is the plan's, so that it stays where it is while the lines grow.
 * @param {NonNullable<ReturnType<typeof growthOf>>} growth
 * @param {{ width: number, language: Language, title: string }} of
 */
function growthChart({ series, replicas, heaviest: load }, { width, language, title }) {
  const points = series.flatMap((one) => one.points);
  const mostReplicas = replicas.at(-1) ?? 1;
  const ticks = linearTicks(
    points.reduce((most, { throughput }) => Math.max(most, throughput), 0),
    5,
  );
  const top = ticks.at(-1) ?? 1;
  const { inner, nodes, px, py } = frame({
    width,
    height: Math.min(Math.max(260, width * 0.8), 480),
    // Half a step of room on both sides, so that no mark lies on an axis.
    x: (/** @type {number} */ value) => (value - 0.5) / mostReplicas,
    y: (/** @type {number} */ value) => value / top,
    xTicks: withRoom(replicas, (width / mostReplicas) * 0.8).map((value) => ({
      value,
      text: wholeText(value, language),
    })),
    yTicks: ticks.map((value) => ({ value, text: wholeText(value, language) })),
    xLabel: say('replicasAxis', language),
    title,
  });
  const place = (/** @type {Point[]} */ its) =>
    its.map(({ replicas, throughput }) => [px(replicas), py(throughput)]);
  const drawn = series.map(({ index, points, levels }) => {
    const [heaviest, others] = [points.filter(isHeaviest), points.filter((point) => !isHeaviest(point))];
    const lineOf = (/** @type {Level[]} */ through) =>
      through.map(({ replicas, median }) => `${px(replicas).toFixed(1)},${py(median).toFixed(1)}`).join(' ');
    const ideal = load.isOpen ? [] : idealOf(levels, { replicas: mostReplicas, top });
    const { name } = markOf(index);
    return [
      svg('path', { class: `mark faint ${name}`, d: pathOfMarks(index, place(others)) }),
      ...(ideal.length > 0 ? [svg('polyline', { class: `line ideal ${name}`, points: lineOf(ideal) })] : []),
      svg('polyline', { class: `line ${name}`, points: lineOf(levels) }),
      svg('path', { class: `mark ${name}`, d: pathOfMarks(index, place(heaviest)) }),
    ];
  });
  const numbers = values(series).map(({ replicas, median, name }) => ({
    ...{ name, x: px(replicas), at: py(median), text: wholeText(median, language) },
  }));
  // Of one system each median is written above its mark; of several the last ones, beside theirs.
  const written =
    series.length === 1
      ? numbers.map((one) => ({ ...one, at: one.at - 13, 'text-anchor': 'middle' }))
      : apart(numbers, inner.top + inner.height).map((one) => ({ ...one, x: one.x + 7 }));
  return nodes([
    ...drawn.flat(),
    ...written.map(({ name, text, at, ...place }) =>
      svg('text', { class: `value ${name}`, ...place, y: at + 4 }, [text]),
    ),
  ]);
}

const isHeaviest = (/** @type {Point} */ point) => point.isHeaviest;

/** The values whose names do not lie on each other. @param {number[]} values ascending @param {number} stepPx of one replica */
function withRoom(values, stepPx) {
  let before = Number.NEGATIVE_INFINITY;
  return values.filter((value) => {
    const hasRoom = (value - before) * stepPx >= TICK_PX_MIN;
    if (hasRoom) before = value;
    return hasRoom;
  });
}

/** The medians that have room for their number. @param {{ levels: Level[], index: number }[]} series */
const values = (series) =>
  series
    .slice(series.length > WRITTEN_SYSTEMS_MAX ? series.length : 0)
    .flatMap(({ levels, index }) =>
      levels
        .slice(series.length === 1 ? -VALUES_MAX : -1)
        .map((level) => ({ ...level, name: markOf(index).name })),
    );
