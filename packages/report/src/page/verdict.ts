import { fill, type Language, type Results, type TrialResult } from '@escala/model';
import { numberText } from '../format.ts';
import { type Element, h } from '../markup/element.ts';
import { htmlTable } from '../tables/html.ts';
import type { Table, Value } from '../tables/table.ts';
import { axes } from '../words/axes.ts';
import { findingText } from '../words/finding-text.ts';
import { pageWords } from '../words/page.ts';

/** Missing runs are named one by one up to here. */
const missingNamedMax = 20;

/** First of all: can these numbers be believed, and if not all of them, which not and why. */
export function verdictSection(results: Results, language: Language): Element {
  const { summary, experiment, missingTrials } = results;
  return h(
    'section',
    { id: 'verdict' },
    h('h2', {}, pageWords.verdict[language]),
    h('p', { class: 'lead' }, verdictSentence(results, language)),
    summary.throughputMax &&
      h(
        'p',
        {},
        fill(pageWords.best, language, {
          value: numberText(summary.throughputMax.value, language),
          cell: summary.throughputMax.cell,
          verdict: results.cells.find(({ cell }) => cell.key === summary.throughputMax?.cell)?.verdict ?? '?',
        }),
      ),
    experiment.rounds < 2 &&
      h(
        'p',
        { class: 'notice' },
        pageWords.oneRound[language],
        ' ',
        h('code', {}, 'npm start -- run experiment.yaml --rounds 5'),
      ),
    missingTrials.length > 0 &&
      h(
        'p',
        { class: 'notice' },
        fill(pageWords.missing, language, {
          count: missingTrials.length,
          cells: missingTrials
            .slice(0, missingNamedMax)
            .map(({ cell, round }) => `${cell}/${round}`)
            .join(', '),
        }),
      ),
    doubtfulRuns(results, language),
  );
}

function verdictSentence({ totals }: Results, language: Language): string {
  const { VALID, SUSPECT, INVALID } = totals.verdicts;
  const values = {
    trials: totals.trialsMeasured,
    cells: totals.cellsMeasured,
    valid: VALID,
    suspect: SUSPECT,
    invalid: INVALID,
    ledger: pageWords[totals.ledgerCloses ? 'ledgerCloses' : 'ledgerOpen'][language],
  };
  const allValid = SUSPECT + INVALID === 0 && totals.ledgerCloses && totals.trialsMeasured > 0;
  return fill(allValid ? pageWords.verdictAllValid : pageWords.verdictMixed, language, values);
}

function doubtfulRuns(results: Results, language: Language): Element | null {
  const doubtful = [...results.trials]
    .filter((trial) => trial.verdict !== 'VALID')
    .sort((a, b) => (a.verdict < b.verdict ? -1 : a.verdict > b.verdict ? 1 : 0));
  if (doubtful.length === 0) return null;
  const table: Table = {
    columns: [
      { key: 'verdict', title: axes.verdict },
      { key: 'cell', title: pageWords.run },
      { key: 'round', title: axes.round, style: 'integer' },
      { key: 'reason', title: pageWords.reason },
    ],
    rows: doubtful.map((trial): Value[] => [
      trial.verdict,
      trial.cell,
      trial.round,
      reasonOf(trial, language),
    ]),
  };
  return htmlTable(table, pageWords.doubts[language], language);
}

function reasonOf(trial: TrialResult, language: Language): string {
  return trial.audits
    .filter(({ status }) => status === 'warn' || status === 'fail')
    .map(({ finding, values }) => findingText(finding, values, language))
    .join(' ');
}
