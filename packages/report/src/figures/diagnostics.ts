import { fill, type Language, type LawResult, type Sentence } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { axes } from '../words/axes.ts';
import { scalingWords } from '../words/scaling.ts';
import type { Figure } from './figure.ts';

const height = 210;

/** Figure 12: residuals against N and against order, and how well the two parameters can be told apart. */
export const diagnostics: Figure = {
  name: 'fit-diagnostics',
  title: scalingWords.diagnostics,
  absent: scalingWords.diagnosticsAbsent,
  of(results) {
    const law = results.laws.findLast(
      ({ over, fit, residuals }) => over === 'replicas' && fit !== null && residuals.length > 0,
    );
    if (!law?.fit) return null;
    const { fit, residuals } = law;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'fit-diagnostics',
          legend: [],
          panelWidthMin: 200,
          panels: panelsOf(law, paper.language),
        }),
      table: {
        columns: [
          { key: 'replicas', title: axes.replicas, style: 'integer' },
          { key: 'order', title: axes.order, style: 'integer' },
          { key: 'residual', title: axes.residual, style: 'parameter' },
        ],
        rows: residuals.map(({ n, order, residual }) => [n, order, residual]),
      },
      caption: (language) =>
        fill(scalingWords.diagnosticsCaption, language, {
          law: fit.chosen === 'none' ? 'USL' : fit.chosen.toUpperCase(),
          rows: fit.rows,
        }),
      reading: (language) => fill(scalingWords.diagnosticsReading, language),
    };
  },
};

function panelsOf({ residuals, jointRegion }: LawResult, language: Language): Panel[] {
  const scatter = (by: 'n' | 'order') => [
    Plot.ruleY([0], { stroke: colours.faint }),
    Plot.dot(residuals, { x: by, y: 'residual', r: 2.4, fill: colours.blue, fillOpacity: 0.6 }),
  ];
  const region = Plot.line([...jointRegion, ...jointRegion.slice(0, 1)], {
    x: 'alpha',
    y: 'beta',
    stroke: colours.blue,
    fill: colours.blue,
    fillOpacity: 0.15,
  });
  const zero = [Plot.ruleX([0], { stroke: colours.faint }), Plot.ruleY([0], { stroke: colours.faint })];
  return [
    panel(axes.replicas, axes.residualAxis, scatter('n'), language),
    panel(axes.order, axes.residualAxis, scatter('order'), language),
    ...(jointRegion.length > 2 ? [panel(axes.alpha, axes.beta, [...zero, region], language)] : []),
  ];
}

function panel(x: Sentence, y: Sentence, marks: Plot.Markish[], language: Language): Panel {
  return {
    title: '',
    height,
    draw: (width, idPrefix, position) =>
      drawFrame({ height, language, x: { label: x }, y: { label: y }, marks }, width, idPrefix, {
        ...position,
        firstInRow: true,
      }),
  };
}
