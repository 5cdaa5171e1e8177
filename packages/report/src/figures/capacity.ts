import { type CapacityResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours, seriesStyle } from '../drawing/palette.ts';
import { capacitySteps, demandSteps, type Step } from '../study/capacity-steps.ts';
import { columns } from '../study/columns.ts';
import { rangeText } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import {
  distinguishable,
  levels,
  loadText,
  loadTicks,
  ofSeries,
  replicasText,
  type Series,
  seriesOf,
  seriesTitle,
} from '../study/series.ts';
import { atFirstSlo, sloText } from '../study/slo-text.ts';
import type { Value } from '../tables/table.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;
const scalingWords = sentences.report.scaling;

const height = 220;
/** Steps of several series stand side by side, this many pixels apart. */
const dodge = 5;

interface Curve {
  readonly of: CapacityResult;
  readonly series: Series;
}

/** Figure 4: capacity and demand as step functions (Theodolite's two definitions), for the first service level. */
export const capacity: Figure = {
  name: 'capacity',
  title: scalingWords.capacity,
  absent: scalingWords.capacityNone,
  of(results) {
    const curves = curvesOf(results);
    const [first] = curves;
    if (!first) return null;
    const rounds = results.trials.map(({ round }) => round);
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'capacity',
          legend: legendOf(curves, results, paper.language),
          panelWidthMin: 220,
          panels: [
            capacityPanel(curves, results, paper.language),
            demandPanel(curves, results, paper.language),
          ],
        }),
      table: {
        columns: [
          columns.system,
          columns.messages,
          ...factorColumns(results.experiment),
          { key: 'slo', title: scalingWords.slo },
          columns.replicas,
          { key: 'capacity_clients', title: axes.capacityAxis, style: 'integer' },
          { key: 'censored', title: scalingWords.censored },
          { key: 'undecided_to_clients', title: scalingWords.undecidedTo, style: 'integer' },
        ],
        rows: results.capacities.flatMap((one) =>
          capacitySteps(one).map(({ at, met, undecidedTo, isBeyond }): Value[] => [
            one.system,
            one.messages,
            ...factorValues(one.factors ?? {}, results.experiment),
            { en: sloText(one.slo, 'en'), 'pt-BR': sloText(one.slo, 'pt-BR') },
            at,
            met === 0 ? null : met,
            isBeyond ? axes.yes : axes.no,
            undecidedTo > met ? undecidedTo : null,
          ]),
        ),
      },
      caption: (language) =>
        fill(scalingWords.capacityCaption, language, {
          slo: sloText(first.of.slo, language),
          n: rangeText(Math.max(...rounds), Math.max(...rounds)),
        }),
      reading: (language) => reading(curves.at(-1) ?? first, results, language),
    };
  },
};

/** Those of the first service level that these rounds can say anything about. */
function curvesOf(results: Results): Curve[] {
  const all = seriesOf(results);
  const curves = all.flatMap((series): Curve[] => {
    const of = ofSeries(atFirstSlo(results), series);
    return of?.decisions.some(({ verdict }) => verdict !== 'not-assessable') ? [{ of, series }] : [];
  });
  return distinguishable(curves, all);
}

function stepMarks(
  steps: readonly Step[],
  index: number,
  count: number,
  curve: 'step-after' | 'step-before',
) {
  const { colour, symbol, dash } = seriesStyle(index);
  const dx = (index - (count - 1) / 2) * dodge;
  const place = { x: 'at', y: 'met', dx };
  const isNothing = ({ met, isBeyond }: Step) => met === 0 || (curve === 'step-before' && isBeyond);
  return [
    Plot.ruleX(
      steps.filter(({ met, undecidedTo }) => met !== undecidedTo),
      {
        x: 'at',
        y1: 'met',
        y2: 'undecidedTo',
        dx,
        stroke: colour,
        strokeOpacity: 0.3,
        strokeWidth: 6,
      },
    ),
    Plot.line(steps, { ...place, stroke: colour, curve, ...(dash && { strokeDasharray: dash }) }),
    Plot.vector(
      steps.filter(({ isBeyond }) => isBeyond),
      {
        ...place,
        length: 16,
        anchor: 'start',
        stroke: colour,
        strokeWidth: 1.5,
      },
    ),
    Plot.dot(steps, {
      ...place,
      symbol,
      r: 3,
      stroke: colour,
      fill: (step: Step) => (isNothing(step) ? colours.paper : colour),
    }),
  ];
}

function capacityPanel(curves: readonly Curve[], results: Results, language: Language): Panel {
  const marks = curves.flatMap(({ of }, i) => stepMarks(capacitySteps(of), i, curves.length, 'step-after'));
  const clients = levels(results.experiment.clients);
  const ticks = levels(results.experiment.replicas);
  return panelOf({
    language,
    x: { label: axes.replicas, scale: { ticks, inset: 14 } },
    y: {
      label: axes.capacityAxis,
      scale: {
        domain: [0, clients.at(-1)],
        insetTop: 16,
        ticks: loadTicks([0, ...clients]),
      },
    },
    marks,
  });
}

function demandPanel(curves: readonly Curve[], results: Results, language: Language): Panel {
  const marks = curves.flatMap(({ of }, i) => stepMarks(demandSteps(of), i, curves.length, 'step-before'));
  const clients = levels(results.experiment.clients);
  const replicas = levels(results.experiment.replicas);
  return panelOf({
    language,
    x: {
      label: axes.clients,
      scale: { domain: [0, clients.at(-1)], inset: 14, ticks: loadTicks(clients) },
    },
    y: { label: axes.demandAxis, scale: { domain: [0, replicas.at(-1)], insetTop: 16, ticks: replicas } },
    marks,
  });
}

function panelOf(frame: Omit<Parameters<typeof drawFrame>[0], 'height'>): Panel {
  return {
    title: '',
    height,
    draw: (width, idPrefix, position) =>
      drawFrame({ ...frame, height }, width, idPrefix, { ...position, firstInRow: true }),
  };
}

function legendOf(curves: readonly Curve[], results: Results, language: Language): LegendEntry[] {
  const say = (key: keyof typeof figureWords) => figureWords[key][language];
  const steps = curves.flatMap(({ of }) => [...capacitySteps(of), ...demandSteps(of)]);
  const entries: (LegendEntry | false)[] = [
    ...curves.map(({ series }, i) => ({
      label: seriesTitle(series, results, language),
      line: true,
      ...seriesStyle(i),
    })),
    steps.some(({ met, undecidedTo }) => met !== undecidedTo) && {
      label: say('legendUndecided'),
      colour: colours.faint,
      band: true,
    },
    steps.some(({ isBeyond }) => isBeyond) && {
      label: say('legendBeyond'),
      colour: colours.ink,
      symbol: 'arrow',
    },
  ];
  return entries.filter((entry) => entry !== false);
}

/** With the most replicas that serve something; then where a load is met above one that is not. */
function reading({ of, series }: Curve, results: Results, language: Language): string {
  const values = { series: seriesTitle(series, results, language), slo: sloText(of.slo, language) };
  const say = (sentence: 'capacityReading' | 'capacityGap', replicas: number, clients: number) =>
    fill(scalingWords[sentence], language, {
      ...values,
      replicas: replicasText(replicas, language),
      clients: loadText(clients, { isOpen: false }, language),
    });
  const best = capacitySteps(of).findLast(({ met }) => met > 0);
  const gap = of.capacity.findLast(({ strict, theodolite }) => (theodolite ?? 0) > (strict ?? 0));
  const gapText = gap?.theodolite ? say('capacityGap', gap.replicas, gap.theodolite) : '';
  if (best) return [say('capacityReading', best.at, best.met), gapText].filter(Boolean).join(' ');
  return gapText || fill(scalingWords[nothingMet(of)], language, values);
}

/** Why no load is met with any number of replicas. */
function nothingMet(of: CapacityResult): 'capacityUndecided' | 'capacityNever' | 'capacityUnknown' {
  if (capacitySteps(of).some(({ undecidedTo }) => undecidedTo > 0)) return 'capacityUndecided';
  const least = Math.min(...of.decisions.map(({ clients }) => clients));
  const atLeast = of.decisions.filter(({ clients }) => clients === least);
  return atLeast.every(({ verdict }) => verdict === 'violated') ? 'capacityNever' : 'capacityUnknown';
}
