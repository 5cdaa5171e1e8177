import {
  fill,
  type Language,
  type LawResult,
  type Results,
  type Sentence,
  type SpeedupSeries,
  sentences,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { axisTop, type Bar, intervalMarks, isCut } from '../drawing/intervals.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours, seriesStyle } from '../drawing/palette.ts';
import { columns } from '../study/columns.ts';
import { estimateCells, sampleText } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import { chosenLawText, drawnLaw } from '../study/laws.ts';
import {
  distinguishable,
  heaviestLoadOf,
  levels,
  loadText,
  ofSeries,
  replicasText,
  type Series,
  seriesOf,
  seriesTitle,
} from '../study/series.ts';
import { numberText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;
const scalingWords = sentences.report.scaling;

const height = 230;
/** Series of one number of replicas stand side by side, this many pixels apart. */
const dodge = 4;
type Point = SpeedupSeries['points'][number];

interface Curve {
  readonly series: Series;
  readonly points: readonly Point[];
  readonly baseReplicas: number;
  readonly law: LawResult | null;
}

/** Figure 2: what each replica still does, the serial fraction that explains the loss, and the law chosen. */
export const efficiency: Figure = {
  name: 'efficiency',
  title: scalingWords.efficiency,
  absent: scalingWords.efficiencyAbsent,
  of(results) {
    const curves = curvesOf(results);
    const last = curves.at(-1);
    const most = last?.points.at(-1);
    if (!last || !most) return null;
    const top = axisTop(
      [1, ...curves.flatMap(({ points }) => points.map((point) => point.efficiency.value))],
      curves.flatMap(barsOf),
    );
    const notes = {
      cut: curves.some((curve) => isCut(barsOf(curve), top)),
      hollow: hollowText(curves.flatMap(({ points }) => points)),
    };
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'efficiency',
          legend: curves.map(({ series, law }, i) => ({
            label: `${seriesTitle(series, results, paper.language)}: ${chosenLawText(law, paper.language)}`,
            line: true,
            ...seriesStyle(i),
          })),
          panelWidthMin: 220,
          panels: [
            efficiencyPanel(curves, top, results, paper.language),
            karpFlattPanel(curves, results, paper.language),
          ],
        }),
      table: {
        columns: [
          columns.system,
          columns.messages,
          ...factorColumns(results.experiment),
          columns.replicas,
          { key: 'speedup', title: axes.speedup, style: 'ratio' },
          { key: 'efficiency', title: axes.efficiency, style: 'ratio' },
          { key: 'efficiency_low', highKey: 'efficiency_high', title: axes.interval, style: 'ratio' },
          { key: 'karp_flatt', title: axes.karpFlatt, style: 'parameter' },
        ],
        rows: curves.flatMap(({ series, points }) =>
          points.map((point) => [
            series.system,
            series.messages,
            ...factorValues(series.cells[0]?.cell ?? {}, results.experiment),
            point.replicas,
            point.speedup.value,
            ...estimateCells(point.efficiency).slice(0, 2),
            point.karpFlatt,
          ]),
        ),
      },
      caption: (language) =>
        fill(scalingWords.efficiencyCaption, language, {
          base: replicasText(last.baseReplicas, language),
          load: loadText(heaviestLoadOf(last.series), last.series, language),
          limited: notes.hollow?.[language] ?? '',
          cut: notes.cut ? figureWords.cut[language] : '',
          sample: sampleText(
            curves.flatMap(({ points }) => points.slice(1).map((point) => point.efficiency)),
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
};

/** All of the study, or those of the most messages where there are more than eyes can tell apart. */
function curvesOf(results: Results): Curve[] {
  const all = seriesOf(results);
  const curves = all.flatMap((series): Curve[] => {
    const clients = heaviestLoadOf(series);
    const found = ofSeries(
      results.speedups.filter((one) => one.clients === clients),
      series,
    );
    if (!found || found.points.length < 2) return [];
    const { points, baseReplicas } = found;
    return [{ series, points, baseReplicas, law: drawnLaw(series, results) }];
  });
  return distinguishable(curves, all);
}

const barsOf = ({ points }: Pick<Curve, 'points'>): Bar[] =>
  points.flatMap(({ replicas, efficiency: { ci95 } }) =>
    ci95 ? [{ x: replicas, low: ci95.low, high: ci95.high }] : [],
  );

/** Such a point says nothing of the servers. */
const isLimited = ({ clientLimited, machineLimited }: Point) => clientLimited || machineLimited === true;

function hollowText(points: readonly Point[]): Sentence | null {
  const byMachine = points.some(({ machineLimited }) => machineLimited);
  if (!points.some(({ clientLimited }) => clientLimited))
    return byMachine ? scalingWords.hollowMachine : null;
  return byMachine ? scalingWords.hollowBoth : scalingWords.hollowClients;
}

const offset = (index: number, count: number) => (index - (count - 1) / 2) * dodge;

function efficiencyPanel(curves: readonly Curve[], top: number, results: Results, language: Language): Panel {
  const y = (point: Point) => point.efficiency.value;
  const marks = curves.flatMap(({ points }, i) => {
    const dx = offset(i, curves.length);
    return [
      ...intervalMarks(barsOf({ points }), top, { stroke: seriesStyle(i).colour, dx }),
      ...line(points, y, i, dx),
    ];
  });
  const ideal = Plot.ruleY([1], { stroke: colours.faint, strokeDasharray: '5 3' });
  return panelOf(axes.efficiencyAxis, [0, top], results, language, [ideal, ...marks]);
}

function karpFlattPanel(curves: readonly Curve[], results: Results, language: Language): Panel {
  const y = ({ karpFlatt }: Point) => karpFlatt ?? Number.NaN;
  const known = curves.map(({ points }) => points.filter(({ karpFlatt }) => karpFlatt !== null));
  const values = known.flat().map(y);
  const [low, high] = [Math.min(0, ...values), Math.max(0.1, ...values)];
  const marks = known.flatMap((points, i) => line(points, y, i, offset(i, curves.length)));
  return panelOf(axes.karpFlatt, [low, high * 1.06], results, language, [
    Plot.ruleY([0], { stroke: colours.faint }),
    ...marks,
  ]);
}

function line(
  points: readonly Point[],
  y: (point: Point) => number,
  index: number,
  dx: number,
): Plot.Markish[] {
  const { colour, symbol, dash } = seriesStyle(index);
  const x = ({ replicas }: Point) => replicas;
  return [
    Plot.line(points, { x, y, dx, stroke: colour, ...(dash && { strokeDasharray: dash }) }),
    Plot.dot(points, {
      x,
      y,
      dx,
      symbol,
      r: 3,
      stroke: colour,
      fill: (point: Point) => (isLimited(point) ? colours.paper : colour),
    }),
  ];
}

function panelOf(
  label: Sentence,
  domain: [number, number],
  results: Results,
  language: Language,
  marks: Plot.Markish[],
): Panel {
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
            scale: { domain: [replicas[0], replicas.at(-1)], ticks: replicas, inset: 12 },
          },
          y: { label, scale: { domain, nice: true } },
          marks,
        },
        width,
        idPrefix,
        // The two panels measure different things, so each names its axis.
        { ...position, firstInRow: true },
      ),
  };
}
