import type { Asymptotes, CellResult, Estimate, KneeResult, Results, Sentence } from '@escala/model';
import { sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { axisTop, type Bar, intervalMarks } from '../drawing/intervals.ts';
import { narrowBelow, type Panel, type Paper } from '../drawing/layout.ts';
import { colours, seriesStyle, sloStyle } from '../drawing/palette.ts';
import { verdictMarks } from '../drawing/verdict-marks.ts';
import { medianOf, ms, usPerMs, usPerSecond } from '../study/estimates.ts';
import { heaviestLoadOf, loadAxis, loadOf, ofSeries, replicasText, type Series } from '../study/series.ts';
import { atFirstSlo } from '../study/slo-text.ts';

const axes = sentences.report.axes.axes;

const height = 170;
/** Intervals of several curves stand side by side, this many pixels apart. */
const dodge = 3;

/** What both rows of panels share. */
export interface Curves {
  readonly results: Results;
  /** Those of the largest number of messages. */
  readonly series: readonly Series[];
  readonly cells: readonly CellResult[];
  /** The one whose bounds, knee and capacity are drawn; null where several curves would make a thicket of them. */
  readonly only: Series | null;
}

/** Empty places at the end of a row, so that the latency of a column stands below its throughput. */
export function padding(used: number, columnsOfRow: number): Panel[] {
  return Array.from({ length: columnsOfRow - used }, () => ({
    title: '',
    height,
    draw: () => ({ tag: 'g', attributes: {}, children: [] }),
  }));
}

export const throughputOf = ({ throughput }: CellResult) => throughput;
export const p95Of = ({ p95Us }: CellResult) => p95Us;

export function barsOf(
  cells: readonly CellResult[],
  of: (cell: CellResult) => Estimate | null,
  unit = 1,
): Bar[] {
  const scaled = (limit: number | null) => (limit === null ? null : limit / unit);
  return cells.flatMap((cell) => {
    const interval = of(cell)?.ci95;
    return interval ? [{ x: loadOf(cell), low: scaled(interval.low), high: scaled(interval.high) }] : [];
  });
}

export const throughputTop = ({ cells }: Curves) =>
  axisTop(
    cells.map(({ throughput }) => medianOf(throughput)),
    barsOf(cells, throughputOf),
  );
export const p95Top = ({ cells }: Curves) =>
  axisTop(
    cells.map(({ p95Us }) => medianOf(p95Us, usPerMs)),
    barsOf(cells, p95Of, usPerMs),
  );

export function boundsOf({ results, only }: Curves, replicas: number): Asymptotes | undefined {
  const at = results.asymptotes.filter((one) => one.replicas === replicas);
  return only ? ofSeries(at, only) : undefined;
}

export function kneeOf({ results, only }: Curves, replicas: number): KneeResult | undefined {
  const inside = results.knees.filter(
    (one) => one.replicas === replicas && one.definition === 'power' && one.insideData,
  );
  return only ? ofSeries(inside, only) : undefined;
}

const dotted = { stroke: colours.faint, strokeDasharray: '1.5 2.5' } as const;
const tickStyle = { stroke: colours.ink, strokeWidth: 2 } as const;
/** Length of the knee's and the capacity's tick, as a share of the axis. */
const tickShare = 0.09;

export function throughputPanel(curves: Curves, replicas: number, paper: Paper): Panel {
  const { only } = curves;
  const top = throughputTop(curves);
  const marks: Plot.Markish[] = [];
  const bounds = boundsOf(curves, replicas);
  if (only && bounds) {
    const perClient = usPerSecond / (bounds.baseLatencyUs + bounds.thinkTimeUs);
    const end = Math.min(heaviestLoadOf(only), top / perClient);
    marks.push(Plot.line([[0, 0] as const, [end, end * perClient] as const], dotted));
    if (bounds.throughputMax <= top) marks.push(Plot.ruleY([bounds.throughputMax], dotted));
  }
  const knee = kneeOf(curves, replicas);
  if (knee?.clients) marks.push(Plot.ruleX([knee.clients], { y1: 0, y2: top * tickShare, ...tickStyle }));
  return panelOf(
    curves,
    replicas,
    { label: axes.throughputAxis, top, of: throughputOf, unit: 1 },
    marks,
    paper,
  );
}

export function latencyPanel(curves: Curves, replicas: number, paper: Paper): Panel {
  const { results, only } = curves;
  const top = p95Top(curves);
  const limits = sloLimitsMs(results).filter((limit) => limit <= top);
  const capacity = only && ofSeries(atFirstSlo(results), only);
  const most = capacity?.capacity.find((one) => one.replicas === replicas)?.strict;
  const marks: Plot.Markish[] = [
    Plot.ruleY(limits, { stroke: sloStyle.colour, strokeDasharray: sloStyle.dash }),
  ];
  if (most) marks.push(Plot.ruleX([most], { y1: 0, y2: top * tickShare, ...tickStyle }));
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
    const dx = (i - (series.length - 1) / 2) * dodge;
    const at = one.cells.filter((cell) => cell.cell.replicas === replicas && of(cell));
    return [
      ...intervalMarks(barsOf(at, of, unit), top, { stroke: series.length > 1 ? colour : colours.ink, dx }),
      Plot.line(at, { x: loadOf, y, dx, stroke: colour, ...(dash && { strokeDasharray: dash }) }),
      Plot.dot(at, { x: loadOf, y, dx, r: 2.2, symbol, fill: colour }),
      ...verdictMarks(at, { x: loadOf, y, dx }),
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
