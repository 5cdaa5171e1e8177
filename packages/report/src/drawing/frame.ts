import type { Language, Sentence } from '@escala/model';
import type * as Plot from '@observablehq/plot';
import { tickText } from '../format.ts';
import type { PanelPosition } from './layout.ts';
import { drawPlot } from './plot.ts';

/** One axis of a panel: what it measures, and how Plot scales it. */
export interface Axis {
  readonly label: Sentence;
  readonly scale?: Plot.ScaleOptions;
}

export interface Frame {
  readonly height: number;
  readonly language: Language;
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: Plot.Markish[];
  /** All panels of a row have the same y: only the first writes its numbers. */
  readonly sharedY?: boolean;
}

/** A panel with two numeric axes in the house's style; the y label stands once a row. */
export function drawFrame(
  { height, language, x, y, marks, sharedY = false }: Frame,
  width: number,
  idPrefix: string,
  position: PanelPosition,
): ReturnType<typeof drawPlot> {
  const axis = (label: string | null) => ({
    label,
    labelArrow: 'none' as const,
    labelAnchor: 'center' as const,
    ticks: 5,
    tickFormat: (value: number) => tickText(value, language),
  });
  const written = position.firstInRow || !sharedY;
  return drawPlot(
    {
      width,
      height,
      marginLeft: written ? 58 : 14,
      marginRight: 12,
      marginTop: 8,
      marginBottom: 36,
      x: { ...axis(x.label[language]), inset: 6, ...x.scale },
      y: {
        ...axis(written ? y.label[language] : null),
        grid: true,
        ...(!written && { tickFormat: () => '', tickSize: 0 }),
        ...y.scale,
      },
      marks,
    },
    idPrefix,
  );
}
