import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import {
  dotEntry,
  hollowEntry,
  type LegendEntry,
  legend,
  lineEntry,
  seriesEntries,
} from '../drawing/legend.ts';
import * as draw from '../drawing/marks.ts';
import { colours, seriesStyle, verdictStyle } from '../drawing/palette.ts';
import { columns, curveTable, everyCurve, roundsOf, throughputColumns } from '../study/columns.ts';
import { medianOf, sampleText } from '../study/estimates.ts';
import {
  curvesAtAGlance,
  growthText,
  hasMoreToGive,
  isMachineLimited,
  type ScalingCurve,
  scalingCurves,
} from '../study/scaling-curve.ts';
import { heaviestLoadOf, levels, type Series } from '../study/series.ts';
import { curveTitle, loadText, messagesText as messagesOf, seriesTitle } from '../study/series-text.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;

const HEIGHT = 290;
/** Intervals of several curves stand side by side, this many pixels apart. */
const APART = 5;
/** The figure stands first: it is read at a glance. */
const LEGEND_MAX = 4;
const NAMES_MAX = 6;
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
    const others = all.filter((curve) => !curves.includes(curve));
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
          messages: messagesText(curves, results, language),
          dashed: figureWords[first.series.isOpen ? 'legendOffered' : 'dashedIdeal'],
          signs: signsOf(cells)
            .map(({ said }) => said[language])
            .join(''),
          others: othersText(others, results, language),
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
  ...curves.flatMap((curve, i) => signMarks(curve, i, curves.length)),
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

function signMarks({ cells }: ScalingCurve, index: number, count: number): Plot.Markish[] {
  const at = { ...pointsOf(index, count), stroke: colours.ink };
  const arrow = { length: 20, anchor: 'start', dy: -4, strokeWidth: 1.1 } as const;
  return [
    Plot.vector(cells.filter(hasMoreToGive), { ...at, ...arrow }),
    Plot.dot(cells.filter(isMachineLimited), { ...at, symbol: 'square', r: 6 }),
    ...draw.verdictMarks(cells, at),
  ];
}

/** What signs at points mean, in the legend and in the caption, where cells of a figure have them. */
const signs = [
  {
    of: hasMoreToGive,
    entry: dotEntry(figureWords.legendCensored, colours.ink, 'arrow'),
    said: figureWords.signMore,
  },
  {
    of: isMachineLimited,
    entry: hollowEntry(figureWords.legendFull, colours.ink, 'square'),
    said: figureWords.signFull,
  },
  {
    of: ({ verdict }: CellResult) => verdict === 'SUSPECT',
    entry: hollowEntry(figureWords.legendSuspect, verdictStyle.SUSPECT.colour, 'circle'),
    said: figureWords.signSuspect,
  },
  {
    of: ({ verdict }: CellResult) => verdict === 'INVALID',
    entry: dotEntry(figureWords.legendInvalid, verdictStyle.INVALID.colour, 'times'),
    said: figureWords.signInvalid,
  },
] as const;

const signsOf = (cells: readonly CellResult[]) => signs.filter(({ of }) => cells.some(of));

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

/** The messages that all curves have, where their names do not say them. */
function messagesText(
  [first, ...further]: readonly ScalingCurve[],
  results: Results,
  language: Language,
): string {
  const isNamed = results.experiment.systems.length === 1 && further.length > 0;
  return !first || isOpen(first) || isNamed ? '' : `, ${messagesOf(first.series.messages, language)}`;
}

function othersText(others: readonly ScalingCurve[], results: Results, language: Language): string {
  if (others.length === 0) return '';
  const names = others.slice(0, NAMES_MAX).map(({ series }) => seriesTitle(series, results, language));
  const count = others.length - names.length;
  const more = count > 0 ? fill(figureWords.andMore, language, { count }) : '';
  return fill(figureWords.notDrawn, language, { names: names.join('; ') + more });
}
