import {
  type CellResult,
  type Estimate,
  fill,
  type Language,
  type Results,
  type Sentence,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { drawPlot } from '../drawing/plot.ts';
import { noNumber, numberText } from '../format.ts';
import type { Table } from '../tables/table.ts';
import { axes, units } from '../words/axes.ts';
import { figureWords } from '../words/figures.ts';
import { estimateCells, levels, type Series, sampleText, seriesOf, seriesTitle, usPerMs } from './cells.ts';
import type { Figure } from './figure.ts';

/** What a matrix shows: one number a cell. */
interface Metric {
  readonly name: string;
  readonly title: Sentence;
  readonly key: string;
  readonly quantity: Sentence;
  readonly unit: Sentence;
  readonly scale: number;
  readonly interval: 'throughput' | 'percentile';
  readonly of: (cell: CellResult) => Estimate | null;
}

const rowHeight = 22;
const margins = { top: 4, bottom: 36 };

/** Figure 5: replicas × clients, one panel a number of messages, the value in the cell. */
function matrixFigure(metric: Metric): Figure {
  return {
    name: metric.name,
    title: metric.title,
    absent: figureWords.nothing,
    of(results) {
      const panels = seriesOf(results);
      const values = valuesOf(panels, metric);
      if (values.length === 0) return null;
      const range: [number, number] = [Math.min(...values), Math.max(...values)];
      return {
        draw: (paper) =>
          compose(paper, {
            name: metric.name,
            panels: panels.map((series) => panelOf(series, metric, range, results, paper.language)),
            legend: [],
            panelWidthMin: 210,
          }),
        table: tableOf(panels, metric),
        caption: (language) =>
          fill(figureWords.matrixCaption, language, {
            unit: metric.unit[language],
            sample: sampleText(results, language, metric.interval),
          }),
        reading: (language) => reading(panels, metric, language),
      };
    },
  };
}

export const throughputMatrix = matrixFigure({
  name: 'throughput-matrix',
  title: figureWords.throughputMatrix,
  key: 'throughput_per_s',
  quantity: axes.throughput,
  unit: units.perSecond,
  scale: 1,
  interval: 'throughput',
  of: ({ throughput }) => throughput,
});

export const latencyMatrix = matrixFigure({
  name: 'latency-matrix',
  title: figureWords.latencyMatrix,
  key: 'p95_ms',
  quantity: axes.p95,
  unit: units.ms,
  scale: usPerMs,
  interval: 'percentile',
  of: ({ p95Us }) => p95Us,
});

function valuesOf(panels: readonly Series[], metric: Metric): number[] {
  return panels.flatMap(({ cells }) =>
    cells.flatMap((cell) => {
      const value = metric.of(cell)?.value;
      return value === undefined ? [] : [value / metric.scale];
    }),
  );
}

function panelOf(
  series: Series,
  metric: Metric,
  range: [number, number],
  results: Results,
  language: Language,
): Panel {
  const clients = levels(results.experiment.clients);
  const height = margins.top + margins.bottom + rowHeight * clients.length;
  const value = (cell: CellResult) => {
    const found = metric.of(cell)?.value;
    return found === undefined ? null : found / metric.scale;
  };
  const text = (cell: CellResult) => `${numberText(value(cell), language)}${signs[cell.verdict]}`;
  // Light text on the dark half of the scale, so that every number can be read.
  const middle = Math.sqrt(range[0] * range[1]);
  const x = ({ cell }: CellResult) => cell.replicas;
  const y = ({ cell }: CellResult) => cell.clients;
  return {
    title: seriesTitle(series, results, language),
    height,
    draw: (width, idPrefix, position) =>
      drawPlot(
        {
          width,
          height,
          marginLeft: 44,
          marginRight: 4,
          marginTop: margins.top,
          marginBottom: margins.bottom,
          padding: 0.04,
          x: {
            type: 'band',
            domain: levels(results.experiment.replicas),
            label: axes.replicas[language],
            labelArrow: 'none',
            labelAnchor: 'center',
            tickSize: 0,
          },
          y: {
            type: 'band',
            domain: [...clients].reverse(),
            label: position.firstInRow ? axes.clients[language] : null,
            labelArrow: 'none',
            labelAnchor: 'center',
            tickSize: 0,
          },
          color: { type: 'log', domain: range, interpolate: heat },
          marks: [
            Plot.cell(
              series.cells.filter((cell) => value(cell) !== null),
              { x, y, fill: value },
            ),
            Plot.cell(
              series.cells.filter((cell) => value(cell) === null),
              { x, y, fill: colours.rule },
            ),
            Plot.text(series.cells, {
              x,
              y,
              text,
              fontSize: 10,
              fill: (cell: CellResult) => inkOn(value(cell), middle),
            }),
          ],
        },
        idPrefix,
      ),
  };
}

/** These two do not follow the page into dark mode, as the cells below them do not; an empty cell does. */
function inkOn(value: number | null, middle: number): string {
  if (value === null) return colours.ink;
  return value > middle ? '#fffffe' : '#1a1a19';
}

const signs = { VALID: '', SUSPECT: ' ?', INVALID: ' ✕' } as const;

/** Light to dark, as one hue: the eye orders it, in grey print too. */
function heat(share: number): string {
  const mix = (from: number, to: number) => Math.round(from + (to - from) * share);
  return `rgb(${mix(232, 0)},${mix(241, 76)},${mix(250, 128)})`;
}

function tableOf(panels: readonly Series[], metric: Metric): Table {
  return {
    columns: [
      { key: 'system', title: axes.system },
      { key: 'messages', title: axes.messages, style: 'integer' },
      { key: 'replicas', title: axes.replicas, style: 'integer' },
      { key: 'clients', title: axes.clients, style: 'integer' },
      { key: metric.key, title: metric.quantity, unit: metric.unit, style: 'significant' },
      { key: 'ci95_low', title: axes.low, unit: metric.unit, style: 'significant' },
      { key: 'ci95_high', title: axes.high, unit: metric.unit, style: 'significant' },
      { key: 'rounds', title: axes.rounds, style: 'integer' },
      { key: 'verdict', title: axes.verdict },
    ],
    rows: panels.flatMap(({ cells }) =>
      cells.map((cell) => [
        cell.cell.system,
        cell.cell.messages,
        cell.cell.replicas,
        cell.cell.clients,
        ...estimateCells(metric.of(cell), metric.scale),
        cell.verdict,
      ]),
    ),
  };
}

function reading(panels: readonly Series[], metric: Metric, language: Language): string {
  const valid = panels.map((series) => ({
    ...series,
    cells: series.cells.filter(({ verdict }) => verdict === 'VALID'),
  }));
  const values = valuesOf(valid, metric);
  const shown = (value: number) => (values.length === 0 ? noNumber : numberText(value, language));
  return fill(figureWords.matrixReading, language, {
    low: shown(Math.min(...values)),
    high: shown(Math.max(...values)),
    unit: metric.unit[language],
  });
}
