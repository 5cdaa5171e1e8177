import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { logScale, panel } from '../../drawing/frame.ts';
import type { Panel } from '../../drawing/layout.ts';
import { dotEntries, legend, lineEntry } from '../../drawing/legend.ts';
import * as draw from '../../drawing/marks.ts';
import { colours, seriesStyle } from '../../drawing/palette.ts';
import { columns, curveTable, everyCurve, loadColumn, queueColumns } from '../../study/columns.ts';
import { barsOf, medianOf, ms, sampleText, usPerMs } from '../../study/estimates.ts';
import { theoryColumn, theoryLine, theoryOf } from '../../study/load-curves.ts';
import {
  heaviestLoadOf,
  levels,
  loadLevelOf,
  loadTicks,
  type Series,
  seriesOf,
  shownReplicas,
} from '../../study/series.ts';
import { loadText, replicasText, seriesTitle } from '../../study/series-text.ts';
import { numberText } from '../../words/format.ts';
import { figure } from '../kinds/figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;

const HEIGHT = 230;
/** Points of several numbers of replicas stand side by side, this many pixels apart. */
const APART = 5;
const DASH = '5 3';
const meanOf = ({ meanUs = null }: CellResult) => meanUs;
const little = {
  x: ({ littlesLaw }: CellResult) => medianOf(littlesLaw?.rateTimesResidence ?? null),
  y: ({ littlesLaw }: CellResult) => medianOf(littlesLaw?.inFlight ?? null),
};
const distanceOf = (cell: CellResult) => Math.abs(Math.log(little.y(cell) / little.x(cell)));
const atReplicas = (level: number) => (one: CellResult) => one.cell.replicas === level;

/** Little's law over all steady cells; beside it the mean response time of open loops, with the one that theory gives. */
export const queueing = figure({
  name: 'queueing',
  about: 'load',
  title: figureWords.queueing,
  absent: figureWords.queueingAbsent,
  of(results) {
    const cells = results.cells.filter((cell) => little.x(cell) > 0 && little.y(cell) > 0);
    const farthest = cells.toSorted((a, b) => distanceOf(b) - distanceOf(a))[0];
    if (!farthest) return null;
    const replicas = shownReplicas(cells);
    const isKnown = (cell: CellResult) => theoryOf(cell, results) !== null;
    const known = cells.filter(isKnown);
    const open = seriesOf({ ...results, cells }).filter((one) => one.cells.some(isKnown));
    return {
      picture: ({ language }) => ({
        panels: [
          littlePanel(cells, replicas, language),
          ...open.map((series) => responsePanel(series, replicas, results, language)),
        ],
        legend: legend(
          ...dotEntries(replicas.map((level) => replicasText(level, language))),
          lineEntry(figureWords[open.length > 0 ? 'legendTheory' : 'legendLittle'], colours.faint, DASH),
          ...draw.verdictEntries(cells),
        ),
        panelWidthMin: 200,
      }),
      table: curveTable(results, everyCurve, cells, [
        loadColumn({ isOpen: cells.every(({ cell }) => cell.ratePerSecond !== null) }),
        ...queueColumns,
        ...(known.length > 0 ? [theoryColumn(results)] : []),
        columns.verdict,
      ]),
      caption: (language) =>
        fill(figureWords.queueingCaption, language, {
          theory: known.length > 0 ? serviceText(results, language) : '',
          sample: sampleText(cells.map(meanOf), language, known.length > 0 ? 'drawn' : 'in the table'),
        }),
      reading: (language) => littleText(farthest, language) + theoryText(known.at(-1), results, language),
    };
  },
});

function littlePanel(cells: readonly CellResult[], replicas: readonly number[], language: Language): Panel {
  const scale = logScale(cells.flatMap((cell) => [little.x(cell), little.y(cell)]));
  const ends = (scale.domain as readonly number[]).map((end) => [end, end] as const);
  return panel(figureWords.queueingLittle[language], HEIGHT, {
    x: { label: axes.rateTimesResidenceAxis, scale },
    y: { label: axes.inFlightAxis, scale },
    marks: [
      Plot.line(ends, { stroke: colours.faint, strokeDasharray: DASH }),
      ...replicas.flatMap((level, i) =>
        draw.seriesDots(i, cells.filter(atReplicas(level)), { ...little, r: 2.8 }),
      ),
      ...draw.verdictMarks(cells, little),
    ],
  });
}

function responsePanel(
  series: Series,
  replicas: readonly number[],
  results: Results,
  language: Language,
): Panel {
  const at = { x: loadLevelOf, y: (cell: CellResult) => medianOf(meanOf(cell), usPerMs) };
  const bars = (cells: readonly CellResult[]) => barsOf(cells, loadLevelOf, meanOf, usPerMs);
  const top = draw.axisTop(series.cells.map(at.y), bars(series.cells));
  const load = heaviestLoadOf(series);
  const ticks = loadTicks(levels(series.cells.map(loadLevelOf)));
  return panel(seriesTitle(series, results, language), HEIGHT, {
    x: { label: axes.rateAxis, scale: { domain: [0, load], ticks } },
    y: { label: axes.meanAxis, scale: { domain: [0, top] } },
    marks: replicas.flatMap((level, i) => {
      const cells = series.cells.filter(atReplicas(level));
      const stroke = seriesStyle(i).colour;
      const beside = { ...at, dx: draw.sideBySide(i, replicas.length, APART) };
      return [
        Plot.line(theoryLine(cells, results, { load, top }), { stroke, strokeDasharray: DASH }),
        ...draw.intervalMarks(bars(cells), top, { stroke, dx: beside.dx }),
        draw.seriesDots(i, cells, { ...beside, r: 3 }),
        ...draw.verdictMarks(cells, beside),
      ];
    }),
  });
}

const serviceText = ({ queues }: Results, language: Language) =>
  fill(figureWords.queueingTheory, language, {
    service: numberText(ms(queues?.[0]?.serviceUs), language, 'parameter'),
  });

const littleText = (farthest: CellResult, language: Language) =>
  fill(figureWords.queueingReading, language, {
    replicas: replicasText(farthest.cell.replicas, language),
    inFlight: numberText(little.y(farthest), language),
    product: numberText(little.x(farthest), language),
  });

const theoryText = (cell: CellResult | undefined, results: Results, language: Language) =>
  cell
    ? fill(figureWords.queueingTheoryReading, language, {
        replicas: replicasText(cell.cell.replicas, language),
        load: loadText(loadLevelOf(cell), { isOpen: true }, language),
        mean: numberText(ms(meanOf(cell)?.value), language),
        theory: numberText(ms(theoryOf(cell, results)), language),
      })
    : '';
