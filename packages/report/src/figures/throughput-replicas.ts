import { type CellResult, fill, type Language, type LawResult, type Results } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { compose, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours } from '../drawing/palette.ts';
import { drawPlot } from '../drawing/plot.ts';
import { numberText, tickText } from '../format.ts';
import type { Table } from '../tables/table.ts';
import { axes, units } from '../words/axes.ts';
import { figureWords } from '../words/figures.ts';
import { estimateCells, largest, type Series, sampleText, seriesOf, seriesTitle } from './cells.ts';
import type { Figure } from './figure.ts';

const height = 230;

interface Run {
  readonly replicas: number;
  readonly throughput: number;
  readonly used: boolean;
}

interface Curve {
  readonly series: Series;
  readonly cells: readonly CellResult[];
  readonly runs: readonly Run[];
  readonly law: LawResult | null;
}

/** Figure 1: every run, the median, the ideal and the fitted law, at the largest number of clients. */
export const throughputReplicas: Figure = {
  name: 'throughput-replicas',
  title: figureWords.throughputReplicas,
  absent: figureWords.nothing,
  of(results) {
    const curves = seriesOf(results).map((series) => curveOf(series, results));
    if (curves.every(({ cells }) => cells.length === 0)) return null;
    const fitted = curves.some(({ law }) => (law?.curve.length ?? 0) > 0);
    const clients = largest(results.experiment.clients);
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'throughput-replicas',
          panels: curves.map((curve) => panelOf(curve, results, paper.language)),
          legend: legendOf(results, fitted, paper.language),
          panelWidthMin: 200,
        }),
      table: tableOf(curves),
      caption: (language) =>
        fill(figureWords.throughputReplicasCaption, language, {
          clients,
          band: fitted ? figureWords.band[language] : '',
          sample: sampleText(results, language, 'throughput'),
        }),
      reading: (language) => reading(curves, language),
    };
  },
};

function curveOf(series: Series, results: Results): Curve {
  const clients = largest(results.experiment.clients);
  const cells = series.cells.filter(({ cell, throughput }) => cell.clients === clients && throughput);
  const law =
    results.laws.find(
      ({ system, messages, over, held }) =>
        over === 'replicas' &&
        held.what === 'saturation' &&
        system === series.system &&
        messages === series.messages,
    ) ?? null;
  const inLaw = new Set(law?.points.map(({ cell, round }) => `${cell}/${round}`));
  const replicas = new Map(cells.map(({ cell }) => [cell.key, cell.replicas]));
  // A law of saturation may rest on other numbers of clients than the largest: its own points are shown filled.
  const fitted = (law?.points ?? []).map(({ n, x }): Run => ({ replicas: n, throughput: x, used: true }));
  const others = results.trials.flatMap((trial): Run[] => {
    const at = replicas.get(trial.cell);
    const throughput = trial.kind === 'burst' ? trial.throughputMakespan : trial.throughputWindow;
    if (at === undefined || throughput === null || inLaw.has(`${trial.cell}/${trial.round}`)) return [];
    return [{ replicas: at, throughput, used: law === null && trial.verdict !== 'INVALID' }];
  });
  const runs = [...fitted, ...others];
  return { series, cells, runs, law };
}

function panelOf(curve: Curve, results: Results, language: Language): Panel {
  const { cells, runs, law } = curve;
  const peak = law?.fit?.peak;
  return {
    title: seriesTitle(curve.series, results, language),
    height,
    draw: (width, idPrefix, position) =>
      drawPlot(
        {
          width,
          height,
          marginLeft: 58,
          marginRight: 12,
          marginTop: 8,
          marginBottom: 36,
          x: {
            label: axes.replicas[language],
            labelArrow: 'none',
            labelAnchor: 'center',
            ticks: results.experiment.replicas as number[],
            tickFormat: (n: number) => tickText(n, language),
            inset: 8,
          },
          y: {
            label: position.firstInRow ? axes.throughputAxis[language] : null,
            labelArrow: 'none',
            labelAnchor: 'center',
            zero: true,
            nice: true,
            grid: true,
            ticks: 5,
            tickFormat: (x: number) => tickText(x, language),
          },
          marks: [
            Plot.ruleY([0], { stroke: colours.faint }),
            Plot.areaY(law?.curve ?? [], {
              x: 'n',
              y1: 'low',
              y2: 'high',
              fill: colours.blue,
              fillOpacity: 0.18,
            }),
            Plot.lineY(law?.curve ?? [], { x: 'n', y: 'x', stroke: colours.blue }),
            Plot.line(idealOf(cells), { stroke: colours.faint, strokeDasharray: '5 3' }),
            Plot.dot(runs, {
              x: 'replicas',
              y: 'throughput',
              r: 2.2,
              dx: -5,
              fill: (run: Run) => (run.used ? colours.sky : colours.paper),
              stroke: colours.blue,
              strokeWidth: 0.8,
            }),
            Plot.ruleX(
              cells.filter(({ throughput }) => throughput?.ci95),
              {
                x: ({ cell }: CellResult) => cell.replicas,
                y1: ({ throughput }: CellResult) => throughput?.ci95?.low ?? Number.NaN,
                y2: ({ throughput }: CellResult) => throughput?.ci95?.high ?? Number.NaN,
                stroke: colours.ink,
                strokeWidth: 1.4,
              },
            ),
            Plot.dot(cells, {
              x: ({ cell }: CellResult) => cell.replicas,
              y: ({ throughput }: CellResult) => throughput?.value ?? Number.NaN,
              symbol: 'diamond',
              r: 3,
              fill: colours.ink,
            }),
            peak?.status === 'inside'
              ? Plot.dot([[peak.n, peak.x]], { symbol: 'star', r: 5, fill: colours.vermilion })
              : null,
          ],
        },
        idPrefix,
      ),
  };
}

/** Straight growth from the measured value at the fewest replicas, up to where the picture ends. */
function idealOf(cells: readonly CellResult[]): [number, number][] {
  const sorted = [...cells].sort((a, b) => a.cell.replicas - b.cell.replicas);
  const first = sorted[0];
  if (!first?.throughput) return [];
  const each = first.throughput.value / first.cell.replicas;
  return sorted.map(({ cell }) => [cell.replicas, each * cell.replicas]);
}

function legendOf(results: Results, fitted: boolean, language: Language): LegendEntry[] {
  const say = (key: keyof typeof figureWords) => figureWords[key][language];
  const one = results.experiment.rounds < 2;
  return [
    { label: say('legendRun'), colour: colours.blue, symbol: 'circle' },
    { label: say('legendLeftOut'), colour: colours.blue, symbol: 'circle', hollow: true },
    { label: say(one ? 'legendMedianOnly' : 'legendMedian'), colour: colours.ink, symbol: 'diamond' },
    { label: say('legendIdeal'), colour: colours.faint, line: true, dash: '5 3' },
    ...(fitted ? [{ label: say('legendLaw'), colour: colours.blue, line: true, band: true }] : []),
  ];
}

function tableOf(curves: readonly Curve[]): Table {
  return {
    columns: [
      { key: 'system', title: axes.system },
      { key: 'messages', title: axes.messages, style: 'integer' },
      { key: 'replicas', title: axes.replicas, style: 'integer' },
      { key: 'throughput_per_s', title: axes.throughput, unit: units.perSecond, style: 'significant' },
      { key: 'ci95_low_per_s', title: axes.low, unit: units.perSecond, style: 'significant' },
      { key: 'ci95_high_per_s', title: axes.high, unit: units.perSecond, style: 'significant' },
      { key: 'rounds', title: axes.rounds, style: 'integer' },
      { key: 'verdict', title: axes.verdict },
    ],
    rows: curves.flatMap(({ cells }) =>
      cells.map(({ cell, throughput, verdict }) => [
        cell.system,
        cell.messages,
        cell.replicas,
        ...estimateCells(throughput),
        verdict,
      ]),
    ),
  };
}

function reading(curves: readonly Curve[], language: Language): string {
  const curve = curves.findLast(({ cells }) => cells.length > 0);
  const sorted = [...(curve?.cells ?? [])].sort((a, b) => a.cell.replicas - b.cell.replicas);
  const [first, last] = [sorted[0], sorted.at(-1)];
  return fill(figureWords.throughputReplicasReading, language, {
    messages: curve?.series.messages ?? 0,
    first: first?.cell.replicas ?? 0,
    last: last?.cell.replicas ?? 0,
    from: numberText(first?.throughput?.value ?? null, language),
    to: numberText(last?.throughput?.value ?? null, language),
  });
}
