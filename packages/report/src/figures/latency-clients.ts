import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { axisTop } from '../drawing/intervals.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { distinctSeries, seriesStyle, sloStyle } from '../drawing/palette.ts';
import { verdictLegend, verdictMarks } from '../drawing/verdict-marks.ts';
import { columns } from '../study/columns.ts';
import { estimateCells, medianOf, ms, sampleText, usPerMs } from '../study/estimates.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import {
  choiceOf,
  heaviestLoadOf,
  levels,
  loadAxis,
  loadOf,
  loadText,
  loadTicks,
  replicasText,
  type Series,
  seriesOf,
  seriesTitle,
} from '../study/series.ts';
import { numberText } from '../words/format.ts';
import { sloLimitsMs } from './client-curve-panels.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const figureWords = sentences.report.figures;

const height = 230;
const y = ({ p95Us }: CellResult) => medianOf(p95Us, usPerMs);

/** p95 latency against the load, one line a number of replicas, one panel a series. */
export const latencyClients: Figure = {
  name: 'latency-clients',
  title: figureWords.latencyClients,
  absent: figureWords.nothing,
  of(results) {
    const panels = seriesOf(results)
      .map((series) => ({ ...series, cells: series.cells.filter(({ p95Us }) => p95Us) }))
      .filter(({ cells }) => cells.length > 0);
    const last = panels.at(-1);
    if (!last) return null;
    const cells = panels.flatMap((series) => series.cells);
    const replicas = choiceOf(levels(cells.map(({ cell }) => cell.replicas)), distinctSeries);
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'latency-clients',
          panels: panels.map((series) => panelOf(series, replicas, results, paper.language)),
          legend: [
            ...replicas.map((level, i) => ({
              label: replicasText(level, paper.language),
              line: true,
              ...seriesStyle(i),
            })),
            ...(sloLimitsMs(results).length > 0
              ? [
                  {
                    label: figureWords.legendSlo[paper.language],
                    line: true,
                    ...sloStyle,
                  },
                ]
              : []),
            ...verdictLegend(cells, paper.language),
          ],
          panelWidthMin: 200,
        }),
      table: {
        columns: [
          columns.system,
          columns.messages,
          ...factorColumns(results.experiment),
          columns.replicas,
          last.isOpen ? columns.rate : columns.clients,
          columns.p95,
          columns.p95Ci,
          columns.rounds,
          columns.verdict,
        ],
        rows: cells.map((cell) => [
          cell.cell.system,
          cell.cell.messages,
          ...factorValues(cell.cell, results.experiment),
          cell.cell.replicas,
          loadOf(cell),
          ...estimateCells(cell.p95Us, usPerMs),
          cell.verdict,
        ]),
      },
      caption: (language) =>
        fill(figureWords.latencyClientsCaption, language, {
          requests: results.method.thresholds['requestsMinP95'] ?? 72,
          sample: sampleText(
            cells.map(({ p95Us }) => p95Us),
            language,
            'in the table',
          ),
        }),
      reading: (language) => reading(last, results, language),
    };
  },
};

function panelOf(series: Series, replicas: readonly number[], results: Results, language: Language): Panel {
  const top = axisTop(series.cells.map(y));
  const marks = replicas.flatMap((level, i) => {
    const { colour, symbol, dash } = seriesStyle(i);
    const cells = series.cells.filter(({ cell }) => cell.replicas === level);
    return [
      Plot.line(cells, {
        x: loadOf,
        y,
        stroke: colour,
        strokeWidth: 1.3,
        ...(dash && { strokeDasharray: dash }),
      }),
      Plot.dot(cells, { x: loadOf, y, r: 2.8, symbol, fill: colour }),
      ...verdictMarks(cells, { x: loadOf, y }),
    ];
  });
  const limits = sloLimitsMs(results).filter((limit) => limit <= top);
  const loads = levels(series.cells.map(loadOf));
  return {
    title: seriesTitle(series, results, language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: {
            label: loadAxis(series),
            scale: { domain: [0, heaviestLoadOf(series)], ticks: loadTicks(loads) },
          },
          y: { label: axes.p95Axis, scale: { domain: [0, top], nice: true } },
          marks: [Plot.ruleY(limits, { stroke: sloStyle.colour, strokeDasharray: sloStyle.dash }), ...marks],
        },
        width,
        idPrefix,
        position,
      ),
  };
}

function reading(series: Series, results: Results, language: Language): string {
  const load = heaviestLoadOf(series);
  const at = series.cells
    .filter((cell) => loadOf(cell) === load)
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
