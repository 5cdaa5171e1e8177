import { type CellResult, fill, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import { bandEntry, dotEntry, hollowEntry, type LegendEntry, legend, lineEntry } from '../drawing/legend.ts';
import { intervalMarks, isCut, verdictEntries, verdictMarks } from '../drawing/marks.ts';
import { colours } from '../drawing/palette.ts';
import { columns, curveTable, everyCurve, roundsOf, throughputColumns } from '../study/columns.ts';
import { medianOf, sampleText } from '../study/estimates.ts';
import {
  growthText,
  hasMoreToGive,
  isClientLimited,
  isMachineLimited,
  type ScalingCurve,
  scalingCurves,
  type TrialPoint,
} from '../study/scaling-curve.ts';
import { heaviestLoadOf, levels } from '../study/series.ts';
import { loadText, seriesTitle } from '../study/series-text.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;
const leftOutWords = sentences.model.fitReasons.leftOutWords;

const HEIGHT = 230;
const DASH = { ideal: '5 3', bound: '1 3' } as const;
const throughputOf = ({ throughput }: CellResult) => throughput;

/** Every trial, the median, the ideal and the fitted law of each curve, at the heaviest load. */
export const lawsReplicas = figure({
  name: 'laws-replicas',
  about: 'replicas',
  title: figureWords.lawsReplicas,
  of(results) {
    const curves = scalingCurves(results);
    const last = curves.at(-1);
    if (!last) return null;
    const cells = curves.flatMap((curve) => curve.cells);
    const ticks = levels(results.experiment.replicas);
    return {
      picture: ({ language }) => ({
        panels: curves.map((curve) =>
          panel(seriesTitle(curve.series, results, language), HEIGHT, {
            x: { label: axes.replicas, scale: { ticks, inset: 12 } },
            y: { label: axes.throughputAxis, scale: { domain: [0, curve.top], nice: true } },
            marks: [...lawMarks(curve), ...cellMarks(curve)],
          }),
        ),
        legend: legendOf(curves),
        panelWidthMin: 200,
      }),
      table: curveTable(results, everyCurve, cells, [
        ...throughputColumns,
        roundsOf(throughputOf),
        columns.verdict,
      ]),
      caption: (language) =>
        fill(figureWords.lawsReplicasCaption, language, {
          dashed: figureWords[last.series.isOpen ? 'legendOffered' : 'dashedIdeal'],
          load: loadText(heaviestLoadOf(last.series), last.series, language),
          cut: curves.some(({ bars, top }) => isCut(bars, top)) ? figureWords.cut : '',
          sample: sampleText(cells.map(throughputOf), language),
        }),
      reading: (language) => growthText(last, results, language),
    };
  },
});

/** The law with its band and its bound, and the ideal beside it. */
function lawMarks({ law, isClaimed, bound, ideal, top }: ScalingCurve): Plot.Markish[] {
  const band = law.map(({ n, low, high }) => ({ n, low, high: high === null ? null : Math.min(high, top) }));
  return [
    Plot.ruleY([0], { stroke: colours.faint }),
    Plot.areaY(band, { x: 'n', y1: 'low', y2: 'high', fill: colours.blue, fillOpacity: 0.18 }),
    // A law that is not claimed has a band, what the data allow, and no line.
    isClaimed ? Plot.lineY(law, { x: 'n', y: 'x', stroke: colours.blue }) : null,
    bound === null ? null : Plot.ruleY([bound], { stroke: colours.ink, strokeDasharray: DASH.bound }),
    Plot.line(ideal, { stroke: colours.faint, strokeDasharray: DASH.ideal }),
  ];
}

function cellMarks({ cells, trials, bars, top, peak }: ScalingCurve): Plot.Markish[] {
  const at = {
    x: ({ cell }: CellResult) => cell.replicas,
    y: ({ throughput }: CellResult) => medianOf(throughput),
    stroke: colours.ink,
  };
  return [
    Plot.dot(trials, {
      x: 'replicas',
      y: 'throughput',
      r: 2.2,
      dx: -6,
      fill: ({ isInFit }: TrialPoint) => (isInFit ? colours.sky : colours.paper),
      stroke: colours.blue,
      strokeWidth: 0.8,
    }),
    ...intervalMarks(bars, top, { strokeWidth: 1.4 }),
    Plot.vector(cells.filter(hasMoreToGive), { ...at, length: 22, anchor: 'start', dx: 6, strokeWidth: 1.1 }),
    Plot.dot(cells, {
      ...at,
      symbol: 'diamond',
      r: 3.2,
      fill: (cell: CellResult) => (isClientLimited(cell) ? colours.paper : colours.ink),
    }),
    Plot.dot(cells.filter(isMachineLimited), { ...at, symbol: 'square', r: 6 }),
    ...verdictMarks(cells, at),
    peak && Plot.dot([[peak.n, peak.x]], { symbol: 'star', r: 5, fill: colours.vermilion }),
  ];
}

function legendOf(curves: readonly ScalingCurve[]): LegendEntry[] {
  const { ink, blue, faint, vermilion } = colours;
  const cells = curves.flatMap((curve) => curve.cells);
  const isOpen = curves.every(({ series }) => series.isOpen);
  const fitted = curves.filter(({ law }) => law.length > 0);
  const hasInterval = cells.some(({ throughput }) => throughput?.ci95);
  const hasOther = curves.some(({ trials }) => trials.some(({ isInFit }) => !isInFit));
  return legend(
    fitted.length > 0 && dotEntry(figureWords.legendTrial, blue, 'circle'),
    hasOther &&
      hollowEntry(figureWords[fitted.length > 0 ? 'legendLeftOut' : 'legendTrialOnly'], blue, 'circle'),
    dotEntry(figureWords[hasInterval ? 'legendMedian' : 'legendMedianOnly'], ink, 'diamond'),
    cells.some(isClientLimited) && hollowEntry(leftOutWords['client-limited'], ink, 'diamond'),
    cells.some(isMachineLimited) && hollowEntry(figureWords.legendFull, ink, 'square'),
    cells.some(hasMoreToGive) && dotEntry(figureWords.legendCensored, ink, 'arrow'),
    lineEntry(figureWords[isOpen ? 'legendOffered' : 'legendIdeal'], faint, DASH.ideal),
    fitted.some(({ isClaimed }) => isClaimed) && { ...lineEntry(figureWords.legendLaw, blue), band: true },
    fitted.some(({ isClaimed }) => !isClaimed) && bandEntry(figureWords.legendAllowed, blue),
    curves.some(({ bound }) => bound !== null) && lineEntry(figureWords.legendBound, ink, DASH.bound),
    curves.some(({ peak }) => peak !== null) && dotEntry(figureWords.legendPeak, vermilion, 'star'),
    ...verdictEntries(cells),
  );
}
