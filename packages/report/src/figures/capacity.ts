import { fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import type { Panel } from '../drawing/layout.ts';
import { bandEntry, dotEntry, legend, seriesEntries } from '../drawing/legend.ts';
import { seriesDots, seriesLine, sideBySide } from '../drawing/marks.ts';
import { colours, seriesStyle } from '../drawing/palette.ts';
import { rangeText } from '../study/estimates.ts';
import { levels, loadTicks } from '../study/series.ts';
import { loadText, replicasText, seriesTitle } from '../study/series-text.ts';
import {
  type CapacityCurve,
  capacityCurves,
  capacityTable,
  isUndecided,
  nothingMet,
  type Step,
  sloText,
} from '../study/service-levels.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;
const scalingWords = sentences.report.scaling;

const HEIGHT = 220;
/** Steps of several series stand side by side, this many pixels apart. */
const APART = 5;

/** Figure 4: capacity and demand as step functions (Theodolite's two definitions), for the first service level. */
export const capacity = figure({
  name: 'capacity',
  about: 'slo',
  title: scalingWords.capacity,
  absent: scalingWords.capacityNone,
  of(results) {
    const curves = capacityCurves(results);
    const [first] = curves;
    if (!first) return null;
    const rounds = Math.max(...results.trials.map(({ round }) => round));
    const steps = curves.flatMap((curve) => [...curve.capacity, ...curve.demand]);
    return {
      picture: ({ language }) => ({
        legend: legend(
          ...seriesEntries(curves.map(({ series }) => seriesTitle(series, results, language))),
          steps.some(isUndecided) && bandEntry(figureWords.legendUndecided, colours.faint),
          steps.some(({ isBeyond }) => isBeyond) && dotEntry(figureWords.legendBeyond, colours.ink, 'arrow'),
        ),
        panelWidthMin: 220,
        panels: [capacityPanel(curves, results), demandPanel(curves, results)],
      }),
      table: capacityTable(results),
      caption: (language) =>
        fill(scalingWords.capacityCaption, language, {
          slo: sloText(first.of.slo, language),
          n: rangeText(rounds, rounds),
        }),
      reading: (language) => reading(curves.at(-1) ?? first, results, language),
    };
  },
});

function stepMarks(
  steps: readonly Step[],
  index: number,
  count: number,
  curve: 'step-after' | 'step-before',
) {
  const { colour: stroke } = seriesStyle(index);
  const at = { x: 'at', y: 'met', dx: sideBySide(index, count, APART), stroke };
  const isNothing = ({ met, isBeyond }: Step) => met === 0 || (curve === 'step-before' && isBeyond);
  const undecided = { y1: 'met', y2: 'undecidedTo', strokeOpacity: 0.3, strokeWidth: 6 };
  return [
    Plot.ruleX(steps.filter(isUndecided), { ...undecided, x: at.x, dx: at.dx, stroke }),
    seriesLine(index, steps, { ...at, curve }),
    Plot.vector(
      steps.filter(({ isBeyond }) => isBeyond),
      { ...at, length: 16, anchor: 'start', strokeWidth: 1.5 },
    ),
    seriesDots(index, steps, {
      ...at,
      r: 3,
      fill: (step: Step) => (isNothing(step) ? colours.paper : stroke),
    }),
  ];
}

function capacityPanel(curves: readonly CapacityCurve[], { experiment }: Results): Panel {
  const clients = levels(experiment.clients);
  const scale = { domain: [0, clients.at(-1)], insetTop: 16, ticks: loadTicks([0, ...clients]) };
  return panel('', HEIGHT, {
    x: { label: axes.replicas, scale: { ticks: levels(experiment.replicas), inset: 14 } },
    y: { label: axes.capacityAxis, scale },
    marks: curves.flatMap((curve, i) => stepMarks(curve.capacity, i, curves.length, 'step-after')),
  });
}

function demandPanel(curves: readonly CapacityCurve[], { experiment }: Results): Panel {
  const clients = levels(experiment.clients);
  const replicas = levels(experiment.replicas);
  const scale = { domain: [0, clients.at(-1)], inset: 14, ticks: loadTicks(clients) };
  return panel('', HEIGHT, {
    x: { label: axes.clients, scale },
    y: { label: axes.demandAxis, scale: { domain: [0, replicas.at(-1)], insetTop: 16, ticks: replicas } },
    marks: curves.flatMap((curve, i) => stepMarks(curve.demand, i, curves.length, 'step-before')),
  });
}

/** With the most replicas that serve something; then where a load is met above one that is not. */
function reading({ of, series, capacity }: CapacityCurve, results: Results, language: Language): string {
  const values = { series: seriesTitle(series, results, language), slo: sloText(of.slo, language) };
  const say = (sentence: 'capacityReading' | 'capacityGap', replicas: number, clients: number) =>
    fill(scalingWords[sentence], language, {
      ...values,
      replicas: replicasText(replicas, language),
      clients: loadText(clients, { isOpen: false }, language),
    });
  const best = capacity.findLast(({ met }) => met > 0);
  const gap = of.capacity.findLast(({ strict, theodolite }) => (theodolite ?? 0) > (strict ?? 0));
  const gapText = gap?.theodolite ? say('capacityGap', gap.replicas, gap.theodolite) : '';
  if (best) return [say('capacityReading', best.at, best.met), gapText].filter(Boolean).join(' ');
  return gapText || fill(scalingWords[nothingMet(of)], language, values);
}
