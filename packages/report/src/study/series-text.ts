import {
  type Cell,
  type FactorKey,
  fill,
  type Language,
  type Results,
  type Sentence,
  sentences,
} from '@escala/model';
import { furtherText, loopNames, variedFactors } from './factors.ts';
import type { Series } from './series.ts';

const seriesWords = sentences.report.series;

/** `60 clients`, or `300 requests/s offered`. */
export function loadText(load: number, { isOpen }: Pick<Series, 'isOpen'>, language: Language): string {
  return fill(isOpen ? seriesWords.rate : seriesWords.clients, language, { load });
}

/** Title of the panel of a series: what tells it from the others of the study. */
export function seriesTitle(series: Series, results: Results, language: Language): string {
  const cell = series.cells[0]?.cell;
  const loop = series.isOpen && cell ? loopNames[cell.arrivals] : null;
  return titleOf(series, results, language, [
    loop ? fill(loop, language) : messagesText(series.messages, language),
  ]);
}

/** The same without the messages, where all that is drawn has the most; empty in a study of one curve. */
export function curveTitle(series: Series, results: Results, language: Language): string {
  return titleOf(series, results, language, []);
}

function titleOf(series: Series, results: Results, language: Language, load: readonly string[]): string {
  const cell = series.cells[0]?.cell;
  const further = variedFactors(results.experiment).filter(
    ({ key }) => (key !== 'arrivals' || load.length === 0) && (key !== 'durationUs' || series.isOpen),
  );
  return [
    ...(results.experiment.systems.length > 1 ? [series.system] : []),
    ...load,
    ...(cell ? further.map(({ text }) => text(cell, language)) : []),
  ].join(', ');
}

export function messagesText(messages: number, language: Language): string {
  return fill(seriesWords.messages, language, { messages });
}

export function replicasText(replicas: number, language: Language): string {
  return fill(seriesWords.replicas, language, { replicas });
}

/** A level of any factor by itself: `go`, `4 replicas`, `payload 4KiB`. */
export function levelText(key: FactorKey, level: Cell[FactorKey], language: Language): string {
  switch (key) {
    case 'system':
      return String(level);
    case 'replicas':
      return replicasText(Number(level), language);
    case 'messages':
      return messagesText(Number(level), language);
    case 'clients':
    case 'ratePerSecond':
      return loadText(Number(level), { isOpen: key === 'ratePerSecond' }, language);
    default:
      return furtherText(key, level as Cell[typeof key], language);
  }
}

/** More are counted. */
const TITLES_MAX = 6;

/** Several series in a sentence that takes their names; empty where there is none. */
export function seriesTitles(
  all: readonly Series[],
  sentence: Sentence,
  results: Results,
  language: Language,
): string {
  if (all.length === 0) return '';
  const names = all.slice(0, TITLES_MAX).map((series) => seriesTitle(series, results, language));
  const count = all.length - names.length;
  const more = count > 0 ? fill(seriesWords.andMore, language, { count }) : '';
  return fill(sentence, language, { names: names.join('; ') + more });
}
