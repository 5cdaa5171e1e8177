import { factors, fill, type Language, languages, type Results, sentences } from '@escala/model';
import { variedFactors } from '../study/factors.ts';
import { escapeMarkdown } from '../tables/table.ts';
import { numberText } from '../words/format.ts';

const axes = sentences.report.axes.axes;
const paragraphWords = sentences.report.paragraph;

/** What a paper's results section can say as it stands: how it was measured, the answers, and how far to trust them. */
export function resultsParagraph(results: Results, language: Language): string {
  const { answer, experiment, environment, target, totals } = results;
  const study = fill(paragraphWords.study, language, {
    systems: new Intl.ListFormat(language).format(experiment.systems.map(({ name }) => name)),
    count: experiment.systems.length,
    version: environment.escala,
    target,
    levels: levelsText(results, language),
    cells: totals.cellsMeasured,
    rounds: experiment.rounds,
    requests: totals.requests,
  });
  const numbers = paragraphWords[experiment.rounds === 1 ? 'numbersOnce' : 'numbers'];
  const found = answer ? [answer, ...answer.further].map(({ sentence }) => sentence[language]) : [];
  return [study, numbers[language], ...found, answer?.trust[language] ?? ''].join(' ').trim();
}

/** `replicas 1, 2, 4; clients 10, 50; messages 100`. */
function levelsText({ experiment, cells }: Results, language: Language): string {
  const isOpen = cells.some(({ cell }) => cell.ratePerSecond !== null);
  const keys = isOpen ? (['replicas', 'rate'] as const) : (['replicas', 'clients', 'messages'] as const);
  const numbers = keys.map((key) => {
    const levels = experiment[key].filter((level) => level !== null);
    return `${axes[key][language]} ${levels.map((level) => numberText(level, language, 'parameter')).join(', ')}`;
  });
  const further = variedFactors(experiment).map(({ key, text }) =>
    factors[key]
      .levels(experiment)
      .map((level) => text({ [key]: level }, language))
      .join(', '),
  );
  return [...numbers, ...further].join('; ');
}

/** `results-paragraph.md`: in each language, whatever the report's own is. */
export function paragraphFile(results: Results): string {
  return languages
    .map(
      (language) =>
        `**${sentences.model.language[language]}**\n\n${escapeMarkdown(resultsParagraph(results, language))}\n`,
    )
    .join('\n');
}
