import * as Plot from '@observablehq/plot';
import { colours } from './palette.ts';

/** A value with the limits of its interval, in the units of the axis; null is unbounded or not known. */
export interface Bar {
  readonly x: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Highest value of an axis from zero: all values, and intervals as far as they leave the values readable. */
export function axisTop(values: readonly number[], bars: readonly Bar[] = []): number {
  const most = Math.max(...values.filter(Number.isFinite), 0) * 1.06 || 1;
  const highs = bars.flatMap(({ high }) => (high === null ? [] : [high]));
  return Math.max(most, Math.min(Math.max(...highs, 0), most * intervalRoom));
}

/** An interval of few rounds may end a thousand times above its value: the axis follows it only this far. */
const intervalRoom = 1.6;

export function isCut(bars: readonly Bar[], top: number): boolean {
  return bars.some(({ high }) => high === null || high > top);
}

/** Intervals as upright lines between zero and `top`; one that goes on beyond ends in an arrow head there. */
export function intervalMarks(
  bars: readonly Bar[],
  top: number,
  options: { readonly stroke?: string; readonly strokeWidth?: number; readonly dx?: number } = {},
): Plot.Markish[] {
  const { stroke = colours.ink, strokeWidth = 1.2, dx = 0 } = options;
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
