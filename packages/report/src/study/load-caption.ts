import { fill, type Language, type Results, sentences, type TrialResult } from '@escala/model';
import { rangeText } from './estimates.ts';
import { type Heaviest, trialsOf } from './heaviest.ts';
import { curveTitle, loadText, messagesText, replicasText } from './series.ts';

const distributionWords = sentences.report.distributions;

/** `60 clients, 30 messages per client`, for captions. */
export function heaviestText({ series, load }: Heaviest, language: Language): string {
  const at = loadText(load, series, language);
  return series.isOpen ? at : `${at}, ${messagesText(series.messages, language)}`;
}

/** `4 replicas`, and of which curve where there are several. */
export function cellText({ series, cells }: Heaviest, results: Results, language: Language): string {
  const replicas = replicasText(cells.at(-1)?.cell.replicas ?? 0, language);
  return [curveTitle(series, results, language), replicas].filter(Boolean).join(', ');
}

/** Rounds of the cells shown: `3`, or `2–3`. */
export function roundsText(loads: readonly Heaviest[]): string {
  const rounds = loads.flatMap(({ cells }) => cells.map((cell) => cell.rounds));
  return rangeText(Math.min(...rounds), Math.max(...rounds));
}

/** How many of the trials that a figure draws one by one are not VALID; empty where all are. */
export function doubtsText(trials: readonly TrialResult[], language: Language): string {
  const count = (verdict: TrialResult['verdict']) => trials.filter((one) => one.verdict === verdict).length;
  if (count('VALID') === trials.length) return '';
  const values = { trials: trials.length, suspect: count('SUSPECT'), invalid: count('INVALID') };
  return fill(distributionWords.doubts, language, values);
}

export function trialsShown(loads: readonly Heaviest[], results: Results): TrialResult[] {
  return loads.flatMap(({ cells }) => cells.flatMap((cell) => trialsOf(results, cell)));
}
