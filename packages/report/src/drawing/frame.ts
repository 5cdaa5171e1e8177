import type { Sentence } from '@escala/model';
import type * as Plot from '@observablehq/plot';
import type { Element } from '../markup/element.ts';
import { tickText } from '../words/format.ts';
import type { Panel, Place } from './layout.ts';
import { drawPlot, textWidth } from './plot.ts';

/** One axis of a panel: what it measures, and how Plot scales it. */
interface Axis {
  readonly label: Sentence;
  readonly scale?: Plot.ScaleOptions;
}

/** A logarithmic axis over `values` with ticks that lie in it, each of which is labelled. */
export function logScale(values: readonly number[]): Plot.ScaleOptions {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = [Math.min(...positive) / 1.08, Math.max(...positive) * 1.08];
  return { type: 'log', domain: [low, high], ticks: logTicks(low, high) };
}

/** Inside a third of a decade equal steps tell more than powers; beyond, 1–2–5, then 1–3, then powers of ten. */
function logTicks(low: number, high: number): number[] {
  const decades = Math.log10(high / low);
  if (decades < 0.34) return linearTicks(low, high);
  const steps =
    decades > 4 ? [1] : decades > 2 ? [1, 3] : decades > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 6, 8];
  const ticks: number[] = [];
  for (let decade = Math.floor(Math.log10(low)); decade <= Math.log10(high); decade += 1) {
    ticks.push(...steps.map((step) => Number((step * 10 ** decade).toPrecision(3))));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

function linearTicks(low: number, high: number): number[] {
  const least = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

/** What stands in a panel with two axes. */
export interface Frame {
  readonly x: Axis;
  /** Without a label where the rows have names that say what they are. */
  readonly y: Partial<Axis>;
  readonly marks: Plot.Markish[];
  /** Room for labels beside the last points, CSS pixels. */
  readonly marginRight?: number;
  /** Room for the labels of the y axis and its title, CSS pixels. */
  readonly marginLeft?: number;
  readonly marginTop?: number;
  /** All panels of a row have the same y: only the first writes its name, or also its numbers. */
  readonly sharedY?: 'name' | 'numbers';
}

/** Axes and some two lines between them can still be read. */
const HEIGHT_MIN = 118;

/** A panel with two axes in the house's style. A frame that depends on the room which is left for it is a function. */
export function panel(
  title: string,
  height: number,
  frame: Frame | ((width: number, height: number) => Frame),
  heightMin = HEIGHT_MIN,
): Panel {
  return {
    title,
    height,
    heightMin,
    draw: (place) => drawFrame(typeof frame === 'function' ? frame(place.width, place.height) : frame, place),
  };
}

/** Labels of five ticks touch below this length of an axis, CSS pixels. */
const NARROW_AXIS = 100;

function drawFrame(
  { x, y, marks, marginLeft = 58, marginRight = 12, marginTop = 8, sharedY }: Frame,
  { width, height, idPrefix, language, isFirstInRow }: Place,
): Element {
  const axis = (label: string | null) => ({
    label,
    labelArrow: 'none' as const,
    labelAnchor: 'center' as const,
    ticks: 5,
    tickFormat: (value: number) => tickText(value, language),
  });
  const isNamed = isFirstInRow || !sharedY;
  const isWritten = isFirstInRow || sharedY !== 'numbers';
  return drawPlot(
    {
      width,
      height,
      marginLeft: isWritten ? marginLeft : 14,
      marginRight,
      marginTop,
      marginBottom: 36,
      x: {
        ...axis(x.label[language]),
        ...(width - marginLeft - marginRight < NARROW_AXIS && { ticks: 3 }),
        // A label that is wider than its axis would be cut at the paper's edge.
        ...(textWidth(x.label[language]) > width - marginLeft - marginRight && { labelAnchor: 'right' }),
        inset: 6,
        ...x.scale,
      },
      y: {
        ...axis((isNamed && y.label?.[language]) || null),
        grid: true,
        ...(!isWritten && { tickFormat: () => '', tickSize: 0 }),
        ...y.scale,
      },
      marks,
    },
    idPrefix,
  );
}
