import type { Sentence } from '../sentences/language.ts';
import { sentences } from '../sentences/sentences.ts';

/**
 * What may be said of a fit: `reasonCode` is one of these names, `reasonValues` has the numbers. `{grew}`, `{amount}`,
 * `{more}` and `{at}` are the parts below, in the words of what N is.
 */
export const fitReasons = sentences.model.fitReasons.fitReasons;
export type FitReason = keyof typeof fitReasons;

/** What must be said beside it. */
export const fitRemarks = sentences.model.fitReasons.fitRemarks;
export type FitRemark = keyof typeof fitRemarks;

/** What N is, in the sentences. */
export type FitSubject = 'n' | 'replicas' | 'clients';

export const spanWords: Readonly<Record<FitSubject, Sentence>> = sentences.model.fitReasons.spanWords;

export const levelWords: Readonly<Record<FitSubject, Sentence>> = sentences.model.fitReasons.levelWords;

export const fitParts = sentences.model.fitReasons.fitParts;

/** What a law over a study's cells needs beside its fit. */
export const lawParts = sentences.model.fitReasons.lawParts;

/** Why a level is not in a law. */
export const leftOutWords = sentences.model.fitReasons.leftOutWords;

/** Laws as sentences name them. */
export const lawNames: Readonly<Record<'linear' | 'amdahl' | 'usl', string>> = {
  linear: 'linear',
  amdahl: 'Amdahl',
  usl: 'USL',
};
