import { closest, distance } from 'fastest-levenshtein';
import type { Sentence } from './language.ts';

/** A word this far from a known one, in edits, is not a slip of it. */
const DISTANCE_MAX = 4;

/** The known word that was probably meant; undefined where none is near. */
export function nearestOf(given: string, known: readonly string[]): string | undefined {
  const nearest = closest(given, known);
  // Nearly every letter of a short word would have to change.
  const most = Math.min(DISTANCE_MAX, Math.ceil(given.length / 2));
  return nearest !== undefined && distance(given, nearest) <= most ? nearest : undefined;
}

/** The end of a sentence that names the nearest known word; empty where none is near. */
export function didYouMean(nearest: string | undefined): Sentence {
  if (nearest === undefined) return { en: '', 'pt-BR': '' };
  return { en: `; did you mean ${nearest}?`, 'pt-BR': `; você quis dizer ${nearest}?` };
}
