import { type CellResult, fill, type Results, sentences } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { panel } from '../drawing/frame.ts';
import { dotEntry, legend, lineEntry } from '../drawing/legend.ts';
import { axisTop, sideBySide } from '../drawing/marks.ts';
import { colours } from '../drawing/palette.ts';
import { columns, curveTable, ofMostMessages } from '../study/columns.ts';
import { captionValues, cellText, type Heaviest, heaviestLoads, trialsOf } from '../study/distributions.ts';
import { levels } from '../study/series.ts';
import { curveTitle } from '../study/series-text.ts';
import { numberText } from '../words/format.ts';
import { figure } from './kinds/figure.ts';

const axes = sentences.report.axes.axes;
const distributionWords = sentences.report.distributions;

const HEIGHT = 240;
/** Dots of the rounds stand side by side, this many pixels apart, as far as a band has room. */
const ROUNDS_APART_MAX = 6;
const replicasOf = ({ cell }: Pick<CellResult, 'cell'>) => cell.replicas;

/** Figure 9: how many requests each replica got, beside the equal share, with Jain's index. */
export const balance = figure({
  name: 'replica-balance',
  about: 'replicas',
  title: distributionWords.balance,
  of(results) {
    const loads = heaviestLoads(results, ({ requestsPerReplica }) => requestsPerReplica !== null);
    const last = loads.at(-1);
    if (!last) return null;
    const of = last.cells.at(-1)?.requestsPerReplica;
    const dots = loads.flatMap((load) => dotsOf(load, results));
    const top = axisTop(dots.map(({ requests }) => requests));
    return {
      picture: ({ language }) => ({
        legend: legend(
          dotEntry(distributionWords.legendReplica, colours.blue, 'circle'),
          lineEntry(distributionWords.legendEqual, colours.ink),
        ),
        panelWidthMin: 260,
        panels: loads.map((load) =>
          panel(curveTitle(load.series, results, language), HEIGHT, (width) => ({
            x: {
              label: axes.replicas,
              scale: { type: 'band', domain: load.cells.map(replicasOf), padding: 0.3 },
            },
            y: { label: axes.requestsPerReplicaAxis, scale: { domain: [0, top], insetTop: 18 } },
            marks: [
              Plot.tickY(load.cells, { x: replicasOf, y: equalShare, stroke: colours.ink, strokeWidth: 1.5 }),
              ...roundMarks(dotsOf(load, results), (width / load.cells.length) * 0.5),
              Plot.text(load.cells, {
                x: replicasOf,
                frameAnchor: 'top',
                text: ({ jain }: CellResult) => `J = ${numberText(jain?.value ?? null, language, 'ratio')}`,
              }),
            ],
          })),
        ),
      }),
      table: curveTable(results, ofMostMessages, dots, [
        columns.round,
        { key: 'replica', title: axes.replicaName, of: ({ name }) => name },
        { key: 'requests', title: axes.requests, style: 'integer', of: ({ requests }) => requests },
      ]),
      caption: (language) =>
        fill(distributionWords.balanceCaption, language, captionValues(loads, results, language)),
      reading: (language) =>
        fill(distributionWords.balanceReading, language, {
          cell: cellText(last, results, language),
          most: numberText(of?.max ?? null, language, 'integer'),
          least: numberText(of?.min ?? null, language, 'integer'),
          mean: numberText(of?.mean ?? null, language, 'integer'),
        }),
    };
  },
});

const equalShare = ({ requestsPerReplica: of }: CellResult) => of?.mean ?? Number.NaN;

type Dot = ReturnType<typeof dotsOf>[number];
const dotsOf = ({ cells }: Heaviest, results: Results) =>
  cells.flatMap((one) =>
    trialsOf(results, one).flatMap(({ round, replicas }) =>
      replicas.map(({ name, requests }) => ({ cell: one.cell, round, name, requests })),
    ),
  );

/** The dots of each round beside those of the others, in a band with this room for them. */
function roundMarks(dots: readonly Dot[], room: number): Plot.Markish[] {
  const rounds = levels(dots.map(({ round }) => round));
  const apart = Math.min(ROUNDS_APART_MAX, room / rounds.length);
  const style = { x: replicasOf, y: 'requests', r: 2.6, fill: colours.blue, fillOpacity: 0.55 };
  return rounds.map((round, i) => {
    const ofRound = dots.filter((dot) => dot.round === round);
    return Plot.dot(ofRound, { ...style, dx: sideBySide(i, rounds.length, apart) });
  });
}
