import {
  type ComparedCell,
  type Comparison,
  fill,
  inEachLanguage,
  type Language,
  levelsOfCompared,
  loadLevel,
  type Results,
  sentences,
} from '@escala/model';
import { type Table, tableOf } from '../tables/table.ts';
import { intervalText, numberText, tickText } from '../words/format.ts';
import { columns, factorColumns } from './columns.ts';
import { variedFactors } from './factors.ts';
import { levels } from './series.ts';

const axes = sentences.report.axes.axes;
const scalingWords = sentences.report.scaling;

export type Shown = ComparedCell & { readonly ratio: number; readonly ci95: readonly [number, number] };

/** One panel: a pair of systems at one number of messages. */
export interface Forest {
  readonly pair: Comparison;
  readonly messages: number;
  readonly cells: readonly Shown[];
}

export function shownOf({ cells }: Comparison): Shown[] {
  return cells.filter((cell): cell is Shown => cell.ratio !== null && cell.ci95 !== null);
}

export function forestsOf(pair: Comparison): Forest[] {
  return levels(shownOf(pair).map(({ messages }) => messages)).map((messages) => ({
    pair,
    messages,
    cells: shownOf(pair).filter((cell) => cell.messages === messages),
  }));
}

const isOpenLoop = ({ experiment }: Results) => experiment.rate.some((rate) => rate !== null);

/** Also those compared by rank, which have no ratio to draw, and so no place in the figure. */
const testedOf = ({ cells }: Comparison) => cells.filter(({ p }) => p !== null);

export function comparisonTable(pairs: readonly Comparison[], results: Results): Table {
  const rows = pairs.flatMap((pair) =>
    testedOf(pair).map((one) => {
      const { replicas, clients, messages, factors } = one;
      const levels = { ratePerSecond: null, ...levelsOfCompared(factors) };
      return { pair, one, cell: { ...levels, replicas, clients, messages } };
    }),
  );
  return tableOf(rows, [
    { key: 'a', title: scalingWords.systemA, of: ({ pair }) => pair.a },
    { key: 'b', title: scalingWords.systemB, of: ({ pair }) => pair.b },
    columns.replicas,
    columns.clients,
    columns.messages,
    isOpenLoop(results) && columns.rate,
    ...factorColumns(results.experiment),
    { key: 'ratio', title: axes.ratio, style: 'ratio', of: ({ one }) => one.ratio },
    {
      key: 'ci95_low',
      highKey: 'ci95_high',
      title: axes.interval,
      style: 'ratio',
      of: ({ one: { ci95 } }) => ci95 && { low: ci95[0], high: ci95[1] },
    },
    { key: 'p', title: axes.p, style: 'parameter', of: ({ one }) => one.p },
    { key: 'q', title: axes.q, style: 'parameter', of: ({ one }) => one.q },
    { key: 'verdict', title: axes.verdict, of: ({ one }) => sentences.model.comparison[one.verdict] },
  ]);
}

/** How many cells of a pair say what, and the ratio over all. */
export function comparisonText(pair: Comparison, language: Language): string {
  const { a, b, overall } = pair;
  const tested = testedOf(pair);
  const count = (verdict: ComparedCell['verdict']) =>
    tested.filter((cell) => cell.verdict === verdict).length;
  const counts = fill(scalingWords.comparisonReading, language, {
    a,
    b,
    faster: count('faster'),
    slower: count('slower'),
    equivalent: count('equivalent'),
    inconclusive: count('inconclusive'),
    cells: tested.length,
  });
  if (!overall) return counts;
  const interval = overall.ci95
    ? ` ${intervalText(overall.ci95.low, overall.ci95.high, language, 'ratio')}`
    : '';
  const ratio = `${numberText(overall.value, language, 'ratio')}${interval}`;
  return `${counts} ${fill(scalingWords.comparisonOverall, language, { n: overall.cells, ratio })}`;
}

/** `4 × 60`, replicas and load, and the levels of whatever else the study varies. */
export function cellName(
  { replicas, clients, factors }: Shown,
  results: Results,
  language: Language,
): string {
  const levels = levelsOfCompared(factors);
  const load = tickText(loadLevel({ ratePerSecond: null, clients, ...levels }), language);
  const further = variedFactors(results.experiment).flatMap(({ text }) => text(levels, language) || []);
  return [`${replicas} × ${load}`, ...further].join(', ');
}

/** What the two numbers of a name are. */
export function rowsAxis(results: Results) {
  const load = isOpenLoop(results) ? axes.rateAxis : axes.clients;
  return inEachLanguage((language) => `${axes.replicas[language]} × ${load[language]}`);
}
