import {
  type Cell,
  type ComparedCell,
  type Comparison,
  fill,
  type Language,
  type Results,
  type Sentence,
  sentences,
} from '@escala/model';
import * as Plot from '@observablehq/plot';
import { drawFrame, logScale } from '../drawing/frame.ts';
import { compose, type Panel } from '../drawing/layout.ts';
import type { LegendEntry } from '../drawing/legend.ts';
import { colours } from '../drawing/palette.ts';
import { textWidth } from '../drawing/text-width.ts';
import { columns } from '../study/columns.ts';
import { rangeText } from '../study/estimates.ts';
import { factorColumns, factorValues, variedFactors } from '../study/factors.ts';
import { levels, loadOf, messagesText } from '../study/series.ts';
import type { Value } from '../tables/table.ts';
import { intervalText, numberText, tickText } from '../words/format.ts';
import type { Figure } from './figure.ts';

const axes = sentences.report.axes.axes;
const scalingWords = sentences.report.scaling;

/** Highest q that counts as significant where the results do not name it. */
const qMaxUsual = 0.05;
const rowHeight = 12;
const axisHeight = 50;
/** Cells that a panel has room for on a page; of more, those that differ most surely are shown. */
const rowsMax = 50;
/** The axis follows an interval this far beyond the ratios; few rounds can reach a hundred times as far. */
const intervalRoom = 1.6;

type Shown = ComparedCell & { readonly ratio: number; readonly ci95: readonly [number, number] };

/** Figure 11: the ratio of every cell with its interval, one panel a number of messages and pair of systems. */
export const comparison: Figure = {
  name: 'comparison',
  title: scalingWords.comparison,
  absent: scalingWords.comparisonAbsent,
  of(results) {
    const pairs = results.comparisons.filter((one) => one.metric === 'throughput' && shownOf(one).length > 0);
    const [first] = pairs;
    if (!first) return null;
    const cells = pairs.flatMap(shownOf);
    const qMax = results.method.thresholds['falseDiscoveryRate'] ?? qMaxUsual;
    const panels = pairs.flatMap((pair) =>
      levels(shownOf(pair).map(({ messages }) => messages)).map((messages) => ({
        pair,
        messages,
        cells: shownOf(pair).filter((cell) => cell.messages === messages),
      })),
    );
    const isChosen = panels.some((panel) => panel.cells.length > rowsMax);
    return {
      draw: (paper) =>
        compose(paper, {
          name: 'comparison',
          legend: legendOf(paper.language),
          panelWidthMin: 200,
          panels: panels.map((panel) => {
            const rows = surest(panel.cells);
            const title = [
              ...(pairs.length > 1 ? [`${panel.pair.b} / ${panel.pair.a}`] : []),
              messagesText(panel.messages, paper.language),
            ].join(', ');
            return panelOf({ title, rows, margin: panel.pair.margin, qMax, results }, paper.language);
          }),
        }),
      table: {
        columns: [
          { key: 'a', title: scalingWords.systemA },
          { key: 'b', title: scalingWords.systemB },
          columns.replicas,
          columns.clients,
          columns.messages,
          ...(isOpenLoop(results) ? [columns.rate] : []),
          ...factorColumns(results.experiment),
          { key: 'ratio', title: axes.ratio, style: 'ratio' },
          { key: 'ci95_low', highKey: 'ci95_high', title: axes.interval, style: 'ratio' },
          { key: 'p', title: axes.p, style: 'parameter' },
          { key: 'q', title: axes.q, style: 'parameter' },
          { key: 'verdict', title: axes.verdict },
        ],
        rows: pairs.flatMap((pair) =>
          testedOf(pair).map((one): Value[] => {
            const { cell } = measuredCell(one, results) ?? {};
            return [
              pair.a,
              pair.b,
              one.replicas,
              one.clients,
              one.messages,
              ...(isOpenLoop(results) ? [cell?.ratePerSecond ?? null] : []),
              ...factorValues(cell ?? {}, results.experiment),
              one.ratio,
              one.ci95 && { low: one.ci95[0], high: one.ci95[1] },
              one.p,
              one.q,
              scalingWords[one.verdict],
            ];
          }),
        ),
      },
      caption: (language) =>
        fill(scalingWords.comparisonCaption, language, {
          a: pairs.length > 1 ? 'A' : first.a,
          b: pairs.length > 1 ? 'B' : first.b,
          margin: numberText(first.margin, language, 'percent'),
          q: numberText(qMax, language, 'parameter'),
          rows: rowsAxis(results),
          chosen: isChosen ? fill(scalingWords.comparisonChosen, language, { rows: rowsMax }) : '',
          n: roundsText(cells),
        }),
      reading: (language) => reading(first, language),
    };
  },
};

function shownOf({ cells }: Comparison): Shown[] {
  return cells.filter((cell): cell is Shown => cell.ratio !== null && cell.ci95 !== null);
}

/** At most `rowsMax` cells, the smallest q first, in their own order. */
function surest(cells: readonly Shown[]): Shown[] {
  const kept = new Set([...cells].sort((a, b) => (a.q ?? 1) - (b.q ?? 1)).slice(0, rowsMax));
  return cells.filter((cell) => kept.has(cell));
}

function roundsText(cells: readonly Shown[]): string {
  const rounds = cells.flatMap(({ roundsA, roundsB }) => [roundsA, roundsB]);
  return rangeText(Math.min(...rounds), Math.max(...rounds));
}

interface Forest {
  readonly title: string;
  readonly rows: readonly Shown[];
  readonly margin: number;
  readonly qMax: number;
  readonly results: Results;
}

function panelOf({ title, rows, margin, qMax, results }: Forest, language: Language): Panel {
  const height = axisHeight + rowHeight * rows.length;
  const name = (cell: Shown) => cellName(cell, results, language);
  const band = [{ low: 1 - margin, high: 1 / (1 - margin) }];
  const ratios = rows.map(({ ratio }) => ratio);
  const [least, most] = [
    Math.min(...ratios, 1 - margin) / intervalRoom,
    Math.max(...ratios, 1 / (1 - margin)) * intervalRoom,
  ];
  const scale = logScale([
    Math.max(least, Math.min(...rows.map(({ ci95 }) => ci95[0]), 1 - margin)),
    Math.min(most, Math.max(...rows.map(({ ci95 }) => ci95[1]), 1 / (1 - margin))),
  ]);
  const [low = 0, high = Number.POSITIVE_INFINITY] = scale.domain as number[];
  const arrow = { y: name, fill: colours.blue, r: 2.4 };
  return {
    title,
    height,
    draw: (width, idPrefix, position) =>
      drawFrame(
        {
          height,
          language,
          marginLeft: 14 + Math.max(...rows.map((cell) => textWidth(name(cell)))),
          x: { label: axes.ratioAxis, scale: { ...scale, inset: 8 } },
          y: {
            scale: { type: 'point', domain: rows.map(name), tickFormat: (text: string) => text, tickSize: 0 },
          },
          marks: [
            Plot.rectX(band, { x1: 'low', x2: 'high', fill: colours.rule, fillOpacity: 0.5 }),
            Plot.ruleX([1], { stroke: colours.faint }),
            Plot.ruleY(rows, {
              y: name,
              x1: ({ ci95 }: Shown) => Math.max(low, ci95[0]),
              x2: ({ ci95 }: Shown) => Math.min(high, ci95[1]),
              stroke: colours.blue,
            }),
            Plot.dot(
              rows.filter(({ ci95 }) => ci95[0] < low),
              { ...arrow, x: low, symbol: 'triangle', rotate: -90 },
            ),
            Plot.dot(
              rows.filter(({ ci95 }) => ci95[1] > high),
              { ...arrow, x: high, symbol: 'triangle', rotate: 90 },
            ),
            Plot.dot(rows, {
              y: name,
              x: 'ratio',
              r: 2.8,
              stroke: colours.blue,
              fill: ({ q }: Shown) => (q !== null && q <= qMax ? colours.blue : colours.paper),
            }),
          ],
        },
        width,
        idPrefix,
        position,
      ),
  };
}

/** `4 × 60`, replicas and load, and the levels of whatever else the study varies. */
function cellName(compared: Shown, results: Results, language: Language): string {
  const measured = measuredCell(compared, results);
  const load = measured ? tickText(loadOf(measured), language) : compared.clients;
  const further = measured
    ? variedFactors(results.experiment).map(({ text }) => text(measured.cell, language))
    : [];
  return [`${compared.replicas} × ${load}`, ...further].join(', ');
}

/** A comparison names no factor that is at this level. */
const unnamedLevels = { ratePerSecond: null, payloadBytes: 0, thinkTimeUs: 0, keepAlive: true } as const;

/** A cell of this study that was compared: of either system, their factors are the same. */
function measuredCell({ replicas, clients, messages, factors }: ComparedCell, { cells }: Results) {
  const levels = Object.entries({ ...unnamedLevels, ...factors, replicas, clients, messages });
  return cells.find(({ cell }) => levels.every(([factor, level]) => cell[factor as keyof Cell] === level));
}

const isOpenLoop = ({ experiment }: Results) => experiment.rate.some((rate) => rate !== null);

/** Also those compared by rank, which have no ratio to draw, and so no place in the figure. */
function testedOf({ cells }: Comparison): ComparedCell[] {
  return cells.filter(({ p }) => p !== null);
}

/** What the two numbers of a name are. */
function rowsAxis(results: Results): Sentence {
  const load = isOpenLoop(results) ? axes.rateAxis : axes.clients;
  return { en: `${axes.replicas.en} × ${load.en}`, 'pt-BR': `${axes.replicas['pt-BR']} × ${load['pt-BR']}` };
}

function legendOf(language: Language): LegendEntry[] {
  const say = (key: keyof typeof scalingWords) => scalingWords[key][language];
  return [
    { label: say('legendSignificant'), colour: colours.blue, symbol: 'circle' },
    { label: say('legendNotSignificant'), colour: colours.blue, symbol: 'circle', hollow: true },
    { label: say('legendMargin'), colour: colours.faint, band: true },
  ];
}

function reading(pair: Comparison, language: Language): string {
  const { a, b, overall } = pair;
  const count = (verdict: ComparedCell['verdict']) =>
    testedOf(pair).filter((cell) => cell.verdict === verdict).length;
  const values = {
    a,
    b,
    faster: count('faster'),
    slower: count('slower'),
    equivalent: count('equivalent'),
    inconclusive: count('inconclusive'),
    cells: testedOf(pair).length,
  };
  const counts = fill(scalingWords.comparisonReading, language, values);
  if (!overall) return counts;
  const interval = overall.ci95
    ? ` ${intervalText(overall.ci95.low, overall.ci95.high, language, 'ratio')}`
    : '';
  const ratio = `${numberText(overall.value, language, 'ratio')}${interval}`;
  return `${counts} ${fill(scalingWords.comparisonOverall, language, { n: overall.cells, ratio })}`;
}
