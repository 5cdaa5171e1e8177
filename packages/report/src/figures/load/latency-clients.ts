import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import { panel } from '../../drawing/frame.ts';
import type { Panel } from '../../drawing/layout.ts';
import { legend, lineEntry, seriesEntries } from '../../drawing/legend.ts';
import {
  axisTop,
  seriesDots,
  seriesLine,
  sloRules,
  verdictEntries,
  verdictMarks,
} from '../../drawing/marks.ts';
import { sloStyle } from '../../drawing/palette.ts';
import { columns, curveTable, everyCurve, loadColumn, p95Columns, roundsOf } from '../../study/columns.ts';
import { medianOf, ms, sampleText, usPerMs } from '../../study/estimates.ts';
import {
  heaviestLoadOf,
  levels,
  loadAxis,
  loadLevelOf,
  loadTicks,
  type Series,
  seriesOf,
  seriesWith,
  shownReplicas,
} from '../../study/series.ts';
import { loadText, replicasText, seriesTitle } from '../../study/series-text.ts';
import { sloLimitsMs } from '../../study/service-levels.ts';
import { numberText } from '../../words/format.ts';
import { figure } from '../kinds/figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;

const HEIGHT = 230;
const REQUESTS_MIN_USUAL = 72;
const p95Of = ({ p95Us }: CellResult) => p95Us;

/** p95 latency against the load, one line a number of replicas, one panel a series. */
export const latencyClients = figure({
  name: 'latency-clients',
  about: 'load',
  title: figureWords.latencyClients,
  of(results) {
    const panels = seriesWith(seriesOf(results), p95Of);
    const last = panels.at(-1);
    if (!last) return null;
    const cells = panels.flatMap((series) => series.cells);
    const replicas = shownReplicas(cells);
    return {
      picture: ({ language }) => ({
        panels: panels.map((series) => panelOf(series, replicas, results, language)),
        legend: legend(
          ...seriesEntries(replicas.map((level) => replicasText(level, language))),
          sloLimitsMs(results).length > 0 && lineEntry(figureWords.legendSlo, sloStyle.colour, sloStyle.dash),
          ...verdictEntries(cells),
        ),
        panelWidthMin: 200,
      }),
      table: curveTable(results, everyCurve, cells, [
        loadColumn(last),
        ...p95Columns,
        roundsOf(p95Of),
        columns.verdict,
      ]),
      caption: (language) =>
        fill(figureWords.latencyClientsCaption, language, {
          requests: results.method.thresholds['requestsMinP95'] ?? REQUESTS_MIN_USUAL,
          sample: sampleText(cells.map(p95Of), language, 'in the table'),
        }),
      reading: (language) => reading(last, results, language),
    };
  },
});

function panelOf(series: Series, replicas: readonly number[], results: Results, language: Language): Panel {
  const at = { x: loadLevelOf, y: ({ p95Us }: CellResult) => medianOf(p95Us, usPerMs) };
  const top = axisTop(series.cells.map(at.y));
  const ticks = loadTicks(levels(series.cells.map(loadLevelOf)));
  return panel(seriesTitle(series, results, language), HEIGHT, {
    x: { label: loadAxis(series), scale: { domain: [0, heaviestLoadOf(series)], ticks } },
    y: { label: axes.p95Axis, scale: { domain: [0, top], nice: true } },
    marks: [
      sloRules(sloLimitsMs(results).filter((limit) => limit <= top)),
      ...replicas.flatMap((level, i) => {
        const cells = series.cells.filter(({ cell }) => cell.replicas === level);
        return [
          seriesLine(i, cells, { ...at, strokeWidth: 1.3 }),
          seriesDots(i, cells, { ...at, r: 2.8 }),
          ...verdictMarks(cells, at),
        ];
      }),
    ],
  });
}

function reading(series: Series, results: Results, language: Language): string {
  const load = heaviestLoadOf(series);
  const at = series.cells
    .filter((cell) => loadLevelOf(cell) === load)
    .sort((a, b) => a.cell.replicas - b.cell.replicas);
  const [first, last] = [at[0], at.at(-1)];
  return fill(figureWords.latencyClientsReading, language, {
    series: seriesTitle(series, results, language),
    load: loadText(load, series, language),
    first: replicasText(first?.cell.replicas ?? 0, language),
    last: replicasText(last?.cell.replicas ?? 0, language),
    from: numberText(ms(first?.p95Us?.value), language),
    to: numberText(ms(last?.p95Us?.value), language),
  });
}
