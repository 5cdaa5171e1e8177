import { fill, type Results, type Sentence, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import type { Panel } from '../drawing/layout.ts';
import { seriesEntries } from '../drawing/legend.ts';
import * as marks from '../drawing/marks.ts';
import { colours, seriesStyle } from '../drawing/palette.ts';
import { curveTable, everyCurve, pointOf } from '../study/columns.ts';
import { barsOf, sampleText } from '../study/estimates.ts';
import { chosenLawText } from '../study/laws.ts';
import {
  efficiencyOf,
  hollowText,
  isLimited,
  replicasOf,
  type SpeedupCurve,
  type SpeedupPoint,
  speedupColumns,
  speedupCurves,
} from '../study/scaling-curve.ts';
import { heaviestLoadOf, levels } from '../study/series.ts';
import { loadText, replicasText, seriesTitle } from '../study/series-text.ts';
import { numberText } from '../words/format.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;
const scalingWords = sentences.report.scaling;

const HEIGHT = 230;
/** Series of one number of replicas stand side by side, this many pixels apart. */
const APART = 4;
/** Figure 2: what each replica still does, the serial fraction that explains the loss, and the law chosen. */
export const efficiency = figure({
  name: 'efficiency',
  about: 'replicas',
  title: scalingWords.efficiency,
  absent: scalingWords.efficiencyAbsent,
  of(results) {
    const curves = speedupCurves(results);
    const last = curves.at(-1);
    const most = last?.points.at(-1);
    if (!last || !most) return null;
    const points = curves.flatMap((curve) => curve.points);
    const bars = barsOf(points, replicasOf, efficiencyOf);
    const top = marks.axisTop([1, ...points.map(({ efficiency }) => efficiency.value)], bars);
    return {
      picture: ({ language }) => ({
        legend: seriesEntries(
          curves.map(
            (of) => `${seriesTitle(of.series, results, language)}: ${chosenLawText(of.law, language)}`,
          ),
        ),
        panelWidthMin: 220,
        panels: [efficiencyPanel(curves, top, results), karpFlattPanel(curves, results)],
      }),
      table: curveTable(
        results,
        everyCurve,
        curves.flatMap(({ series, points }) => points.map((point) => pointOf(series, point))),
        speedupColumns,
      ),
      caption: (language) =>
        fill(scalingWords.efficiencyCaption, language, {
          base: replicasText(last.baseReplicas, language),
          load: loadText(heaviestLoadOf(last.series), last.series, language),
          limited: hollowText(points) ?? '',
          cut: marks.isCut(bars, top) ? figureWords.cut : '',
          sample: sampleText(
            curves.flatMap(({ points }) => points.slice(1).map(efficiencyOf)),
            language,
          ),
        }),
      reading: (language) =>
        fill(scalingWords.efficiencyReading, language, {
          series: seriesTitle(last.series, results, language),
          replicas: replicasText(most.replicas, language),
          efficiency: numberText(most.efficiency.value, language, 'percent'),
          base: replicasText(last.baseReplicas, language),
        }),
    };
  },
});

function efficiencyPanel(curves: readonly SpeedupCurve[], top: number, results: Results): Panel {
  return panelOf(axes.efficiencyAxis, [0, top], results, [
    Plot.ruleY([1], { stroke: colours.faint, strokeDasharray: '5 3' }),
    ...curves.flatMap(({ points }, i) => {
      const dx = marks.sideBySide(i, curves.length, APART);
      const bars = barsOf(points, replicasOf, efficiencyOf);
      return [
        ...marks.intervalMarks(bars, top, { stroke: seriesStyle(i).colour, dx }),
        ...curveMarks(points, (point) => point.efficiency.value, i, dx),
      ];
    }),
  ]);
}

function karpFlattPanel(curves: readonly SpeedupCurve[], results: Results): Panel {
  const y = ({ karpFlatt }: SpeedupPoint) => karpFlatt ?? Number.NaN;
  const known = curves.map(({ points }) => points.filter(({ karpFlatt }) => karpFlatt !== null));
  const values = known.flat().map(y);
  const [low, high] = [Math.min(0, ...values), Math.max(0.1, ...values)];
  return panelOf(axes.karpFlatt, [low, high * 1.06], results, [
    Plot.ruleY([0], { stroke: colours.faint }),
    ...known.flatMap((points, i) => curveMarks(points, y, i, marks.sideBySide(i, curves.length, APART))),
  ]);
}

function curveMarks(
  points: readonly SpeedupPoint[],
  y: (point: SpeedupPoint) => number,
  index: number,
  dx: number,
) {
  const at = { x: 'replicas', y, dx };
  const { colour } = seriesStyle(index);
  const filled = (point: SpeedupPoint) => (isLimited(point) ? colours.paper : colour);
  return [
    marks.seriesLine(index, points, at),
    marks.seriesDots(index, points, { ...at, r: 3, stroke: colour, fill: filled }),
  ];
}

function panelOf(label: Sentence, domain: [number, number], results: Results, marks: Plot.Markish[]): Panel {
  const replicas = levels(results.experiment.replicas);
  // Karp–Flatt has no value at the base, and its panel shows the same replicas all the same.
  const scale = { domain: [replicas[0], replicas.at(-1)], ticks: replicas, inset: 12 };
  return panel('', HEIGHT, {
    x: { label: axes.replicas, scale },
    y: { label, scale: { domain, nice: true } },
    marks,
  });
}
