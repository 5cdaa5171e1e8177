import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import { isCut } from '../drawing/intervals.ts';
import { compose, narrowBelow, type Panel, type Paper } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours, distinctSeries, seriesStyle, sloStyle } from '../drawing/palette.ts';
import { verdictLegend } from '../drawing/verdict-marks.ts';
import type { Element } from '../markup/element.ts';
import { columns } from '../study/columns.ts';
import { estimateCells, ms, sampleText, usPerMs } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import {
  choiceOf,
  curveTitle,
  levels,
  loadOf,
  loadText,
  messagesText,
  mostMessages,
  replicasText,
  type Series,
  seriesOf,
  seriesTitle,
} from '../study/series.ts';
import { numberText } from '../words/format.ts';
import {
  barsOf,
  boundsOf,
  type Curves,
  kneeOf,
  latencyPanel,
  p95Of,
  p95Top,
  padding,
  sloLimitsMs,
  throughputOf,
  throughputPanel,
  throughputTop,
} from './client-curve-panels.ts';
import type { Figure } from './figure.ts';

const figureWords = sentences.report.figures;

/** Columns of numbers of replicas are no narrower than this. */
const columnWidthMin = 110;

/** Figure 3: throughput above, p95 below, one column a number of replicas, at the largest number of messages. */
export const clientCurves: Figure = {
  name: 'client-curves',
  title: figureWords.clientCurves,
  absent: figureWords.nothing,
  of(results) {
    const curves = curvesOf(results);
    const [first] = curves.series;
    if (!first || curves.cells.length === 0) return null;
    const cut =
      isCut(barsOf(curves.cells, throughputOf), throughputTop(curves)) ||
      isCut(barsOf(curves.cells, p95Of, usPerMs), p95Top(curves));
    return {
      draw: (paper) => drawCurves(curves, paper),
      table: {
        columns: [
          columns.system,
          ...factorColumns(results.experiment),
          columns.replicas,
          first.isOpen ? columns.rate : columns.clients,
          columns.throughput,
          columns.throughputCi,
          columns.p95,
          columns.p95Ci,
          columns.verdict,
        ],
        rows: curves.cells.map((cell) => [
          cell.cell.system,
          ...factorValues(cell.cell, results.experiment),
          cell.cell.replicas,
          loadOf(cell),
          ...estimateCells(cell.throughput).slice(0, 2),
          ...estimateCells(cell.p95Us, usPerMs).slice(0, 2),
          cell.verdict,
        ]),
      },
      caption: (language) =>
        fill(figureWords.clientCurvesCaption, language, {
          messages: first.isOpen ? '' : `, ${messagesText(first.messages, language)}`,
          cut: cut ? figureWords.cut[language] : '',
          sample: sampleText(
            curves.cells.flatMap(({ throughput, p95Us }) => [throughput, p95Us]),
            language,
          ),
        }),
      reading: (language) => reading(curves.series.at(-1) ?? first, results, language),
    };
  },
};

function curvesOf(results: Results): Curves {
  const measured = mostMessages(seriesOf(results))
    .map((one) => ({ ...one, cells: one.cells.filter(({ throughput }) => throughput) }))
    .filter(({ cells }) => cells.length > 0);
  const series = choiceOf(measured, distinctSeries);
  return {
    results,
    series,
    cells: series.flatMap(({ cells }) => cells),
    only: series.length === 1 ? (series[0] ?? null) : null,
  };
}

function drawCurves(curves: Curves, paper: Paper): Element {
  const { language } = paper;
  const replicas = levels(curves.cells.map(({ cell }) => cell.replicas));
  const isNarrow = paper.width < narrowBelow;
  // A phone gets both panels of a number of replicas side by side; paper gets rows of as many columns as fit.
  const columnsMax = isNarrow ? 2 : Math.min(replicas.length, Math.floor(paper.width / columnWidthMin));
  const inRow = isNarrow ? 1 : columnsMax;
  const panels: Panel[] = [];
  for (let start = 0; start < replicas.length; start += inRow) {
    const row = replicas.slice(start, start + inRow);
    panels.push(
      ...row.map((level) => throughputPanel(curves, level, paper)),
      ...padding(row.length, inRow),
      ...row.map((level) => latencyPanel(curves, level, paper)),
      ...padding(row.length, inRow),
    );
  }
  return compose(paper, {
    name: 'client-curves',
    panels,
    legend: legendOf(curves, language),
    panelWidthMin: 100,
    columnsMax,
  });
}

function legendOf(curves: Curves, language: Language): LegendEntry[] {
  const { results, series, cells } = curves;
  const say = (key: keyof typeof figureWords) => figureWords[key][language];
  const has = (of: typeof boundsOf | typeof kneeOf) =>
    cells.some(({ cell }) => of(curves, cell.replicas) !== undefined);
  const entries: (LegendEntry | false)[] = [
    ...(series.length > 1
      ? series.map((one, i) => ({
          label: curveTitle(one, results, language),
          line: true,
          ...seriesStyle(i),
        }))
      : []),
    has(boundsOf) && {
      label: say('legendBounds'),
      colour: colours.faint,
      line: true,
      dash: '1.5 2.5',
    },
    sloLimitsMs(results).length > 0 && {
      label: say('legendSlo'),
      line: true,
      ...sloStyle,
    },
    has(kneeOf) && { label: say('legendKnee'), colour: colours.ink, symbol: 'tick' },
    ...verdictLegend(cells, language),
  ];
  return entries.filter((entry) => entry !== false);
}

function reading(series: Series, results: Results, language: Language): string {
  const replicas = Math.max(...series.cells.map(({ cell }) => cell.replicas));
  const at = series.cells.filter(({ cell }) => cell.replicas === replicas);
  const best = at.reduce<CellResult | undefined>(
    (most, cell) => ((cell.throughput?.value ?? 0) > (most?.throughput?.value ?? 0) ? cell : most),
    undefined,
  );
  const of = {
    series: seriesTitle(series, results, language),
    replicas: replicasText(replicas, language),
  };
  if (!best?.throughput) return fill(figureWords.clientCurvesNone, language, of);
  const p95 = numberText(ms(best.p95Us?.value), language);
  return fill(figureWords.clientCurvesReading, language, {
    ...of,
    value: numberText(best.throughput.value, language),
    load: loadText(loadOf(best), series, language),
    p95: best.p95Us ? fill(figureWords.withP95, language, { p95 }) : '',
  });
}
