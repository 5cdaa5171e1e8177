import { fill, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { type Frame, logScale, panel } from '../drawing/frame.ts';
import type { Panel } from '../drawing/layout.ts';
import { bandEntry, dotEntry, hollowEntry, legend } from '../drawing/legend.ts';
import { colours } from '../drawing/palette.ts';
import { textWidth } from '../drawing/plot.ts';
import {
  cellName,
  comparisonTable,
  comparisonText,
  type Forest,
  forestsOf,
  rowsAxis,
  type Shown,
  shownOf,
} from '../study/comparisons.ts';
import { rangeText } from '../study/estimates.ts';
import { messagesText } from '../study/series-text.ts';
import { numberText } from '../words/format.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const scalingWords = sentences.report.scaling;

/** Highest q that counts as significant where the results do not name it. */
const Q_MAX_USUAL = 0.05;
const ROW_HEIGHT = 12;
/** On paper of limited height. */
const ROW_HEIGHT_MIN = 11;
const AXIS_HEIGHT = 50;
/** Cells that a panel has room for on a page; of more, those that differ most surely are shown. */
const ROWS_MAX = 25;
/** The axis follows an interval this far beyond the ratios; few rounds can reach a hundred times as far. */
const INTERVAL_ROOM_MAX = 1.6;

/** Figure 11: the ratio of every cell with its interval, one panel a number of messages and pair of systems. */
export const comparison = figure({
  name: 'comparison',
  about: 'systems',
  title: scalingWords.comparison,
  absent: scalingWords.comparisonAbsent,
  of(results) {
    const pairs = results.comparisons.filter((one) => one.metric === 'throughput' && shownOf(one).length > 0);
    const [first] = pairs;
    if (!first) return null;
    const cells = pairs.flatMap(shownOf);
    const rounds = cells.flatMap(({ roundsA, roundsB }) => [roundsA, roundsB]);
    const qMax = results.method.thresholds['falseDiscoveryRate'] ?? Q_MAX_USUAL;
    const forests = pairs.flatMap(forestsOf);
    const isChosen = forests.some((forest) => forest.cells.length > ROWS_MAX);
    return {
      picture: ({ language }) => ({
        legend: legend(
          dotEntry(scalingWords.legendSignificant, colours.blue, 'circle'),
          hollowEntry(scalingWords.legendNotSignificant, colours.blue, 'circle'),
          bandEntry(scalingWords.legendMargin, colours.faint),
        ),
        panelWidthMin: 200,
        panels: forests.map((forest) => {
          const pair = pairs.length > 1 ? [`${forest.pair.b} / ${forest.pair.a}`] : [];
          const title = [...pair, messagesText(forest.messages, language)].join(', ');
          return panelOf(title, forest, qMax, (cell) => cellName(cell, results, language));
        }),
      }),
      table: comparisonTable(pairs, results),
      caption: (language) =>
        fill(scalingWords.comparisonCaption, language, {
          a: pairs.length > 1 ? 'A' : first.a,
          b: pairs.length > 1 ? 'B' : first.b,
          margin: numberText(first.margin, language, 'percent'),
          q: numberText(qMax, language, 'parameter'),
          rows: rowsAxis(results),
          chosen: isChosen ? fill(scalingWords.comparisonChosen, language, { rows: ROWS_MAX }) : '',
          n: rangeText(Math.min(...rounds), Math.max(...rounds)),
        }),
      reading: (language) => comparisonText(first, language),
    };
  },
});

/** At most `ROWS_MAX` cells, the smallest q first, in their own order. */
function surest(cells: readonly Shown[]): Shown[] {
  const kept = new Set([...cells].sort((a, b) => (a.q ?? 1) - (b.q ?? 1)).slice(0, ROWS_MAX));
  return cells.filter((cell) => kept.has(cell));
}

function panelOf(title: string, { pair, cells }: Forest, qMax: number, name: (cell: Shown) => string): Panel {
  const rows = surest(cells);
  const margin = { low: 1 - pair.margin, high: 1 / (1 - pair.margin) };
  const scale = scaleOf(rows, margin);
  const [low = 0, high = Number.POSITIVE_INFINITY] = scale.domain as number[];
  const arrow = { y: name, fill: colours.blue, r: 2.4, symbol: 'triangle' } as const;
  const frame: Frame = {
    marginLeft: 14 + Math.max(...rows.map((cell) => textWidth(name(cell)))),
    x: { label: axes.ratioAxis, scale: { ...scale, inset: 8 } },
    y: { scale: { type: 'point', domain: rows.map(name), tickFormat: (text: string) => text, tickSize: 0 } },
    marks: [
      Plot.rectX([margin], { x1: 'low', x2: 'high', fill: colours.rule, fillOpacity: 0.5 }),
      Plot.ruleX([1], { stroke: colours.faint }),
      Plot.ruleY(rows, {
        y: name,
        x1: ({ ci95 }: Shown) => Math.max(low, ci95[0]),
        x2: ({ ci95 }: Shown) => Math.min(high, ci95[1]),
        stroke: colours.blue,
      }),
      Plot.dot(
        rows.filter(({ ci95 }) => ci95[0] < low),
        { ...arrow, x: low, rotate: -90 },
      ),
      Plot.dot(
        rows.filter(({ ci95 }) => ci95[1] > high),
        { ...arrow, x: high, rotate: 90 },
      ),
      Plot.dot(rows, {
        y: name,
        x: 'ratio',
        r: 2.8,
        stroke: colours.blue,
        fill: ({ q }: Shown) => (q !== null && q <= qMax ? colours.blue : colours.paper),
      }),
    ],
  };
  const heightOf = (row: number) => AXIS_HEIGHT + Math.ceil(row * rows.length);
  return panel(title, heightOf(ROW_HEIGHT), frame, heightOf(ROW_HEIGHT_MIN));
}

/** Ratios and margin, and intervals as far as they leave the ratios readable. */
function scaleOf(rows: readonly Shown[], margin: { readonly low: number; readonly high: number }) {
  const ratios = rows.map(({ ratio }) => ratio);
  const least = Math.min(...ratios, margin.low) / INTERVAL_ROOM_MAX;
  const most = Math.max(...ratios, margin.high) * INTERVAL_ROOM_MAX;
  return logScale([
    Math.max(least, Math.min(...rows.map(({ ci95 }) => ci95[0]), margin.low)),
    Math.min(most, Math.max(...rows.map(({ ci95 }) => ci95[1]), margin.high)),
  ]);
}
