import * as Plot from '@observablehq/plot';
import { colours } from './palette.ts';
import { textWidth } from './plot.ts';

/** A label beside a point; `x` and `y` are shares of the axes, 0 to 1, `y` upwards. */
interface PointLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface LabelFrame {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
}

/** Labels stand this many pixels to the right of their points, and need this much height. */
const labelOffset = 7;
const labelHeight = 10;

/** Those labels, in their order, that fit without touching an earlier one, in a frame of this size in pixels. */
function fittingLabels<T extends PointLabel>(labels: readonly T[], frame: LabelFrame): T[] {
  const placed: { left: number; right: number; top: number; bottom: number }[] = [];
  return labels.filter(({ x, y, text }) => {
    const left = x * frame.width + labelOffset;
    const top = (1 - y) * frame.height - labelHeight / 2;
    const box = { left, right: left + textWidth(text, frame.fontSize), top, bottom: top + labelHeight };
    const isFree = placed.every(
      (other) =>
        box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top,
    );
    if (isFree) placed.push(box);
    return isFree;
  });
}

/** Labels beside the points of cells, as many as fit, in a frame of this size in pixels. */
export function labelMarks<Cell>(
  labels: readonly (PointLabel & { readonly cell: Cell })[],
  { x, y }: Readonly<Record<'x' | 'y', (cell: Cell) => number>>,
  frame: LabelFrame,
): Plot.Markish {
  const fitting = fittingLabels(labels, frame);
  return Plot.text(fitting, {
    x: fitting.map(({ cell }) => x(cell)),
    y: fitting.map(({ cell }) => y(cell)),
    text: 'text',
    dx: labelOffset,
    textAnchor: 'start',
    fontSize: frame.fontSize,
    fill: colours.faint,
  });
}
