import {
  type CellResult,
  fill,
  type Language,
  limitClause,
  type Results,
  type Sentence,
  sentences,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import { hatch, hatchFill } from '../drawing/heat.ts';
import type { Panel } from '../drawing/layout.ts';
import { type LegendEntry, lineEntry } from '../drawing/legend.ts';
import { colours } from '../drawing/palette.ts';
import { curveTable, everyCurve } from '../study/columns.ts';
import { rangeText } from '../study/estimates.ts';
import { curvesAtAGlance, type ScalingCurve, scalingCurves } from '../study/scaling-curve.ts';
import { heaviestLoadOf, levels } from '../study/series.ts';
import { loadText, replicasText, seriesTitle } from '../study/series-text.ts';
import { numberText } from '../words/format.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;

const NAME = 'processors';
const HEIGHT = 200;

/** Who keeps processors busy, from the axis upwards; no two differ by their colour alone. */
const parts = [
  {
    key: 'servers',
    title: axes.servers,
    legend: figureWords.legendServers,
    fill: colours.blue,
    hatched: false,
  },
  { key: 'agents', title: axes.agents, legend: figureWords.legendAgents, fill: colours.amber, hatched: true },
  {
    key: 'others',
    title: axes.others,
    legend: figureWords.legendOthers,
    fill: colours.paper,
    hatched: false,
  },
] as const;

type Key = 'cores' | (typeof parts)[number]['key'];

const busyOf = ({ processors }: CellResult, key: Key) => processors?.[key] ?? Number.NaN;

/** What the processors did with each number of replicas, at the heaviest load: whether they are why growth stops. */
export const processors = figure({
  name: NAME,
  about: 'replicas',
  title: figureWords.processors,
  absent: figureWords.processorsAbsent,
  of(results) {
    const known = scalingCurves(results)
      .map((curve) => ({ ...curve, cells: curve.cells.filter((cell) => cell.processors) }))
      .filter(({ cells }) => cells.length > 0);
    const curves = curvesAtAGlance(known, results);
    const [first] = curves;
    if (!first) return null;
    const cells = curves.flatMap((curve) => curve.cells);
    const rounds = cells.map((cell) => cell.rounds);
    const n = rangeText(Math.min(...rounds), Math.max(...rounds));
    return {
      picture: ({ language }) => ({
        panels: curves.map((curve) => panelOf(curve, cells, results, language)),
        legend: legendOf(),
        definitions: [hatch(NAME)],
        panelWidthMin: 150,
      }),
      table: curveTable(
        results,
        everyCurve,
        known.flatMap((curve) => curve.cells),
        [column('cores', axes.processors), ...parts.map(({ key, title }) => column(key, title))],
      ),
      caption: (language) =>
        fill(figureWords.processorsCaption, language, {
          load: loadText(heaviestLoadOf(first.series), first.series, language),
          cores: coresText(cells, language),
          limits: curves.map((curve) => limitText(curve, results, language)).join(''),
          sample: fill(figureWords.processorsSample, language, { n }),
        }),
      reading: (language) => curves.map((curve) => reading(curve, results, language)).join(' '),
    };
  },
});

const column = (key: Key, title: Sentence) =>
  ({
    key: `${key}_busy`.replace('cores_busy', 'processors'),
    title,
    style: 'parameter',
    of: (cell: CellResult) => busyOf(cell, key),
  }) as const;

function panelOf(
  { series, cells }: ScalingCurve,
  all: readonly CellResult[],
  results: Results,
  language: Language,
): Panel {
  const top = Math.max(...all.map((cell) => Math.max(busyOf(cell, 'cores'), ...bottomsOf(cell))));
  const domain = levels(all.map(({ cell }) => cell.replicas));
  const replicas = ({ cell }: CellResult) => cell.replicas;
  const bars = parts.flatMap(({ hatched, fill }, i) => {
    const at = {
      x: replicas,
      y1: (cell: CellResult) => bottomsOf(cell)[i] ?? 0,
      y2: (cell: CellResult) => bottomsOf(cell)[i + 1] ?? 0,
    };
    return [
      Plot.barY(cells, { ...at, fill, stroke: colours.ink, strokeWidth: 0.8 }),
      hatched ? Plot.barY(cells, { ...at, fill: hatchFill(NAME) }) : null,
    ];
  });
  const allOf = { x: replicas, y: (cell: CellResult) => busyOf(cell, 'cores') };
  return panel(seriesTitle(series, results, language), HEIGHT, {
    x: { label: axes.replicas, scale: { type: 'band', domain, padding: 0.3 } },
    y: { label: axes.processorsAxis, scale: { domain: [0, top * 1.04] } },
    marks: [
      ...bars,
      Plot.tickY(cells, { ...allOf, stroke: colours.ink, strokeWidth: 2, insetLeft: -5, insetRight: -5 }),
    ],
    sharedY: 'name',
  });
}

/** Where the parts of a bar begin, and where the last one ends. */
function bottomsOf(cell: CellResult): number[] {
  const sums = [0];
  for (const { key } of parts) sums.push((sums.at(-1) ?? 0) + busyOf(cell, key));
  return sums;
}

const legendOf = (): LegendEntry[] => [
  ...parts.map(({ legend, fill, hatched }) => ({
    label: legend,
    colour: colours.ink,
    swatch: hatched ? [fill, hatchFill(NAME)] : [fill],
  })),
  lineEntry(figureWords.legendCores, colours.ink),
];

const coresText = (cells: readonly CellResult[], language: Language) =>
  levels(cells.map((cell) => busyOf(cell, 'cores')))
    .map((cores) => numberText(cores, language, 'parameter'))
    .join(', ');

/** What the cell with the most replicas is limited by; nothing where that is not known. */
function limitText({ series, cells }: ScalingCurve, results: Results, language: Language): string {
  const last = cells.at(-1);
  const limit = last && limitClause(last);
  if (!limit) return '';
  return fill(figureWords.processorsLimit, language, {
    series: seriesTitle(series, results, language),
    replicas: replicasText(last.cell.replicas, language),
    limit: limit[language],
  });
}

function reading({ series, cells }: ScalingCurve, results: Results, language: Language): string {
  const last = cells.at(-1);
  if (!last) return '';
  const busy = (key: Key) => numberText(busyOf(last, key), language, 'ratio');
  return fill(figureWords.processorsReading, language, {
    series: seriesTitle(series, results, language),
    replicas: replicasText(last.cell.replicas, language),
    cores: numberText(busyOf(last, 'cores'), language, 'parameter'),
    servers: busy('servers'),
    agents: busy('agents'),
    others: busy('others'),
  });
}
