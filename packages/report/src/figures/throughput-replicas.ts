import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import { type LegendEntry, legend, lineEntry, seriesEntries } from '../drawing/legend.ts';
import * as draw from '../drawing/marks.ts';
import { colours, seriesStyle } from '../drawing/palette.ts';
import { columns, curveTable, everyCurve, roundsOf, throughputColumns } from '../study/columns.ts';
import { medianOf, sampleText } from '../study/estimates.ts';
import { curvesAtAGlance, growthText, type ScalingCurve, scalingCurves } from '../study/scaling-curve.ts';
import { heaviestLoadOf, levels, type Series } from '../study/series.ts';
import { curveTitle, loadText, messagesText, seriesTitle, seriesTitles } from '../study/series-text.ts';
import { figure } from './kinds/figure.ts';
import { signMarks, signsOf } from './kinds/limit-signs.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;

const HEIGHT = 290;
/** Intervals of several curves stand side by side, this many pixels apart. */
const APART = 5;
/** The figure stands first: it is read at a glance. */
const LEGEND_MAX = 4;
const DASH = '5 3';
const throughputOf = ({ throughput }: CellResult) => throughput;
const cellsOf = (curves: readonly ScalingCurve[]) => curves.flatMap(({ cells }) => cells);
const isOpen = ({ series }: ScalingCurve) => series.isOpen;

/** Figure 1: throughput over replicas at the heaviest load: all systems, or all messages of one, in one panel. */
export const throughputReplicas = figure({
  name: 'throughput-replicas',
  about: 'replicas',
  title: figureWords.throughputReplicas,
  of(results) {
    const all = scalingCurves(results);
    const curves = curvesAtAGlance(all, results);
    const [first] = curves;
    if (!first) return null;
    const cells = cellsOf(curves);
    const top = Math.max(...curves.map((curve) => curve.top));
    const others = all.filter((curve) => !curves.includes(curve)).map(({ series }) => series);
    return {
      picture: ({ language }) => ({
        panels: [
          panel('', HEIGHT, {
            x: {
              label: axes.replicas,
              scale: { ticks: levels(cells.map(({ cell }) => cell.replicas)), inset: 18 },
            },
            y: { label: axes.throughputAxis, scale: { domain: [0, top], nice: true } },
            marks: marksOf(curves, top),
          }),
        ],
        legend: legendOf(curves, results, language),
        panelWidthMin: 200,
      }),
      table: curveTable(results, everyCurve, cellsOf(all), [
        ...throughputColumns,
        roundsOf(throughputOf),
        columns.verdict,
      ]),
      caption: (language) =>
        fill(figureWords.throughputReplicasCaption, language, {
          load: loadText(heaviestLoadOf(first.series), first.series, language),
          messages: isSaid(curves, results) ? '' : `, ${messagesText(first.series.messages, language)}`,
          dashed: figureWords[first.series.isOpen ? 'legendOffered' : 'dashedIdeal'],
          signs: signsOf(cells)
            .map(({ said }) => said[language])
            .join(''),
          others: seriesTitles(others, figureWords.notDrawn, results, language),
          cut: draw.isCut(
            curves.flatMap(({ bars }) => bars),
            top,
          )
            ? figureWords.cut
            : '',
          sample: sampleText(cells.map(throughputOf), language),
        }),
      reading: (language) => curves.map((curve) => growthText(curve, results, language)).join(' '),
    };
  },
});

/** What is said of a curve lies over all of them. */
const marksOf = (curves: readonly ScalingCurve[], top: number) => [
  ...curves.map(idealMark),
  ...curves.flatMap((curve, i) => curveMarks(curve, i, curves.length, top)),
  ...curves.flatMap(({ cells }, i) => signMarks(cells, pointsOf(i, curves.length))),
];

const idealMark = ({ ideal }: ScalingCurve, index: number): Plot.Markish =>
  Plot.line(ideal, {
    stroke: seriesStyle(index).colour,
    strokeOpacity: 0.55,
    strokeWidth: 1,
    strokeDasharray: DASH,
  });

/** Where the points of a curve stand: beside those of the others. */
const pointsOf = (index: number, count: number) => ({
  x: ({ cell }: CellResult) => cell.replicas,
  y: ({ throughput }: CellResult) => medianOf(throughput),
  dx: draw.sideBySide(index, count, APART),
});

function curveMarks({ cells, bars }: ScalingCurve, index: number, count: number, top: number) {
  const stroke = seriesStyle(index).colour;
  const at = pointsOf(index, count);
  return [
    ...draw.intervalMarks(bars, top, { stroke, strokeWidth: 1.6, dx: at.dx }),
    Plot.line(cells, { ...at, stroke, strokeWidth: 1.6 }),
    draw.seriesDots(index, cells, { ...at, r: 3.4 }),
  ];
}

/** The curves, then as much of the rest as stays readable; the caption says all of it. */
function legendOf(curves: readonly ScalingCurve[], results: Results, language: Language): LegendEntry[] {
  const cells = cellsOf(curves);
  const hasInterval = cells.some(({ throughput }) => throughput?.ci95);
  const median = figureWords[hasInterval ? 'legendMedian' : 'legendMedianOnly'];
  const names = curves.map(({ series }) => nameOf(series, results, language));
  return legend(
    ...seriesEntries(curves.length > 1 ? names : [median[language]]).map(({ dash: _, ...entry }) => entry),
    lineEntry(figureWords[curves.every(isOpen) ? 'legendOffered' : 'legendIdeal'], colours.faint, DASH),
    ...signsOf(cells).map(({ entry }) => entry),
  ).slice(0, LEGEND_MAX);
}

const nameOf = (series: Series, results: Results, language: Language) =>
  (results.experiment.systems.length > 1 ? curveTitle : seriesTitle)(series, results, language);

/** Whether the names of all curves say how many messages they have. */
const isSaid = (curves: readonly ScalingCurve[], { experiment }: Results) =>
  curves.every(isOpen) || (experiment.systems.length === 1 && curves.length > 1);
