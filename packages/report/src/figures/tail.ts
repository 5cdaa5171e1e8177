import { fill, type QuantilePoint } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose } from '../drawing/layout.ts';
import { seriesStyle } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import { axes } from '../words/axes.ts';
import { distributionWords } from '../words/distributions.ts';
import { figureWords } from '../words/figures.ts';
import { replicasTitle, usPerMs } from './cells.ts';
import type { Figure } from './figure.ts';
import { heaviestLoad } from './heaviest.ts';
import { spectrumTable } from './spectrum.ts';

const height = 260;
const x = ({ us }: QuantilePoint) => us / usPerMs;
const y = ({ share }: QuantilePoint) => 1 - share;

/** Figure 7: the complementary distribution of latency on two logarithmic axes, where the tail is a slope. */
export const tail: Figure = {
  name: 'latency-tail',
  title: distributionWords.tail,
  absent: figureWords.nothing,
  of(results) {
    const load = heaviestLoad(results, (cell) => cell.spectrum.length > 1);
    if (!load) return null;
    const { clients, messages, rounds, cells } = load;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'latency-tail',
          legend: cells.map(({ cell }, i) => ({
            label: replicasTitle(cell.replicas, paper.language),
            line: true,
            ...seriesStyle(i),
          })),
          panelWidthMin: 200,
          panels: [
            {
              title: '',
              height,
              draw: (width, idPrefix, position) =>
                drawFrame(
                  {
                    height,
                    language: paper.language,
                    x: { label: axes.latencyAxisLog, scale: { type: 'log' } },
                    y: { label: axes.slowerShareAxis, scale: { type: 'log' } },
                    marks: cells.flatMap(({ spectrum }, i) => {
                      const { colour, symbol, dash } = seriesStyle(i);
                      const points = spectrum.filter(({ share, us }) => share < 1 && us > 0);
                      return [
                        Plot.line(points, { x, y, stroke: colour, ...(dash && { strokeDasharray: dash }) }),
                        Plot.dot(points.slice(-1), { x, y, symbol, r: 3.5, fill: colour }),
                      ];
                    }),
                  },
                  width,
                  idPrefix,
                  position,
                ),
            },
          ],
        }),
      table: spectrumTable(load),
      caption: (language) => fill(distributionWords.tailCaption, language, { clients, messages, rounds }),
      reading: (language) => {
        const last = cells.at(-1);
        const point = last?.spectrum.findLast(({ share }) => share < 1);
        return fill(distributionWords.tailReading, language, {
          replicas: last?.cell.replicas ?? 0,
          share: numberText(point ? 1 / (1 - point.share) : null, language, 'integer'),
          us: numberText(point ? point.us / usPerMs : null, language),
        });
      },
    };
  },
};
