import { sentences } from '../sentences/sentences.ts';

/**
 * What an id may look like: request ids, runs, replicas. Anything else is answered with 400. It never begins with "-", so
 * that a spreadsheet takes none for a formula, and its cell stands in a CSV file as it is.
 */
export const idPattern = /^[A-Za-z0-9._:][A-Za-z0-9._:-]{0,127}$/;
/** A replica's name stands in an id, in a file name and in JSON. */
export const replicaPattern = /^[A-Za-z0-9.][A-Za-z0-9.-]{0,127}$/;

/** A pattern's rule in words, for the error about another value. */
export const idRules = sentences.model.ids;

/**
 * What no text of a row may hold: a line break for any reader (also NEL and the Unicode separators, at which other
 * programs cut lines), and the other control characters, which help nobody. A tab is text.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
export const controlCharacter = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]/;

/** The `cell` of warm-up requests, in rows and in ledgers. They are never measured and never unexpected. */
export const warmupCell = 'warmup';

/** Where a trial stands in the study: what its requests' ids begin with, and what the ledger calls it. */
export interface TrialIdentity {
  readonly run: string;
  readonly cell: string;
  readonly planIndex: number;
  readonly round: number;
  readonly attempt: number;
}

/** `<run>.<plan index>.<round>.<attempt>`; the client appends `.<client>.<message>`. */
export function requestIdPrefix({ run, planIndex, round, attempt }: TrialIdentity): string {
  return `${run}.${planIndex}.${round}.${attempt}`;
}

/** `<cell>/<round>.<attempt>`: a repeated attempt never looks like a double. */
export function ledgerCell({ cell, round, attempt }: TrialIdentity): string {
  return `${cell}/${round}.${attempt}`;
}
