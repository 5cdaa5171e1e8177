import { type CellResult, fill, type Language, type Results, type Sentence } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import type { Table } from '../tables/table.ts';
import { axes, units } from '../words/axes.ts';
import { figureWords } from '../words/figures.ts';
import { estimateCells, largest, levels, ms, replicasTitle, sampleText, usPerMs } from './cells.ts';
import type { Figure } from './figure.ts';

const height = 170;

interface Curves {
  readonly results: Results;
  readonly system: string;
  readonly messages: number;
  readonly cells: readonly CellResult[];
}

/** Figure 3: throughput above, p95 below, one column a number of replicas, at the largest number of messages. */
export const clientCurves: Figure = {
  name: 'client-curves',
  title: figureWords.clientCurves,
  absent: figureWords.nothing,
  of(results) {
    const messages = largest(results.experiment.messages);
    const system = results.experiment.systems[0]?.name ?? '';
    const cells = results.cells.filter(
      ({ cell, throughput }) => throughput && cell.messages === messages && cell.system === system,
    );
    if (cells.length === 0) return null;
    const curves: Curves = { results, system, messages, cells };
    const replicas = levels(cells.map(({ cell }) => cell.replicas));
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'client-curves',
          // Row by row where there is room; a phone gets both panels of a number of replicas one after the other.
          panels:
            paper.width < 500
              ? replicas.flatMap((level) => [
                  throughputPanel(curves, level, paper.language),
                  latencyPanel(curves, level, paper.language),
                ])
              : [
                  ...replicas.map((level) => throughputPanel(curves, level, paper.language)),
                  ...replicas.map((level) => latencyPanel(curves, level, paper.language)),
                ],
          legend: [],
          panelWidthMin: paper.width < 500 ? 150 : 110,
          columnsMax: paper.width < 500 ? 2 : replicas.length,
        }),
      table: tableOf(cells),
      caption: (language) =>
        fill(figureWords.clientCurvesCaption, language, {
          messages,
          sample: sampleText(results, language, 'throughput'),
        }),
      reading: (language) => reading(cells, language),
    };
  },
};

function throughputPanel(curves: Curves, replicas: number, language: Language): Panel {
  const bounds = curves.results.asymptotes.find(
    (one) => one.system === curves.system && one.messages === curves.messages && one.replicas === replicas,
  );
  const most = Math.max(...curves.cells.map(({ throughput }) => throughput?.value ?? 0)) * 1.1;
  const dotted = { stroke: colours.faint, strokeDasharray: '1.5 2.5' };
  const marks: Plot.Markish[] = [];
  if (bounds) {
    const perClient = 1e6 / (bounds.baseLatencyUs + bounds.thinkTimeUs);
    const end = Math.min(largest(curves.results.experiment.clients), most / perClient);
    marks.push(Plot.line([[0, 0] as const, [end, end * perClient] as const], dotted));
    if (bounds.throughputMax <= most) marks.push(Plot.ruleY([bounds.throughputMax], dotted));
  }
  return panel(
    curves,
    replicas,
    axes.throughputAxis,
    [0, most],
    marks,
    language,
    ({ throughput }) => throughput,
  );
}

function latencyPanel(curves: Curves, replicas: number, language: Language): Panel {
  const limits = curves.results.experiment.slo.flatMap(({ latencyUs }) =>
    latencyUs === null ? [] : [latencyUs / usPerMs],
  );
  const most =
    Math.max(...curves.cells.map(({ p95Us }) => ms(p95Us?.ci95?.high ?? p95Us?.value) ?? 0), 1) * 1.05;
  const marks = [
    Plot.ruleY(
      limits.filter((limit) => limit <= most),
      { stroke: colours.vermilion, strokeDasharray: '5 3' },
    ),
  ];
  return panel(curves, replicas, axes.p95Axis, [0, most], marks, language, ({ p95Us }) => p95Us, usPerMs);
}

function panel(
  { cells, results }: Curves,
  replicas: number,
  label: Sentence,
  domain: [number, number],
  marks: Plot.Markish[],
  language: Language,
  of: (cell: CellResult) => CellResult['throughput'],
  unit = 1,
): Panel {
  const at = cells.filter((cell) => cell.cell.replicas === replicas && of(cell));
  const x = ({ cell }: CellResult) => cell.clients;
  const y = (cell: CellResult) => (of(cell)?.value ?? Number.NaN) / unit;
  const side = (name: 'low' | 'high') => (cell: CellResult) => (of(cell)?.ci95?.[name] ?? Number.NaN) / unit;
  return {
    title: replicasTitle(replicas, language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          // Columns of a phone hold different quantities, and every one needs its numbers.
          sharedY: width < 140,
          x: {
            label: axes.clients,
            scale: { domain: [0, largest(results.experiment.clients)], ticks: 2 },
          },
          y: { label, scale: { domain } },
          marks: [
            ...marks,
            Plot.ruleX(
              at.filter((cell) => of(cell)?.ci95),
              { x, y1: side('low'), y2: side('high') },
            ),
            Plot.line(at, { x, y, stroke: colours.blue }),
            Plot.dot(at, { x, y, r: 2, fill: colours.blue }),
          ],
        },
        width,
        idPrefix,
        position,
      ),
  };
}

function tableOf(cells: readonly CellResult[]): Table {
  const style = 'significant';
  return {
    columns: [
      { key: 'replicas', title: axes.replicas, style: 'integer' },
      { key: 'clients', title: axes.clients, style: 'integer' },
      { key: 'throughput_per_s', title: axes.throughput, unit: units.perSecond, style },
      { key: 'throughput_low_per_s', title: axes.low, unit: units.perSecond, style },
      { key: 'throughput_high_per_s', title: axes.high, unit: units.perSecond, style },
      { key: 'p95_ms', title: axes.p95, unit: units.ms, style },
      { key: 'p95_low_ms', title: axes.low, unit: units.ms, style },
      { key: 'p95_high_ms', title: axes.high, unit: units.ms, style },
    ],
    rows: cells.map(({ cell, throughput, p95Us }) => [
      cell.replicas,
      cell.clients,
      ...estimateCells(throughput).slice(0, 3),
      ...estimateCells(p95Us, usPerMs).slice(0, 3),
    ]),
  };
}

function reading(cells: readonly CellResult[], language: Language): string {
  const replicas = largest(cells.map(({ cell }) => cell.replicas));
  const at = cells.filter(({ cell }) => cell.replicas === replicas);
  const best = at.reduce<CellResult | undefined>(
    (most, cell) => ((cell.throughput?.value ?? 0) > (most?.throughput?.value ?? 0) ? cell : most),
    undefined,
  );
  return fill(figureWords.clientCurvesReading, language, {
    replicas,
    value: numberText(best?.throughput?.value ?? null, language),
    clients: best?.cell.clients ?? 0,
  });
}
