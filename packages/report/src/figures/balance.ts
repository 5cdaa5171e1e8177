import { fill, type Results } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import { axes } from '../words/axes.ts';
import { distributionWords } from '../words/distributions.ts';
import { figureWords } from '../words/figures.ts';
import type { Figure } from './figure.ts';
import { type Heaviest, heaviestLoad, trialsOf } from './heaviest.ts';

const height = 240;

/** Figure 9: how many requests each replica got, beside the equal share. */
export const balance: Figure = {
  name: 'replica-balance',
  title: distributionWords.balance,
  absent: figureWords.nothing,
  of(results) {
    const load = heaviestLoad(results, (cell) => cell.requestsPerReplica !== null);
    if (!load) return null;
    const { clients, messages, rounds, cells } = load;
    const dots = dotsOf(load, results);
    const replicas = cells.map(({ cell }) => cell.replicas);
    const shares = cells.map(({ cell, requestsPerReplica: of, jain }) => ({
      replicas: cell.replicas,
      mean: of?.mean ?? Number.NaN,
      jain: jain?.value ?? null,
    }));
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'replica-balance',
          legend: [],
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
                    x: { label: axes.replicas, scale: { type: 'band', domain: replicas, padding: 0.3 } },
                    y: { label: axes.requestsPerReplicaAxis, scale: { zero: true, insetTop: 14 } },
                    marks: [
                      Plot.tickY(shares, { x: 'replicas', y: 'mean', stroke: colours.ink, strokeWidth: 1.5 }),
                      Plot.dot(dots, {
                        x: 'replicas',
                        y: 'requests',
                        r: 2.8,
                        fill: colours.blue,
                        fillOpacity: 0.55,
                      }),
                      Plot.text(shares, {
                        x: 'replicas',
                        frameAnchor: 'top',
                        text: ({ jain }: { jain: number | null }) =>
                          `J ${numberText(jain, paper.language, 'ratio')}`,
                      }),
                    ],
                  },
                  width,
                  idPrefix,
                  position,
                ),
            },
          ],
        }),
      table: {
        columns: [
          { key: 'replicas', title: axes.replicas, style: 'integer' },
          { key: 'round', title: axes.round, style: 'integer' },
          { key: 'replica', title: axes.replicaName },
          { key: 'requests', title: axes.requests, style: 'integer' },
        ],
        rows: dots.map((dot) => [dot.replicas, dot.round, dot.name, dot.requests]),
      },
      caption: (language) => fill(distributionWords.balanceCaption, language, { clients, messages, rounds }),
      reading: (language) => {
        const last = cells.at(-1);
        const of = last?.requestsPerReplica;
        return fill(distributionWords.balanceReading, language, {
          replicas: last?.cell.replicas ?? 0,
          most: numberText(of?.max ?? null, language, 'integer'),
          least: numberText(of?.min ?? null, language, 'integer'),
          mean: numberText(of?.mean ?? null, language, 'integer'),
        });
      },
    };
  },
};

function dotsOf({ cells }: Heaviest, results: Results) {
  return cells.flatMap((cell) =>
    trialsOf(results, cell).flatMap(({ round, replicas }) =>
      replicas.map(({ name, requests }) => ({ replicas: cell.cell.replicas, round, name, requests })),
    ),
  );
}
