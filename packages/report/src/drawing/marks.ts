import { type CellResult, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { dotEntry, hollowEntry, type LegendEntry } from './legend.ts';
import { colours, seriesStyle, sloStyle, verdictStyle } from './palette.ts';

const figureWords = sentences.report.figures;

/** A value with the limits of its interval, in the units of the axis; null is unbounded or not known. */
export interface Bar {
  readonly x: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** An interval of few rounds may end a thousand times above its value: the axis follows it only this far. */
const INTERVAL_ROOM_MAX = 1.6;

/** Highest value of an axis from zero: all values, and intervals as far as they leave the values readable. */
export function axisTop(values: readonly number[], bars: readonly Bar[] = []): number {
  const most = Math.max(...values.filter(Number.isFinite), 0) * 1.06 || 1;
  const highs = bars.flatMap(({ high }) => (high === null ? [] : [high]));
  return Math.max(most, Math.min(Math.max(...highs, 0), most * INTERVAL_ROOM_MAX));
}

export function isCut(bars: readonly Bar[], top: number): boolean {
  return bars.some(({ high }) => high === null || high > top);
}

/** Intervals as upright lines between zero and `top`; one that goes on beyond ends in an arrow head there. */
export function intervalMarks(
  bars: readonly Bar[],
  top: number,
  { stroke = colours.ink, strokeWidth = 1.2, dx = 0 }: { stroke?: string; strokeWidth?: number; dx?: number },
): Plot.Markish[] {
  const shown = bars.filter(({ low }) => (low ?? 0) <= top);
  return [
    Plot.ruleX(shown, {
      x: 'x',
      y1: ({ low }: Bar) => Math.max(0, low ?? 0),
      y2: ({ high }: Bar) => Math.min(top, high ?? top),
      stroke,
      strokeWidth,
      dx,
    }),
    Plot.dot(
      shown.filter(({ high }) => high === null || high > top),
      { x: 'x', y: top, symbol: 'triangle', r: 2.6, fill: stroke, dx, dy: 1 },
    ),
  ];
}

/** The line of series number `index`, in its colour and dash. */
export function seriesLine<T>(index: number, points: readonly T[], options: Plot.LineOptions): Plot.Markish {
  const { colour, dash } = seriesStyle(index);
  return Plot.line(points, { stroke: colour, ...(dash && { strokeDasharray: dash }), ...options });
}

/** The points of series number `index`, with its symbol. */
export function seriesDots<T>(index: number, points: readonly T[], options: Plot.DotOptions): Plot.Markish {
  const { colour, symbol } = seriesStyle(index);
  return Plot.dot(points, { symbol, fill: colour, ...options });
}

/** Where marks of series number `index` of `count` stand beside the others: `apart` pixels from one to the next. */
export const sideBySide = (index: number, count: number, apart: number) => (index - (count - 1) / 2) * apart;

/** Limits of service levels, as lines across the panel. */
export const sloRules = (limits: readonly number[]) =>
  Plot.ruleY(limits, { stroke: sloStyle.colour, strokeDasharray: sloStyle.dash });

/** What is not VALID never looks as if it were: a cross over an INVALID cell, a ring around a SUSPECT one. */
export function verdictMarks(cells: readonly CellResult[], at: Plot.DotOptions): Plot.Markish[] {
  const of = (verdict: CellResult['verdict']) => cells.filter((cell) => cell.verdict === verdict);
  const { SUSPECT, INVALID } = verdictStyle;
  return [
    Plot.dot(of('SUSPECT'), { ...at, r: 5, stroke: SUSPECT.colour, strokeWidth: 1.2 }),
    Plot.dot(of('INVALID'), { ...at, symbol: 'times', r: 5, stroke: INVALID.colour, strokeWidth: 2 }),
  ];
}

/** Entries of the verdicts in the legend, where there are such cells. */
export function verdictEntries(cells: readonly CellResult[]): (LegendEntry | false)[] {
  const has = (verdict: CellResult['verdict']) => cells.some((cell) => cell.verdict === verdict);
  const { SUSPECT, INVALID } = verdictStyle;
  return [
    has('SUSPECT') && hollowEntry(figureWords.legendSuspect, SUSPECT.colour, 'circle'),
    has('INVALID') && dotEntry(figureWords.legendInvalid, INVALID.colour, 'times'),
  ];
}

/** Length of a tick that marks a place on the x axis, as a share of the y axis. */
const TICK_SHARE = 0.09;

export const axisTick = (x: number | null, top: number): Plot.Markish =>
  x === null ? null : Plot.ruleX([x], { y1: 0, y2: top * TICK_SHARE, stroke: colours.ink, strokeWidth: 2 });
