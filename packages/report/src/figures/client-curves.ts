import {
  type CellResult,
  type Estimate,
  fill,
  type Language,
  type Results,
  type Sentence,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { axisTop, type Bar, intervalMarks, isCut } from '../drawing/intervals.ts';
import { compose, narrowBelow, type Panel, type Paper } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours, seriesStyle, sloStyle } from '../drawing/palette.ts';
import { verdictLegend, verdictMarks } from '../drawing/verdict-marks.ts';
import { numberText } from '../format.ts';
import type { Element } from '../markup/element.ts';
import { columns } from '../tables/columns.ts';
import { axes } from '../words/axes.ts';
import { figureWords } from '../words/figures.ts';
import { estimateCells, medianOf, ms, sampleText, usPerMs, usPerSecond } from './estimates.ts';
import type { Figure } from './figure.ts';
import {
  heaviestLoadOf,
  isNamedBySystem,
  levels,
  loadAxis,
  loadOf,
  loadText,
  messagesText,
  replicasText,
  type Series,
  seriesOf,
  seriesTitle,
} from './series.ts';

const height = 170;
/** Columns of numbers of replicas are no narrower than this. */
const columnWidthMin = 110;

/** What both rows of panels share. */
interface Curves {
  readonly results: Results;
  /** One a system, at the largest number of messages. */
  readonly series: readonly Series[];
  readonly cells: readonly CellResult[];
  /** The one whose bounds, knee and capacity are drawn; null where several systems would make a thicket of them. */
  readonly only: Series | null;
}

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
  const all = seriesOf(results);
  const series = results.experiment.systems.flatMap(
    ({ name }) => all.findLast(({ system }) => system === name) ?? [],
  );
  const measured = series.map((one) => ({ ...one, cells: one.cells.filter(({ throughput }) => throughput) }));
  const [only] = series.length === 1 ? series : [];
  return {
    results,
    series: measured,
    cells: measured.flatMap(({ cells }) => cells),
    only: only && isNamedBySystem(only, all) ? only : null,
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

/** Empty places at the end of a row, so that the latency of a column stands below its throughput. */
function padding(used: number, columnsOfRow: number): Panel[] {
  return Array.from({ length: columnsOfRow - used }, () => ({
    title: '',
    height,
    draw: () => ({ tag: 'g', attributes: {}, children: [] }),
  }));
}

const throughputOf = ({ throughput }: CellResult) => throughput;
const p95Of = ({ p95Us }: CellResult) => p95Us;

function barsOf(cells: readonly CellResult[], of: (cell: CellResult) => Estimate | null, unit = 1): Bar[] {
  const scaled = (limit: number | null) => (limit === null ? null : limit / unit);
  return cells.flatMap((cell) => {
    const interval = of(cell)?.ci95;
    return interval ? [{ x: loadOf(cell), low: scaled(interval.low), high: scaled(interval.high) }] : [];
  });
}

const throughputTop = ({ cells }: Curves) =>
  axisTop(
    cells.map(({ throughput }) => medianOf(throughput)),
    barsOf(cells, throughputOf),
  );
const p95Top = ({ cells }: Curves) =>
  axisTop(
    cells.map(({ p95Us }) => medianOf(p95Us, usPerMs)),
    barsOf(cells, p95Of, usPerMs),
  );

const dotted = { stroke: colours.faint, strokeDasharray: '1.5 2.5' } as const;
const tickStyle = { stroke: colours.ink, strokeWidth: 2 } as const;
/** Length of the knee's and the capacity's tick, as a share of the axis. */
const tickShare = 0.09;

function throughputPanel(curves: Curves, replicas: number, paper: Paper): Panel {
  const { results, only } = curves;
  const top = throughputTop(curves);
  const isIts = (one: { system: string; messages: number; replicas: number }) =>
    one.system === only?.system && one.messages === only.messages && one.replicas === replicas;
  const marks: Plot.Markish[] = [];
  const bounds = results.asymptotes.find(isIts);
  if (only && bounds) {
    const perClient = usPerSecond / (bounds.baseLatencyUs + bounds.thinkTimeUs);
    const end = Math.min(heaviestLoadOf(only), top / perClient);
    marks.push(Plot.line([[0, 0] as const, [end, end * perClient] as const], dotted));
    if (bounds.throughputMax <= top) marks.push(Plot.ruleY([bounds.throughputMax], dotted));
  }
  const knee = results.knees.find((one) => isIts(one) && one.definition === 'power' && one.insideData);
  if (knee?.clients) marks.push(Plot.ruleX([knee.clients], { y1: 0, y2: top * tickShare, ...tickStyle }));
  return panelOf(
    curves,
    replicas,
    { label: axes.throughputAxis, top, of: throughputOf, unit: 1 },
    marks,
    paper,
  );
}

function latencyPanel(curves: Curves, replicas: number, paper: Paper): Panel {
  const { results, only } = curves;
  const top = p95Top(curves);
  const limits = sloLimitsMs(results).filter((limit) => limit <= top);
  const capacity = results.capacities
    .find(({ system, messages }) => system === only?.system && messages === only.messages)
    ?.capacity.find((one) => one.replicas === replicas)?.strict;
  const marks: Plot.Markish[] = [
    Plot.ruleY(limits, { stroke: sloStyle.colour, strokeDasharray: sloStyle.dash }),
  ];
  if (capacity) marks.push(Plot.ruleX([capacity], { y1: 0, y2: top * tickShare, ...tickStyle }));
  return panelOf(curves, replicas, { label: axes.p95Axis, top, of: p95Of, unit: usPerMs }, marks, paper);
}

export function sloLimitsMs({ experiment }: Results): number[] {
  return experiment.slo.flatMap(({ latencyUs }) => ms(latencyUs) ?? []);
}

interface Quantity {
  readonly label: Sentence;
  readonly top: number;
  readonly of: (cell: CellResult) => Estimate | null;
  readonly unit: number;
}

function panelOf(
  { series }: Curves,
  replicas: number,
  { label, top, of, unit }: Quantity,
  marks: Plot.Markish[],
  { width: paperWidth, language }: Paper,
): Panel {
  const isNarrow = paperWidth < narrowBelow;
  const y = (cell: CellResult) => medianOf(of(cell), unit);
  const drawn = series.flatMap((one, i) => {
    const { colour, symbol, dash } = seriesStyle(i);
    const at = one.cells.filter((cell) => cell.cell.replicas === replicas && of(cell));
    return [
      ...intervalMarks(barsOf(at, of, unit), top, { stroke: series.length > 1 ? colour : colours.ink }),
      Plot.line(at, { x: loadOf, y, stroke: colour, ...(dash && { strokeDasharray: dash }) }),
      Plot.dot(at, { x: loadOf, y, r: 2.2, symbol, fill: colour }),
      ...verdictMarks(at, { x: loadOf, y }),
    ];
  });
  const [first] = series;
  const load = Math.max(...series.map(heaviestLoadOf));
  return {
    title: replicasText(replicas, language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          // Columns of a phone hold different quantities, and every one needs its numbers.
          sharedY: !isNarrow,
          x: { label: loadAxis(first ?? { isOpen: false }), scale: { domain: [0, load], ticks: 3 } },
          y: { label, scale: { domain: [0, top] } },
          marks: [...marks, ...drawn],
        },
        width,
        idPrefix,
        position,
      ),
  };
}

function legendOf({ results, series, cells, only }: Curves, language: Language): LegendEntry[] {
  const say = (key: keyof typeof figureWords) => figureWords[key][language];
  const has = (list: readonly { system: string; messages: number }[]) =>
    list.some(({ system, messages }) => system === only?.system && messages === only.messages);
  const entries: (LegendEntry | false)[] = [
    ...(series.length > 1
      ? series.map((one, i) => ({ label: one.system, line: true, ...seriesStyle(i) }))
      : []),
    has(results.asymptotes) && {
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
    has(results.knees) && { label: say('legendKnee'), colour: colours.ink, symbol: 'tick' },
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
  return fill(figureWords.clientCurvesReading, language, {
    series: seriesTitle(series, results, language),
    replicas: replicasText(replicas, language),
    value: numberText(best?.throughput?.value ?? null, language),
    load: loadText(best ? loadOf(best) : 0, series, language),
    p95: numberText(ms(best?.p95Us?.value), language),
  });
}
