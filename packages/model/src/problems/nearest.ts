import { closest, distance } from 'fastest-levenshtein';
import { fillEach, type Sentence, sentences } from '../sentences/sentences.ts';

const words = sentences.model.nearest;

/** A word this far from a known one, in edits, is not a slip of it. */
const DISTANCE_MAX = 4;

/**
 * The known word that was probably meant: that of which fewer than half of the letters would have to change, or that has
 * the same letters; else the first that begins with it. Undefined where none is near.
 */
export function nearestOf(given: string, known: readonly string[]): string | undefined {
  const lower = given.toLowerCase();
  const nearest = closest(lower, known);
  const most = Math.min(DISTANCE_MAX, Math.ceil(lower.length / 2) - 1);
  const isNear = nearest !== undefined && distance(lower, nearest.toLowerCase()) <= most;
  if (isNear || (nearest && letters(nearest) === letters(lower))) return nearest;
  return lower === '' ? undefined : known.find((word) => word.toLowerCase().startsWith(lower));
}

const letters = (word: string) => [...word].sort().join('');

/** The end of a sentence that names the nearest known word; empty where none is near. */
export function didYouMean(nearest: string | undefined): Sentence {
  if (nearest === undefined) return words.plain;
  return fillEach(words.didYouMean, { nearest });
}
