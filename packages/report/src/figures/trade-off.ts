import { type CellResult, fill, type Results } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose } from '../drawing/layout.ts';
import { colours, seriesStyle } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import { axes, units } from '../words/axes.ts';
import { figureWords } from '../words/figures.ts';
import { scalingWords } from '../words/scaling.ts';
import { largest, levels, ms, replicasTitle, sampleText } from './cells.ts';
import type { Figure } from './figure.ts';

const height = 280;
const x = ({ throughput }: CellResult) => throughput?.value ?? Number.NaN;
const y = ({ p50Us }: CellResult) => ms(p50Us?.value) ?? Number.NaN;

/** Figure 10: latency over throughput, each line one number of replicas under growing load. */
export const tradeOff: Figure = {
  name: 'throughput-latency',
  title: scalingWords.tradeOff,
  absent: figureWords.nothing,
  of(results) {
    const system = results.experiment.systems[0]?.name;
    const messages = largest(results.experiment.messages);
    const cells = results.cells
      .filter(
        ({ cell, throughput, p50Us }) =>
          throughput && p50Us && cell.system === system && cell.messages === messages,
      )
      .sort((a, b) => a.cell.clients - b.cell.clients);
    const last = cells.at(-1);
    if (!last) return null;
    const replicas = levels(cells.map(({ cell }) => cell.replicas));
    const clients = cells.map(({ cell }) => cell.clients);
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'throughput-latency',
          legend: replicas.map((level, i) => ({
            label: replicasTitle(level, paper.language),
            line: true,
            ...seriesStyle(i),
          })),
          panelWidthMin: 200,
          panels: [
            {
              title: '',
              height,
              draw: (width, idPrefix, position) =>
                drawFrame(
                  {
                    height,
                    language: paper.language,
                    x: { label: axes.throughputAxis, scale: { zero: true, insetRight: 24 } },
                    y: { label: axes.p50Axis, scale: { zero: true } },
                    marks: replicas.flatMap((level, i) => marksOf(cells, level, i, results)),
                  },
                  width,
                  idPrefix,
                  position,
                ),
            },
          ],
        }),
      table: {
        columns: [
          { key: 'replicas', title: axes.replicas, style: 'integer' },
          { key: 'clients', title: axes.clients, style: 'integer' },
          { key: 'throughput_per_s', title: axes.throughput, unit: units.perSecond, style: 'significant' },
          { key: 'p50_ms', title: axes.p50, unit: units.ms, style: 'significant' },
        ],
        rows: cells.map((of) => [of.cell.replicas, of.cell.clients, x(of), y(of)]),
      },
      caption: (language) =>
        fill(scalingWords.tradeOffCaption, language, {
          messages,
          fewest: Math.min(...clients),
          most: largest(clients),
          sample: sampleText(results, language, 'throughput'),
        }),
      reading: (language) =>
        fill(scalingWords.tradeOffReading, language, {
          replicas: last.cell.replicas,
          clients: last.cell.clients,
          throughput: numberText(x(last), language),
          latency: numberText(y(last), language),
        }),
    };
  },
};

function marksOf(
  cells: readonly CellResult[],
  replicas: number,
  index: number,
  results: Results,
): Plot.Markish[] {
  const { colour, symbol, dash } = seriesStyle(index);
  const at = cells.filter(({ cell }) => cell.replicas === replicas);
  const knee = results.knees.find(
    (one) =>
      one.definition === 'power' &&
      one.insideData &&
      one.replicas === replicas &&
      one.messages === at[0]?.cell.messages,
  );
  const ends = at.length > 1 ? [at[0], at.at(-1)].flatMap((cell) => cell ?? []) : at;
  return [
    Plot.line(at, { x, y, stroke: colour, ...(dash && { strokeDasharray: dash }) }),
    Plot.dot(at, { x, y, symbol, r: 2.6, fill: colour }),
    Plot.dot(
      at.filter(({ cell }) => cell.clients === knee?.clients),
      { x, y, r: 6, stroke: colours.ink, strokeWidth: 1.2 },
    ),
    Plot.text(ends, {
      x,
      y,
      text: ({ cell }: CellResult) => String(cell.clients),
      dx: 8,
      textAnchor: 'start',
      fontSize: 9,
      fill: colours.faint,
    }),
  ];
}
