import type { Language } from '@escala/model';
import { rangeText } from './estimates.ts';
import type { Heaviest } from './heaviest.ts';
import { loadText, messagesText, replicasText } from './series.ts';

/** `60 clients, 30 messages per client`, for captions. */
export function heaviestText({ series, load }: Heaviest, language: Language): string {
  const at = loadText(load, series, language);
  return series.isOpen ? at : `${at}, ${messagesText(series.messages, language)}`;
}

/** `With 4 replicas`, and of which system where there are several. */
export function cellText({ series, cells }: Heaviest, isOneOfSeveral: boolean, language: Language): string {
  const replicas = replicasText(cells.at(-1)?.cell.replicas ?? 0, language);
  return isOneOfSeveral ? `${series.system}, ${replicas}` : replicas;
}

/** Rounds of the cells shown: `3`, or `2–3`. */
export function roundsText(loads: readonly Heaviest[]): string {
  const rounds = loads.flatMap(({ cells }) => cells.map((cell) => cell.rounds));
  return rangeText(Math.min(...rounds), Math.max(...rounds));
}
