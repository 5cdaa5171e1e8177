import { type CellResult, fill, type Language, type Results } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { compose, type Panel } from '../drawing/layout.ts';
import { seriesStyle } from '../drawing/palette.ts';
import { drawPlot } from '../drawing/plot.ts';
import { numberText, tickText } from '../format.ts';
import type { Table } from '../tables/table.ts';
import { axes, units } from '../words/axes.ts';
import { figureWords } from '../words/figures.ts';
import {
  estimateCells,
  levels,
  ms,
  replicasTitle,
  type Series,
  sampleText,
  seriesOf,
  seriesTitle,
  usPerMs,
} from './cells.ts';
import type { Figure } from './figure.ts';

const height = 230;

/** p95 latency against clients, one line a number of replicas, one panel a number of messages. */
export const latencyClients: Figure = {
  name: 'latency-clients',
  title: figureWords.latencyClients,
  absent: figureWords.nothing,
  of(results) {
    const panels = seriesOf(results)
      .map((series) => ({ ...series, cells: series.cells.filter(({ p95Us }) => p95Us) }))
      .filter(({ cells }) => cells.length > 0);
    if (panels.length === 0) return null;
    const replicas = levels(results.experiment.replicas);
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'latency-clients',
          panels: panels.map((series) => panelOf(series, replicas, results, paper.language)),
          legend: replicas.map((level, i) => ({
            label: replicasTitle(level, paper.language),
            line: true,
            ...seriesStyle(i),
          })),
          panelWidthMin: 200,
        }),
      table: tableOf(panels),
      caption: (language) =>
        fill(figureWords.latencyClientsCaption, language, {
          sample: sampleText(results, language, 'percentile'),
        }),
      reading: (language) => reading(panels, language),
    };
  },
};

function panelOf(series: Series, replicas: readonly number[], results: Results, language: Language): Panel {
  return {
    title: seriesTitle(series, results, language),
    height,
    draw: (width, idPrefix, position) =>
      drawPlot(
        {
          width,
          height,
          marginLeft: 52,
          marginRight: 12,
          marginTop: 8,
          marginBottom: 36,
          x: {
            label: axes.clients[language],
            labelArrow: 'none',
            labelAnchor: 'center',
            ticks: 5,
            tickFormat: (n: number) => tickText(n, language),
            inset: 6,
          },
          y: {
            label: position.firstInRow ? axes.p95Axis[language] : null,
            labelArrow: 'none',
            labelAnchor: 'center',
            zero: true,
            nice: true,
            grid: true,
            ticks: 5,
            tickFormat: (x: number) => tickText(x, language),
          },
          marks: replicas.flatMap((level, i) => {
            const style = seriesStyle(i);
            const cells = series.cells.filter(({ cell }) => cell.replicas === level);
            const x = ({ cell }: CellResult) => cell.clients;
            const y = ({ p95Us }: CellResult) => ms(p95Us?.value) ?? Number.NaN;
            return [
              Plot.line(cells, {
                x,
                y,
                stroke: style.colour,
                strokeWidth: 1.3,
                ...(style.dash && { strokeDasharray: style.dash }),
              }),
              Plot.dot(cells, { x, y, r: 2.8, symbol: style.symbol, fill: style.colour }),
            ];
          }),
        },
        idPrefix,
      ),
  };
}

function tableOf(panels: readonly Series[]): Table {
  return {
    columns: [
      { key: 'system', title: axes.system },
      { key: 'messages', title: axes.messages, style: 'integer' },
      { key: 'replicas', title: axes.replicas, style: 'integer' },
      { key: 'clients', title: axes.clients, style: 'integer' },
      { key: 'p95_ms', title: axes.p95, unit: units.ms, style: 'significant' },
      { key: 'ci95_low_ms', title: axes.low, unit: units.ms, style: 'significant' },
      { key: 'ci95_high_ms', title: axes.high, unit: units.ms, style: 'significant' },
      { key: 'rounds', title: axes.rounds, style: 'integer' },
    ],
    rows: panels.flatMap(({ cells }) =>
      cells.map(({ cell, p95Us }) => [
        cell.system,
        cell.messages,
        cell.replicas,
        cell.clients,
        ...estimateCells(p95Us, usPerMs),
      ]),
    ),
  };
}

function reading(panels: readonly Series[], language: Language): string {
  const series = panels.at(-1);
  const clients = Math.max(...(series?.cells ?? []).map(({ cell }) => cell.clients));
  const at = (series?.cells ?? [])
    .filter(({ cell }) => cell.clients === clients)
    .sort((a, b) => a.cell.replicas - b.cell.replicas);
  const [first, last] = [at[0], at.at(-1)];
  return fill(figureWords.latencyClientsReading, language, {
    clients,
    messages: series?.messages ?? 0,
    first: first?.cell.replicas ?? 0,
    last: last?.cell.replicas ?? 0,
    from: numberText(ms(first?.p95Us?.value), language),
    to: numberText(ms(last?.p95Us?.value), language),
  });
}
