import { type CellResult, claimedLaw, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { intervalMarks, isCut } from '../drawing/intervals.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours } from '../drawing/palette.ts';
import { verdictLegend, verdictMarks } from '../drawing/verdict-marks.ts';
import { columns } from '../study/columns.ts';
import { estimateCells, medianOf, sampleText } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import {
  barsOf,
  type Curve,
  curveOf,
  idealOf,
  isCensored,
  isClientLimited,
  isMachineLimited,
  type Run,
  topOf,
} from '../study/scaling-curve.ts';
import { heaviestLoadOf, levels, loadText, replicasText, seriesOf, seriesTitle } from '../study/series.ts';
import { numberText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;

const height = 230;

/** Figure 1: every run, the median, the ideal and the fitted law, at the heaviest load. */
export const throughputReplicas: Figure = {
  name: 'throughput-replicas',
  title: figureWords.throughputReplicas,
  absent: figureWords.nothing,
  of(results) {
    const curves = seriesOf(results)
      .map((series) => curveOf(series, results))
      .filter(({ cells }) => cells.length > 0);
    const last = curves.at(-1);
    if (!last) return null;
    const cells = curves.flatMap((curve) => curve.cells);
    const cut = curves.some((curve) => isCut(barsOf(curve), topOf(curve)));
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'throughput-replicas',
          panels: curves.map((curve) => panelOf(curve, results, paper.language)),
          legend: legendOf(curves, paper.language),
          panelWidthMin: 200,
        }),
      table: {
        columns: [
          columns.system,
          columns.messages,
          ...factorColumns(results.experiment),
          columns.replicas,
          columns.throughput,
          columns.throughputCi,
          columns.rounds,
          columns.verdict,
        ],
        rows: cells.map(({ cell, throughput, verdict }) => [
          cell.system,
          cell.messages,
          ...factorValues(cell, results.experiment),
          cell.replicas,
          ...estimateCells(throughput),
          verdict,
        ]),
      },
      caption: (language) =>
        fill(figureWords.throughputReplicasCaption, language, {
          dashed: figureWords[last.series.isOpen ? 'legendOffered' : 'dashedIdeal'][language],
          load: loadText(heaviestLoadOf(last.series), last.series, language),
          cut: cut ? figureWords.cut[language] : '',
          sample: sampleText(
            cells.map(({ throughput }) => throughput),
            language,
          ),
        }),
      reading: (language) => reading(last, results, language),
    };
  },
};

function panelOf(curve: Curve, results: Results, language: Language): Panel {
  const { cells, runs, law } = curve;
  const peak = law?.fit?.peak;
  const top = topOf(curve);
  const band = (law?.curve ?? []).map(({ n, low, high }) => ({
    n,
    low,
    high: high === null ? null : Math.min(high, top),
  }));
  const x = ({ cell }: CellResult) => cell.replicas;
  const y = ({ throughput }: CellResult) => medianOf(throughput);
  const marks = [
    Plot.ruleY([0], { stroke: colours.faint }),
    Plot.areaY(band, { x: 'n', y1: 'low', y2: 'high', fill: colours.blue, fillOpacity: 0.18 }),
    // A law that is not claimed has a band, what the data allow, and no line.
    claimedLaw(law?.fit) ? Plot.lineY(law?.curve ?? [], { x: 'n', y: 'x', stroke: colours.blue }) : null,
    isBoundShown(curve)
      ? Plot.ruleY([law?.bound ?? 0], { stroke: colours.ink, strokeDasharray: '1 3' })
      : null,
    Plot.line(idealOf(curve), { stroke: colours.faint, strokeDasharray: '5 3' }),
    Plot.dot(runs, {
      x: 'replicas',
      y: 'throughput',
      r: 2.2,
      dx: -6,
      fill: ({ isInFit }: Run) => (isInFit ? colours.sky : colours.paper),
      stroke: colours.blue,
      strokeWidth: 0.8,
    }),
    ...intervalMarks(barsOf(curve), top, { strokeWidth: 1.4 }),
    Plot.vector(cells.filter(isCensored), {
      x,
      y,
      length: 22,
      anchor: 'start',
      dx: 6,
      strokeWidth: 1.1,
      stroke: colours.ink,
    }),
    Plot.dot(cells, {
      x,
      y,
      symbol: 'diamond',
      r: 3.2,
      stroke: colours.ink,
      fill: (cell: CellResult) => (isClientLimited(cell) ? colours.paper : colours.ink),
    }),
    Plot.dot(cells.filter(isMachineLimited), { x, y, symbol: 'square', r: 6, stroke: colours.ink }),
    ...verdictMarks(cells, { x, y }),
    peak?.status === 'inside'
      ? Plot.dot([[peak.n, peak.x]], { symbol: 'star', r: 5, fill: colours.vermilion })
      : null,
  ];
  const ticks = levels(results.experiment.replicas);
  return {
    title: seriesTitle(curve.series, results, language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: { label: axes.replicas, scale: { ticks, inset: 12 } },
          y: { label: axes.throughputAxis, scale: { domain: [0, top], nice: true } },
          marks,
        },
        width,
        idPrefix,
        position,
      ),
  };
}

const hasBand = ({ law }: Curve) => (law?.curve.length ?? 0) > 0;
const isClaimed = (curve: Curve) => hasBand(curve) && claimedLaw(curve.law?.fit) !== null;
/** What the clients can ask for, where the axis reaches it. */
const isBoundShown = (curve: Curve) => (curve.law?.bound ?? Number.POSITIVE_INFINITY) <= topOf(curve);

function legendOf(curves: readonly Curve[], language: Language): LegendEntry[] {
  const say = (key: keyof typeof figureWords) => figureWords[key][language];
  const cells = curves.flatMap((curve) => curve.cells);
  const runs = curves.flatMap((curve) => curve.runs);
  const isOpen = curves.every(({ series }) => series.isOpen);
  const isFitted = curves.some(hasBand);
  const hasInterval = cells.some(({ throughput }) => throughput?.ci95);
  const entries: (LegendEntry | false)[] = [
    isFitted && { label: say('legendTrial'), colour: colours.blue, symbol: 'circle' },
    runs.some(({ isInFit }) => !isInFit) && {
      label: say(isFitted ? 'legendLeftOut' : 'legendTrialOnly'),
      colour: colours.blue,
      symbol: 'circle',
      hollow: true,
    },
    { label: say(hasInterval ? 'legendMedian' : 'legendMedianOnly'), colour: colours.ink, symbol: 'diamond' },
    cells.some(isClientLimited) && {
      label: say('legendClientLimited'),
      colour: colours.ink,
      symbol: 'diamond',
      hollow: true,
    },
    cells.some(isMachineLimited) && {
      label: say('legendMachineLimited'),
      colour: colours.ink,
      symbol: 'square',
      hollow: true,
    },
    cells.some(isCensored) && { label: say('legendCensored'), colour: colours.ink, symbol: 'arrow' },
    { label: say(isOpen ? 'legendOffered' : 'legendIdeal'), colour: colours.faint, line: true, dash: '5 3' },
    curves.some(isClaimed) && { label: say('legendLaw'), colour: colours.blue, line: true, band: true },
    curves.some((curve) => hasBand(curve) && !isClaimed(curve)) && {
      label: say('legendAllowed'),
      colour: colours.blue,
      band: true,
    },
    curves.some(isBoundShown) && { label: say('legendBound'), colour: colours.ink, line: true, dash: '1 3' },
    curves.some(({ law }) => law?.fit?.peak.status === 'inside') && {
      label: say('legendPeak'),
      colour: colours.vermilion,
      symbol: 'star',
    },
    ...verdictLegend(cells, language),
  ];
  return entries.filter((entry) => entry !== false);
}

function reading({ series, cells }: Curve, results: Results, language: Language): string {
  const [first, last] = [cells[0], cells.at(-1)];
  const sentence = series.isOpen ? 'throughputReplicasOpen' : 'throughputReplicasReading';
  return fill(figureWords[sentence], language, {
    load: loadText(heaviestLoadOf(series), series, language),
    series: seriesTitle(series, results, language),
    first: series.isOpen ? replicasText(first?.cell.replicas ?? 0, language) : (first?.cell.replicas ?? 0),
    last: replicasText(last?.cell.replicas ?? 0, language),
    from: numberText(first?.throughput?.value ?? null, language),
    to: numberText(last?.throughput?.value ?? null, language),
    times: numberText((last?.cell.replicas ?? 0) / (first?.cell.replicas ?? 1), language, 'parameter'),
  });
}
