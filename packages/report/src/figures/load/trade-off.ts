import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../../drawing/frame.ts';
import type { Panel } from '../../drawing/layout.ts';
import { hollowEntry, legend, seriesEntries } from '../../drawing/legend.ts';
import { axisTop, seriesDots, seriesLine, verdictEntries, verdictMarks } from '../../drawing/marks.ts';
import { colours } from '../../drawing/palette.ts';
import { labelMarks } from '../../drawing/point-labels.ts';
import {
  columns,
  curveTable,
  loadColumn,
  measured,
  ofMostMessages,
  throughputColumns,
} from '../../study/columns.ts';
import { medianOf, sampleText, usPerMs } from '../../study/estimates.ts';
import {
  levels,
  loadLevelOf,
  mostMessages,
  powerKnee,
  type Series,
  seriesOf,
  seriesWith,
  shownReplicas,
} from '../../study/series.ts';
import { curveTitle, loadText, messagesText, replicasText } from '../../study/series-text.ts';
import { numberText, tickText } from '../../words/format.ts';
import { figure } from '../kinds/figure.ts';

const axes = sentences.report.axes.axes;
const scalingWords = sentences.report.scaling;

const HEIGHT = 270;
const LABEL_SIZE = 9;
/** Loads that a caption names one by one. */
const LOADS_NAMED_MAX = 6;
const margins = { left: 58, right: 30, top: 8, bottom: 36 };
const throughputOf = ({ throughput }: CellResult) => throughput;
const x = ({ throughput }: CellResult) => medianOf(throughput);
const y = ({ p50Us }: CellResult) => medianOf(p50Us, usPerMs);

const frameIn = (width: number, height: number) => ({
  width: width - margins.left - margins.right,
  height: height - margins.top - margins.bottom,
  fontSize: LABEL_SIZE,
});
const byLoad = (a: CellResult, b: CellResult) =>
  loadLevelOf(a) - loadLevelOf(b) || a.cell.replicas - b.cell.replicas;

/** Figure 10: latency over throughput, each line one number of replicas under growing load. */
export const tradeOff = figure({
  name: 'throughput-latency',
  about: 'load',
  title: scalingWords.tradeOff,
  of(results) {
    const panels = seriesWith(
      mostMessages(seriesOf(results)),
      ({ throughput, p50Us }) => throughput && p50Us,
    ).map((one) => ({ ...one, cells: one.cells.toSorted(byLoad) }));
    const last = panels.at(-1);
    const heaviest = last?.cells.at(-1);
    if (!last || !heaviest) return null;
    const cells = panels.flatMap((one) => one.cells);
    const replicas = shownReplicas(cells);
    const knee = powerKnee(last, heaviest.cell.replicas, results);
    const hasKnee = panels.some((one) => replicas.some((level) => powerKnee(one, level, results) !== null));
    return {
      picture: ({ language }) => ({
        legend: legend(
          ...seriesEntries(replicas.map((level) => replicasText(level, language))),
          hasKnee && hollowEntry(scalingWords.legendPowerKnee, colours.ink, 'square'),
          ...verdictEntries(cells),
        ),
        panelWidthMin: 260,
        panels: panels.map((one) => panelOf(one, replicas, cells, results, language)),
      }),
      table: curveTable(results, ofMostMessages, cells, [
        loadColumn(last),
        ...throughputColumns,
        { ...measured.p50, of: y },
        columns.verdict,
      ]),
      caption: (language) =>
        fill(scalingWords.tradeOffCaption, language, {
          messages: last.isOpen ? '' : `, ${messagesText(last.messages, language)}`,
          loads: loadsText(last, language),
          sample: sampleText(cells.map(throughputOf), language, 'in the table'),
        }),
      reading: (language) =>
        fill(scalingWords.tradeOffReading, language, {
          replicas: replicasText(heaviest.cell.replicas, language),
          load: loadText(loadLevelOf(heaviest), last, language),
          throughput: numberText(x(heaviest), language),
          latency: numberText(y(heaviest), language),
          knee:
            knee === null
              ? scalingWords.kneeNone
              : fill(scalingWords.kneeAt, language, { load: loadText(knee, last, language) }),
        }),
    };
  },
});

function loadsText({ isOpen, cells }: Series, language: Language): string {
  const loads = levels(cells.map(loadLevelOf)).map((load) => tickText(load, language));
  const isFew = loads.length <= LOADS_NAMED_MAX;
  const shown = isFew ? loads.join(', ') : `${loads.slice(0, 2).join(', ')} … ${loads.at(-1)}`;
  return fill(isOpen ? scalingWords.ratesAre : scalingWords.clientsAre, language, { loads: shown });
}

function panelOf(
  series: Series,
  replicas: readonly number[],
  all: readonly CellResult[],
  results: Results,
  language: Language,
): Panel {
  const top = { x: axisTop(all.map(x)), y: axisTop(all.map(y)) };
  const lines = replicas.map((level) => series.cells.filter(({ cell }) => cell.replicas === level));
  const marks = lines.flatMap((at, i) => {
    const knee = powerKnee(series, replicas[i] ?? 0, results);
    return [
      seriesLine(i, at, { x, y }),
      seriesDots(i, at, { x, y, r: 2.6 }),
      Plot.dot(
        at.filter((cell) => loadLevelOf(cell) === knee),
        { x, y, symbol: 'square', r: 6.5, stroke: colours.ink, strokeWidth: 1.2 },
      ),
      ...verdictMarks(at, { x, y }),
    ];
  });
  // The ends of a curve say most, so they are placed first.
  const ends = lines.flatMap((at) => [at.at(-1), at[0]].flatMap((cell) => cell ?? []));
  const drawn = series.cells.filter(({ cell }) => replicas.includes(cell.replicas));
  const others = drawn.filter((cell) => !ends.includes(cell));
  const labels = [...ends, ...others].map((cell) => ({
    x: x(cell) / top.x,
    y: y(cell) / top.y,
    text: tickText(loadLevelOf(cell), language),
    cell,
  }));
  return panel(curveTitle(series, results, language), HEIGHT, (width, height) => ({
    marginRight: margins.right,
    x: { label: axes.throughputAxis, scale: { domain: [0, top.x] } },
    y: { label: axes.p50Axis, scale: { domain: [0, top.y] } },
    marks: [...marks, labelMarks(labels, { x, y }, frameIn(width, height))],
  }));
}
