import { type ComparedCell, fill, type Language } from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import { colours } from '../drawing/palette.ts';
import { numberText } from '../format.ts';
import { axes } from '../words/axes.ts';
import { scalingWords } from '../words/scaling.ts';
import { levels, seriesTitle } from './cells.ts';
import type { Figure } from './figure.ts';

/** Highest q that counts as significant: the false discovery rate of the method. */
const qMax = 0.05;
const rowHeight = 11;
const axisHeight = 50;

type Shown = ComparedCell & { readonly ratio: number; readonly ci95: readonly [number, number] };

/** Figure 11: the ratio of every cell with its interval, one panel a number of messages. */
export const comparison: Figure = {
  name: 'comparison',
  title: scalingWords.comparison,
  absent: scalingWords.comparisonAbsent,
  of(results) {
    const compared = results.comparisons.find(({ metric }) => metric === 'throughput');
    const cells = (compared?.cells ?? []).filter(
      (cell): cell is Shown => cell.ratio !== null && cell.ci95 !== null,
    );
    if (!compared || cells.length === 0) return null;
    const { a, b, margin } = compared;
    const count = (verdict: ComparedCell['verdict']) =>
      cells.filter((cell) => cell.verdict === verdict).length;
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'comparison',
          legend: [],
          panelWidthMin: 200,
          panels: levels(cells.map(({ messages }) => messages)).map((messages) => {
            const title = seriesTitle(
              { system: '', messages, cells: [] },
              { ...results, experiment: { ...results.experiment, systems: [] } },
              paper.language,
            );
            const at = cells.filter((cell) => cell.messages === messages);
            return panelOf(title, at, margin, paper.language);
          }),
        }),
      table: {
        columns: [
          { key: 'replicas', title: axes.replicas, style: 'integer' },
          { key: 'clients', title: axes.clients, style: 'integer' },
          { key: 'messages', title: axes.messages, style: 'integer' },
          { key: 'ratio', title: axes.ratio, style: 'ratio' },
          { key: 'ci95_low', title: axes.low, style: 'ratio' },
          { key: 'ci95_high', title: axes.high, style: 'ratio' },
          { key: 'q', title: { en: 'q', 'pt-BR': 'q' }, style: 'parameter' },
          { key: 'verdict', title: axes.verdict },
        ],
        rows: cells.map(({ replicas, clients, messages, ratio, ci95, q, verdict }) => [
          replicas,
          clients,
          messages,
          ratio,
          ci95[0],
          ci95[1],
          q,
          verdict,
        ]),
      },
      caption: (language) =>
        fill(scalingWords.comparisonCaption, language, {
          a,
          b,
          margin: numberText(margin, language, 'percent'),
          rounds: results.experiment.rounds,
        }),
      reading: (language) =>
        fill(scalingWords.comparisonReading, language, {
          a,
          b,
          faster: count('faster'),
          slower: count('slower'),
          other: count('equivalent') + count('inconclusive'),
        }),
    };
  },
};

function panelOf(title: string, cells: readonly Shown[], margin: number, language: Language): Panel {
  const height = axisHeight + rowHeight * cells.length;
  const name = ({ replicas, clients }: Shown) => `${replicas} × ${clients}`;
  const band = [{ low: 1 - margin, high: 1 / (1 - margin) }];
  const significant = ({ q }: Shown) => q !== null && q <= qMax;
  return {
    title,
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          x: { label: axes.ratioAxis, scale: { type: 'log', ticks: 4 } },
          y: {
            label: {
              en: `${axes.replicas.en} × ${axes.clients.en}`,
              'pt-BR': `${axes.replicas['pt-BR']} × ${axes.clients['pt-BR']}`,
            },
            scale: {
              type: 'point',
              domain: cells.map(name),
              tickFormat: (text: string) => text,
              tickSize: 0,
            },
          },
          marks: [
            Plot.rectX(band, { x1: 'low', x2: 'high', fill: colours.rule, fillOpacity: 0.5 }),
            Plot.ruleX([1], { stroke: colours.faint }),
            Plot.ruleY(cells, {
              y: name,
              x1: ({ ci95 }: Shown) => ci95[0],
              x2: ({ ci95 }: Shown) => ci95[1],
              stroke: colours.blue,
            }),
            Plot.dot(cells, {
              y: name,
              x: 'ratio',
              r: 2.6,
              stroke: colours.blue,
              fill: (cell: Shown) => (significant(cell) ? colours.blue : colours.paper),
            }),
          ],
        },
        width,
        idPrefix,
        position,
      ),
  };
}
