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
const busyWords = sentences.report.processors;

const NAME = 'processors';
const HEIGHT = 200;

/** Who keeps processors busy, from the axis upwards; no two differ by their colour alone. */
const parts = [
  { key: 'servers', swatch: [colours.blue] },
  { key: 'agents', swatch: [colours.amber, hatchFill(NAME)] },
  { key: 'others', swatch: [colours.paper] },
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
    const rounds = levels(cells.map((cell) => cell.rounds));
    const n = rangeText(rounds[0] ?? 0, rounds.at(-1) ?? 0);
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
        [column('cores', axes.processors, 'processors'), ...parts.map(({ key }) => column(key, axes[key]))],
      ),
      caption: (language) =>
        fill(figureWords.processorsCaption, language, {
          load: loadText(heaviestLoadOf(first.series), first.series, language),
          cores: coresText(cells, language),
          limits: curves.map((curve) => said(figureWords.processorsLimit, curve, results)(language)).join(''),
          sample: fill(figureWords.processorsSample, language, { n }),
        }),
      reading: (language) =>
        curves.map((curve) => said(figureWords.processorsReading, curve, results)(language)).join(' '),
    };
  },
});

const column = (key: Key, title: Sentence, name = `${key}_busy`) =>
  ({ key: name, title, style: 'parameter', of: (cell: CellResult) => busyOf(cell, key) }) as const;

function panelOf(
  { series, cells }: ScalingCurve,
  all: readonly CellResult[],
  results: Results,
  language: Language,
): Panel {
  const top = Math.max(...all.map((cell) => busyOf(cell, 'cores')));
  const domain = levels(all.map(({ cell }) => cell.replicas));
  const replicas = ({ cell }: CellResult) => cell.replicas;
  const bars = parts.flatMap(({ swatch }, i) => {
    const y1 = (cell: CellResult) => bottomsOf(cell)[i] ?? 0;
    const y2 = (cell: CellResult) => bottomsOf(cell)[i + 1] ?? 0;
    return swatch.map((fill) =>
      Plot.barY(cells, { x: replicas, y1, y2, fill, stroke: colours.ink, strokeWidth: 0.8 }),
    );
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
  ...parts.map(({ key, swatch }) => ({ label: busyWords[key], colour: colours.ink, swatch })),
  lineEntry(figureWords.legendCores, colours.ink),
];

const coresText = (cells: readonly CellResult[], language: Language) =>
  levels(cells.map((cell) => busyOf(cell, 'cores')))
    .map((cores) => numberText(cores, language, 'parameter'))
    .join(', ');

/** What is said of a curve at its most replicas; nothing of the limit where that is not known. */
function said(sentence: Sentence, { series, cells }: ScalingCurve, results: Results) {
  return (language: Language): string => {
    const last = cells.at(-1);
    const limit = last && limitClause(last);
    if (!last || (sentence === figureWords.processorsLimit && !limit)) return '';
    const busy = parts.map((part) => [part.key, numberText(busyOf(last, part.key), language, 'ratio')]);
    return fill(sentence, language, {
      series: seriesTitle(series, results, language),
      replicas: replicasText(last.cell.replicas, language),
      cores: numberText(busyOf(last, 'cores'), language, 'parameter'),
      limit: limit?.[language] ?? '',
      ...Object.fromEntries(busy),
    });
  };
}
