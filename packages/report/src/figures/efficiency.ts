import { fill, type Language, type Results, type Sentence, type SpeedupSeries } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours, seriesStyle } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import { axes } from '../words/axes.ts';
import { figureWords } from '../words/figures.ts';
import { scalingWords } from '../words/scaling.ts';
import { estimateCells, largest, levels, sampleText, seriesTitle } from './cells.ts';
import type { Figure } from './figure.ts';

const height = 230;
type Point = SpeedupSeries['points'][number];
const x = ({ replicas }: Point) => replicas;

/** Figure 2: what each replica still does, and the serial fraction that explains the loss. */
export const efficiency: Figure = {
  name: 'efficiency',
  title: scalingWords.efficiency,
  absent: figureWords.nothing,
  of(results) {
    const clients = largest(results.experiment.clients);
    const all = results.speedups.filter((series) => series.clients === clients && series.points.length > 1);
    const last = all.at(-1);
    const most = last?.points.at(-1);
    if (!last || !most) return null;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'efficiency',
          legend: all.map((series, i) => ({
            label: seriesTitle({ ...series, cells: [] }, results, paper.language),
            line: true,
            ...seriesStyle(i),
          })),
          panelWidthMin: 220,
          panels: [
            efficiencyPanel(all, results, paper.language),
            karpFlattPanel(all, results, paper.language),
          ],
        }),
      table: {
        columns: [
          { key: 'system', title: axes.system },
          { key: 'messages', title: axes.messages, style: 'integer' },
          { key: 'replicas', title: axes.replicas, style: 'integer' },
          { key: 'speedup', title: axes.speedup, style: 'ratio' },
          { key: 'efficiency', title: axes.efficiency, style: 'ratio' },
          { key: 'efficiency_low', title: axes.low, style: 'ratio' },
          { key: 'efficiency_high', title: axes.high, style: 'ratio' },
          { key: 'karp_flatt', title: axes.karpFlatt, style: 'parameter' },
        ],
        rows: all.flatMap(({ system, messages, points }) =>
          points.map((point) => [
            system,
            messages,
            point.replicas,
            point.speedup.value,
            ...estimateCells(point.efficiency).slice(0, 3),
            point.karpFlatt,
          ]),
        ),
      },
      caption: (language) =>
        fill(scalingWords.efficiencyCaption, language, {
          base: last.baseReplicas,
          clients,
          sample: sampleText(results, language, 'throughput'),
        }),
      reading: (language) =>
        fill(scalingWords.efficiencyReading, language, {
          replicas: most.replicas,
          efficiency: numberText(most.efficiency.value, language, 'percent'),
          base: last.baseReplicas,
        }),
    };
  },
};

function efficiencyPanel(all: readonly SpeedupSeries[], results: Results, language: Language): Panel {
  const y = ({ efficiency: of }: Point) => of.value;
  const intervals = all.flatMap(({ points }, i) =>
    Plot.ruleX(
      points.filter(({ efficiency: of }) => of.ci95),
      {
        x,
        y1: ({ efficiency: of }: Point) => of.ci95?.low ?? Number.NaN,
        y2: ({ efficiency: of }: Point) => of.ci95?.high ?? Number.NaN,
        stroke: seriesStyle(i).colour,
      },
    ),
  );
  return panelOf(axes.efficiencyAxis, results, language, [
    Plot.ruleY([1], { stroke: colours.faint, strokeDasharray: '5 3' }),
    ...intervals,
    ...all.flatMap(({ points }, i) => line(points, y, i)),
  ]);
}

function karpFlattPanel(all: readonly SpeedupSeries[], results: Results, language: Language): Panel {
  const y = ({ karpFlatt }: Point) => karpFlatt ?? Number.NaN;
  const marks = all.flatMap(({ points }, i) =>
    line(
      points.filter(({ karpFlatt }) => karpFlatt !== null),
      y,
      i,
    ),
  );
  return panelOf(axes.karpFlatt, results, language, [Plot.ruleY([0], { stroke: colours.faint }), ...marks]);
}

function line(points: readonly Point[], y: (point: Point) => number, index: number): Plot.Markish[] {
  const { colour, symbol, dash } = seriesStyle(index);
  return [
    Plot.line(points, { x, y, stroke: colour, ...(dash && { strokeDasharray: dash }) }),
    Plot.dot(points, {
      x,
      y,
      symbol,
      r: 3,
      stroke: colour,
      fill: ({ clientLimited }: Point) => (clientLimited ? colours.paper : colour),
    }),
  ];
}

function panelOf(label: Sentence, results: Results, language: Language, marks: Plot.Markish[]): Panel {
  const replicas = levels(results.experiment.replicas);
  return {
    title: '',
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: {
            label: axes.replicas,
            // Karp–Flatt has no value at the base, and its panel shows the same replicas all the same.
            scale: { domain: [replicas[0], replicas.at(-1)], ticks: replicas },
          },
          y: { label, scale: { zero: true, nice: true } },
          marks,
        },
        width,
        idPrefix,
        // The two panels measure different things, so each names its axis.
        { ...position, firstInRow: true },
      ),
  };
}
