import { type CellResult, fill, type Language, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { axisTop } from '../drawing/intervals.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours } from '../drawing/palette.ts';
import { columns } from '../study/columns.ts';
import { factorColumns, factorValues } from '../study/factors.ts';
import { type Heaviest, heaviestLoads, trialsOf } from '../study/heaviest.ts';
import { cellText, doubtsText, heaviestText, roundsText, trialsShown } from '../study/load-caption.ts';
import { curveTitle } from '../study/series.ts';
import { numberText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const distributionWords = sentences.report.distributions;
const figureWords = sentences.report.figures;

const height = 240;
/** Dots of the rounds stand side by side, this many pixels apart, as far as a band has room. */
const roundsApart = 6;

/** Figure 9: how many requests each replica got, beside the equal share, with Jain's index. */
export const balance: Figure = {
  name: 'replica-balance',
  title: distributionWords.balance,
  absent: figureWords.nothing,
  of(results) {
    const loads = heaviestLoads(results, ({ requestsPerReplica }) => requestsPerReplica !== null);
    const last = loads.at(-1);
    if (!last) return null;
    const of = last.cells.at(-1)?.requestsPerReplica;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'replica-balance',
          legend: legendOf(paper.language),
          panelWidthMin: 260,
          panels: loads.map((load) => panelOf(load, loads, results, paper.language)),
        }),
      table: {
        columns: [
          columns.system,
          ...factorColumns(results.experiment),
          columns.replicas,
          columns.round,
          { key: 'replica', title: axes.replicaName },
          { key: 'requests', title: axes.requests, style: 'integer' },
        ],
        rows: loads.flatMap((load) =>
          dotsOf(load, results).map((dot) => [
            load.series.system,
            ...factorValues(load.cells[0]?.cell ?? {}, results.experiment),
            dot.replicas,
            dot.round,
            dot.name,
            dot.requests,
          ]),
        ),
      },
      caption: (language) =>
        fill(distributionWords.balanceCaption, language, {
          load: heaviestText(last, language),
          doubts: doubtsText(trialsShown(loads, results), language),
          n: roundsText(loads),
        }),
      reading: (language) =>
        fill(distributionWords.balanceReading, language, {
          cell: cellText(last, results, language),
          most: numberText(of?.max ?? null, language, 'integer'),
          least: numberText(of?.min ?? null, language, 'integer'),
          mean: numberText(of?.mean ?? null, language, 'integer'),
        }),
    };
  },
};

interface Dot {
  readonly replicas: number;
  readonly round: number;
  readonly name: string;
  readonly requests: number;
}

function dotsOf({ cells }: Heaviest, results: Results): Dot[] {
  return cells.flatMap((cell) =>
    trialsOf(results, cell).flatMap(({ round, replicas }) =>
      replicas.map(({ name, requests }) => ({ replicas: cell.cell.replicas, round, name, requests })),
    ),
  );
}

function panelOf(load: Heaviest, loads: readonly Heaviest[], results: Results, language: Language): Panel {
  const dots = dotsOf(load, results);
  const rounds = [...new Set(dots.map(({ round }) => round))].sort((a, b) => a - b);
  const top = axisTop(loads.flatMap((one) => dotsOf(one, results).map(({ requests }) => requests)));
  const x = ({ cell }: CellResult) => cell.replicas;
  return {
    title: curveTitle(load.series, results, language),
    height,
    draw: (width, idPrefix, position) => {
      const room = (width / load.cells.length) * 0.5;
      const apart = Math.min(roundsApart, room / rounds.length);
      const marksOfRound = rounds.map((round, i) =>
        Plot.dot(
          dots.filter((dot) => dot.round === round),
          {
            x: 'replicas',
            y: 'requests',
            dx: (i - (rounds.length - 1) / 2) * apart,
            r: 2.6,
            fill: colours.blue,
            fillOpacity: 0.55,
          },
        ),
      );
      return drawFrame(
        {
          height,
          language,
          x: { label: axes.replicas, scale: { type: 'band', domain: load.cells.map(x), padding: 0.3 } },
          y: { label: axes.requestsPerReplicaAxis, scale: { domain: [0, top], insetTop: 18 } },
          marks: [
            Plot.tickY(load.cells, {
              x,
              y: ({ requestsPerReplica: of }: CellResult) => of?.mean ?? Number.NaN,
              stroke: colours.ink,
              strokeWidth: 1.5,
            }),
            ...marksOfRound,
            Plot.text(load.cells, {
              x,
              frameAnchor: 'top',
              text: ({ jain }: CellResult) => `J = ${numberText(jain?.value ?? null, language, 'ratio')}`,
            }),
          ],
        },
        width,
        idPrefix,
        position,
      );
    },
  };
}

function legendOf(language: Language): LegendEntry[] {
  return [
    { label: distributionWords.legendReplica[language], colour: colours.blue, symbol: 'circle' },
    { label: distributionWords.legendEqual[language], colour: colours.ink, line: true },
  ];
}
