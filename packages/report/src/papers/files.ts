import type { Language, Results } from '@escala/model';
import { csvOf } from '../tables/csv.ts';
import { latexFloatOf } from '../tables/latex.ts';
import { escapeMarkdown, markdownOf } from '../tables/markdown.ts';
import { paragraphFile } from './results-paragraph.ts';
import { narrowSummaryCaption, narrowSummaryTable, summaryTable } from './summary-table.ts';
import { comparisonsTable, trialsTable } from './tidy-tables.ts';

/** Files of `tables/`: the small table below the answer, a paragraph of results, and the tidy tables of notebooks. */
export function filesForPapers(results: Results, language: Language): Record<string, string> {
  const { answer, experiment } = results;
  const summary = summaryTable(results);
  const said = answer
    ? [answer.sentence, ...answer.further.map(({ sentence }) => sentence), answer.trust]
    : [];
  const paragraphs = said.map((sentence) => `${escapeMarkdown(sentence[language])}\n\n`);
  const label = `tab:${experiment.name.replace(/[^A-Za-z0-9]+/g, '-')}`;
  const float = { caption: narrowSummaryCaption(results, language), label };
  return {
    'summary.md': `${paragraphs.join('')}${markdownOf(summary, language)}`,
    'summary.tex': latexFloatOf(narrowSummaryTable(results), float, language),
    'summary.csv': csvOf(summary),
    'results-paragraph.md': paragraphFile(results),
    'trials.csv': csvOf(trialsTable(results)),
    'comparisons.csv': csvOf(comparisonsTable(results)),
  };
}
