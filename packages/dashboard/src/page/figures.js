import { byId } from './element.js';
import { systemsOf } from './growth.js';
import { linearTicks, logTicks } from './scales.js';
import { markOf, spanChart, widthOf } from './span-chart.js';
import { latencyText, say, wholeText } from './words.js';

/** @typedef {import('./words.js').Language} Language @typedef {import('./study-state.js').State} State */

/** Marks of failures that a chart can hold without becoming one bar. */
const FAILURE_MARKS_MAX = 200;

/** @param {State} state @param {Language} language */
export function drawThroughput(state, language) {
  const { spans, s, study, trials } = state;
  if (isEmpty('throughput', spans.length, language)) return;
  const most = spans.reduce((max, { throughput }) => Math.max(max, throughput), 0);
  const ticks = linearTicks(most, 4);
  const top = ticks.at(-1) ?? 1;
  const systems = new Map(study.cells.map((/** @type {any} */ { key, system }) => [key, system]));
  const systemOf = new Map(trials.map(({ planIndex, cell }) => [planIndex, systems.get(cell)]));
  const series = systemsOf(study).map((system, mark) => ({
    ...{ name: markOf(mark).name, label: '', mark },
    strokes: spans
      .filter(({ trial }) => systemOf.get(trial) === system)
      .map(({ from, to, trial, throughput }) => ({ from, to, trial, y: throughput })),
  }));
  const reading = say('throughputSays', language, { newest: spans.at(-1)?.throughput ?? 0, most });
  const marks = spans.filter(({ failed }) => failed > 0).slice(-FAILURE_MARKS_MAX);
  put('throughput', reading, {
    endS: s,
    ticks,
    y: (/** @type {number} */ value) => value / top,
    yText: (/** @type {number} */ value) => wholeText(value, language),
    series,
    bands: bandsOf(state, language),
    marks: marks.map(({ from, to }) => (from + to) / 2),
    xLabel: say('elapsedAxis', language),
    title: `${say('throughput', language)}. ${reading}`,
  });
}

const quantiles = /** @type {const} */ (['p50', 'p95', 'p99']);

/** @param {State} state @param {Language} language */
export function drawLatency(state, language) {
  const { spans, s } = state;
  const withLatency = spans.filter(({ latencyUs }) => (latencyUs?.p50 ?? 0) > 0);
  const values = withLatency.flatMap(({ latencyUs }) => quantiles.map((name) => latencyUs?.[name] ?? null));
  const known = values.filter((value) => value !== null && value > 0);
  if (isEmpty('latency', known.length, language)) return;
  const [least, most] = known.reduce(
    ([low, high], value) => [Math.min(low, value ?? low), Math.max(high, value ?? 0)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const ticks = logTicks(least, most);
  const [low, high] = [Math.log10(ticks[0] ?? 1), Math.log10(ticks.at(-1) ?? 10)];
  const newest = Object.fromEntries(
    quantiles.map((name) => [name, latencyText(withLatency.at(-1)?.latencyUs?.[name], language)]),
  );
  const reading = say('latencySays', language, newest);
  put('latency', reading, {
    endS: s,
    ticks,
    y: (/** @type {number} */ us) => (Math.log10(us) - low) / (high - low),
    yText: (/** @type {number} */ us) => latencyText(us, language).replace(' ms', ''),
    bands: bandsOf(state, language),
    series: quantiles.map((name, mark) => ({
      mark,
      name,
      label: name,
      strokes: withLatency.map(({ from, to, trial, latencyUs }) => ({
        from,
        to,
        trial,
        y: latencyUs?.[name] || null,
      })),
    })),
    marks: [],
    xLabel: say('elapsedAxis', language),
    title: `${say('latency', language)}. ${reading}`,
  });
}

/** What ran when: the replicas of each block, and its system where there are several. @param {State} state @param {Language} language */
function bandsOf({ blocks, study, s }, language) {
  const areSeveral = systemsOf(study).length > 1;
  const levels = [...new Set(study.cells.map((/** @type {any} */ { replicas }) => replicas))];
  const most = Math.max(...levels);
  return blocks.map(({ from, to, system, replicas }) => {
    const before = areSeveral ? `${system} ` : '';
    return {
      ...{ from, to: to ?? s, share: replicas / most },
      names: [
        `${before}${say('band', language, { replicas })}`,
        `${before}${wholeText(replicas, language)}`,
        wholeText(replicas, language),
      ],
    };
  });
}

/** @param {string} id @param {number} count @param {Language} language */
function isEmpty(id, count, language) {
  if (count > 0) return false;
  byId(id).replaceChildren();
  byId(`${id}-says`).textContent = say('nothingYet', language);
  return true;
}

/** @param {string} id @param {string} reading @param {any} chart */
function put(id, reading, chart) {
  const place = byId(id);
  place.replaceChildren(spanChart({ ...chart, width: widthOf(place) }));
  byId(`${id}-says`).textContent = reading;
}
