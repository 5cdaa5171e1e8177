import { fill, type Language, type QuantilePoint, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame, logScale } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { seriesStyle } from '../drawing/palette.ts';
import { usPerMs } from '../study/estimates.ts';
import { type Heaviest, heaviestLoads } from '../study/heaviest.ts';
import { cellText, doubtsText, heaviestText, roundsText, trialsShown } from '../study/load-caption.ts';
import { curveTitle } from '../study/series.ts';
import { numberText } from '../words/format.ts';
import type { Figure } from './figure.ts';
import {
  hasSpectrum,
  rankedForm,
  replicasLegend,
  replicasOf,
  spectrumTable,
  usablePoints,
} from './spectrum.ts';

const axes = sentences.report.axes.axes;
const distributionWords = sentences.report.distributions;
const figureWords = sentences.report.figures;

const height = 250;
const x = ({ us }: QuantilePoint) => us / usPerMs;
const y = ({ share }: QuantilePoint) => 1 - share;

/** Figure 7: the complementary distribution of latency on two logarithmic axes, where the tail is a slope. */
export const tail: Figure = {
  name: 'latency-tail',
  title: distributionWords.tail,
  absent: figureWords.nothing,
  of(results) {
    const loads = heaviestLoads(results, hasSpectrum);
    const last = loads.at(-1);
    if (!last) return null;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'latency-tail',
          legend: replicasLegend(loads, paper.language),
          panelWidthMin: 260,
          panels: loads.map((load) => panelOf(load, loads, results, paper.language)),
        }),
      table: spectrumTable(loads, results),
      caption: (language) =>
        fill(distributionWords.tailCaption, language, {
          load: heaviestText(last, language),
          // What is pooled is all that is drawn, and INVALID trials are not in it.
          doubts: doubtsText(
            trialsShown(loads, results).filter(({ verdict }) => verdict !== 'INVALID'),
            language,
          ),
          n: roundsText(loads),
        }),
      reading: (language) => {
        const point = usablePoints(last.cells.at(-1)?.spectrum ?? []).at(-1);
        const cell = last.cells.at(-1);
        return fill(distributionWords.tailReading, language, {
          ranked: cell ? rankedForm(cell) : 2,
          cell: cellText(last, results, language),
          share: numberText(point ? 1 / (1 - point.share) : null, language, 'integer'),
          ms: numberText(point ? point.us / usPerMs : null, language),
        });
      },
    };
  },
};

function panelOf(load: Heaviest, loads: readonly Heaviest[], results: Results, language: Language): Panel {
  const replicas = replicasOf(loads);
  const marks = load.cells.flatMap(({ cell, spectrum }) => {
    const { colour, symbol, dash } = seriesStyle(replicas.indexOf(cell.replicas));
    const points = usablePoints(spectrum);
    return [
      Plot.line(points, { x, y, stroke: colour, strokeWidth: 1.6, ...(dash && { strokeDasharray: dash }) }),
      Plot.dot(points.slice(-1), { x, y, symbol, r: 3.5, fill: colour }),
    ];
  });
  const points = loads.flatMap(({ cells }) => cells.flatMap(({ spectrum }) => usablePoints(spectrum)));
  return {
    title: curveTitle(load.series, results, language),
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: { label: axes.latencyAxisLog, scale: logScale(points.map(x)) },
          y: { label: axes.slowerShareAxis, scale: logScale(points.map(y)) },
          marks,
        },
        width,
        idPrefix,
        position,
      ),
  };
}
