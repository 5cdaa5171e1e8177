import {
  type Answer,
  type Cell,
  doubtsOf,
  fill,
  type Language,
  lawSentences,
  lawSubject,
  type Results,
  sentences,
  trialsText,
  verdictSentences,
} from '@escala/model';
import { type Element, h } from '../markup/element.ts';
import { summaryCaption, summaryTable } from '../papers/summary-table.ts';
import { auditTable } from '../study/cells-table.ts';
import { lawOfSeries } from '../study/laws.ts';
import { seriesOf } from '../study/series.ts';
import { seriesTitle } from '../study/series-text.ts';
import { htmlTable } from '../tables/html.ts';
import { tableOf } from '../tables/table.ts';
import { findingText } from '../words/finding-text.ts';

const axes = sentences.report.axes.axes;
const pageWords = sentences.report.wordsPage;
const keyWords = sentences.report.key;
/** Missing trials are named one by one up to here. */
const missingNamedMax = 20;
/** Cells of one doubt that are named; `results.json` has them all. */
const CELLS_NAMED_MAX = 20;
/** Curves whose law is named in the verdict; more stand in the table of laws. */
const lawsNamedMax = 4;

/** First of all what the study was made to learn, then how far these numbers can be believed, and which not and why. */
export function verdictSection(results: Results, language: Language): Element {
  const { answer, experiment, missingTrials, summary } = results;
  return h(
    'section',
    { id: 'verdict' },
    h('h2', {}, pageWords.verdict[language]),
    h('p', { class: 'lead' }, (answer?.sentence ?? pageWords.noAnswer)[language]),
    furtherParagraphs(answer?.further ?? [], language),
    h('p', {}, answer ? answer.trust[language] : verdictSentences(results, language).join(' ')),
    experiment.rounds === 1 &&
      summary.throughputMax !== null &&
      h(
        'p',
        {},
        `${pageWords.fiveRounds[language]} `,
        h('code', {}, 'npm start -- run experiment.yaml --rounds 5'),
      ),
    missingTrials.length > 0 &&
      h(
        'p',
        { class: 'notice' },
        fill(pageWords.missing, language, {
          cells: missingTrials
            .slice(0, missingNamedMax)
            .map(({ cell, round }) => `${cell}/${round}`)
            .join(', '),
          more: missingTrials.length > missingNamedMax ? ', …' : '',
        }),
      ),
  );
}

/** What else is answered, a paragraph a question. */
function furtherParagraphs(further: Answer['further'], language: Language): Element[] {
  return [...Map.groupBy(further, ({ kind }) => kind).values()].map((parts) =>
    h('p', {}, parts.map(({ sentence }) => sentence[language]).join(' ')),
  );
}

/** The small table, below what a reader has to know to read it: the words, and the name of a cell taken apart. */
export function keySection(results: Results, language: Language): Element {
  const cell = results.cells.at(-1)?.cell;
  const name = cell && [h('dt', {}, h('code', {}, cell.key)), h('dd', {}, cellText(cell, language))];
  const words = (['cell', 'round', 'trial', 'verdicts', 'ledger'] as const).map((word) => [
    h('dt', {}, keyWords.of[word][language]),
    h('dd', {}, keyWords.means[word][language]),
  ]);
  return h(
    'section',
    { id: 'key' },
    h('h2', {}, pageWords.key[language]),
    h('dl', {}, words, name),
    results.cells.length > 0 &&
      htmlTable(summaryTable(results), 'summary', summaryCaption(results, language), language),
  );
}

function cellText({ system, replicas, clients, messages, ratePerSecond }: Cell, language: Language): string {
  return ratePerSecond === null
    ? fill(keyWords.name, language, { system, replicas, clients, messages })
    : fill(keyWords.nameOpen, language, { system, replicas, rate: ratePerSecond });
}

/** What the audits found: doubts by their reason, then every audit. */
export function auditSection(results: Results, language: Language): Element {
  return h(
    'section',
    { id: 'audit' },
    h('h2', {}, pageWords.audit[language]),
    doubtfulRuns(results, language),
    htmlTable(auditTable(results), 'audits', pageWords.auditCaption[language], language),
  );
}

/** What the data say of every curve over replicas, or why they say nothing. */
export function lawsSaid(results: Results, language: Language): string[] {
  const named = seriesOf(results).flatMap((series) => {
    const law = lawOfSeries(series, results);
    if (!law) return [];
    return fill(pageWords.lawOf, language, {
      series: seriesTitle(series, results, language),
      subject: lawSubject(law, language),
      said: lawSentences(law, language, true).join(' '),
    });
  });
  return named.slice(0, lawsNamedMax);
}

/** Every reason once, with the cells and rounds in which it was found. */
function doubtfulRuns({ trials }: Results, language: Language): Element | null {
  const doubts = doubtsOf(trials);
  if (doubts.length === 0) return null;
  const table = tableOf(doubts, [
    { key: 'verdict', title: axes.verdict, of: ({ verdict }) => verdict },
    { key: 'trials', title: pageWords.doubtTrials, style: 'integer', of: ({ trials }) => trials.length },
    {
      key: 'reason',
      title: pageWords.reason,
      text: 'sentence',
      of: ({ finding, values }) => findingText(finding, values, language),
    },
    {
      key: 'cells',
      title: pageWords.cellsRounds,
      text: 'sentence',
      of: ({ trials }) => trialsText(trials, language, CELLS_NAMED_MAX),
    },
  ]);
  return h('div', { id: 'doubts' }, htmlTable(table, 'doubts', pageWords.doubts[language], language));
}
