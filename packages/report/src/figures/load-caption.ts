import type { Language, Results } from '@escala/model';
import { rangeText } from './estimates.ts';
import type { Heaviest } from './heaviest.ts';
import { curveTitle, loadText, messagesText, replicasText } from './series.ts';

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
