import {
  type Fillings,
  fill,
  formatNumber,
  type Language,
  type Sentence,
  type SentenceValues,
  sentences,
} from '../sentences/sentences.ts';
import type { FitResult, LawResult } from '../study/laws.ts';
import { findingText } from './finding-text.ts';

/**
 * What may be said of a fit: `reasonCode` is one of these names, `reasonValues` has the numbers. `{grew}`, `{amount}`,
 * `{more}` and `{at}` are the parts below, in the words of what N is.
 */
export const fitReasons = sentences.model.fitReasons.fitReasons;
export type FitReason = keyof typeof fitReasons;

/** What must be said beside it. */
const fitRemarks = sentences.model.fitReasons.fitRemarks;
export type FitRemark = keyof typeof fitRemarks;

/** What N is, in the sentences. */
type FitSubject = 'n' | 'replicas' | 'clients';

const spanWords: Readonly<Record<FitSubject, Sentence>> = sentences.model.fitReasons.spanWords;

const levelWords: Readonly<Record<FitSubject, Sentence>> = sentences.model.fitReasons.levelWords;

const fitParts = sentences.model.fitReasons.fitParts;

/** What a law over a study's cells needs beside its fit. */
const lawParts = sentences.model.fitReasons.lawParts;

/** Why a level is not in a law. */
const leftOutWords = sentences.model.fitReasons.leftOutWords;

/** Laws as sentences name them. */
export const lawNames: Readonly<Record<'linear' | 'amdahl' | 'usl', string>> = {
  linear: 'linear',
  amdahl: 'Amdahl',
  usl: 'USL',
};

type Explained = Pick<FitResult, 'reasonCode' | 'reasonValues' | 'remarks' | 'growth'> & {
  readonly reason?: string;
};

/** What the data say and why, then what must be said beside it: one sentence each, in the words of what N is. */
export function fitSentences(fit: Explained, subject: FitSubject, language: Language): string[] {
  const reason = sentenceOf(fitReasons, fit.reasonCode);
  // Of an older or a newer version: whole as analysis wrote it, better in English than not at all.
  if (!reason || fit.growth === undefined) return [fit.reason ?? fit.reasonCode];
  const said = fill(reason, language, {
    ...quantities(fit.reasonValues, language),
    ...partsOf(fit.reasonValues, subject, language),
  });
  const remarks = (fit.remarks ?? []).filter(
    ({ values }) => values['low'] !== NO_LIMIT || values['high'] !== NO_LIMIT,
  );
  return [said, ...remarks.map((remark) => remarkOf(remark, subject, language))];
}

/**
 * The same of a study's law, and of the levels that are not in it, so that no law stands beside a growth that
 * contradicts it; or why there is no law. The first sentence can stand alone with those that `isShort` leaves.
 */
export function lawSentences(law: LawResult, language: Language, isShort = false): string[] {
  const { fit, problem, over, held, bound, leftOut = [] } = law;
  if (!fit) return problem === null ? [] : [findingText(problem, {}, language)];
  const said = fitSentences(fit, over, language);
  const missing = leftOut.map(({ n, growth, ideal, why }) =>
    fill(lawParts.leftOut, language, {
      ...quantities({ n, growth, ideal }, language),
      at: fill(levelWords[over], language, { n }),
      why: leftOutWords[why],
    }),
  );
  const bounded =
    held.what === 'clients' && bound
      ? [fill(lawParts.bound, language, { clients: held.value ?? 0, bound: quantity(bound, language) })]
      : [];
  return isShort
    ? [...said.slice(0, 1), ...severalLoads(law, language), ...missing]
    : [...said, ...missing, ...bounded];
}

/** Why its growth need not be that of the answer, which is told at one load. */
function severalLoads({ held, points }: LawResult, language: Language): string[] {
  const [cells, levels] = [new Set(points.map(({ cell }) => cell)), new Set(points.map(({ n }) => n))];
  return held.what === 'saturation' && cells.size > levels.size ? [lawParts.severalLoads[language]] : [];
}

/** What a law is of: `replicas, at saturation`. */
export function lawSubject({ held: { what, value } }: LawResult, language: Language): string {
  const part = {
    saturation: lawParts.overSaturation,
    clients: lawParts.overHeldClients,
    'clients-per-replica': lawParts.overDiagonal,
    replicas: lawParts.overClients,
  }[what];
  return fill(part, language, { value: value ?? 0 });
}

/**
 * Of the laws of one curve the one over replicas that answers first: at saturation, else at the most clients, else at
 * constant clients per replica, as `lawsOf` orders them; where none is fitted, the one whose reason says why.
 */
export function headlineLaw(laws: readonly LawResult[]): LawResult | null {
  const asked = laws.filter(({ over }) => over === 'replicas');
  return asked.findLast(({ fit }) => fit !== null) ?? asked.at(-1) ?? null;
}

/** The claimed law of a fit; null where none is. */
export function claimedLaw(fit: FitResult | null | undefined): 'linear' | 'amdahl' | 'usl' | null {
  return !fit || fit.chosen === 'none' || fit.chosen === 'undecided' ? null : fit.chosen;
}

/** In place of a limit that the data do not set. Where they set none at all, nothing is said of a parameter. */
const NO_LIMIT = '–';

type Remark = NonNullable<FitResult['remarks']>[number];

function remarkOf({ code, values }: Remark, subject: FitSubject, language: Language): string {
  const sentence = sentenceOf(fitRemarks, code);
  if (!sentence) return code;
  const at = fill(levelWords[subject], language, { n: values['n'] ?? 0 });
  const part = { both: fitParts.between, low: fitParts.from, high: fitParts.upTo, none: fitParts.between };
  const interval = fill(
    part[limitsOf(values['low'], values['high'])],
    language,
    quantities(values, language),
  );
  return fill(sentence, language, { ...quantities(values, language), at, interval });
}

type Limit = SentenceValues[string] | undefined;

function limitsOf(low: Limit, high: Limit): 'both' | 'low' | 'high' | 'none' {
  if (low === NO_LIMIT) return high === NO_LIMIT ? 'none' : 'high';
  return high === NO_LIMIT ? 'low' : 'both';
}

/** The parts of a reason that depend on what N is. */
function partsOf(values: SentenceValues, subject: FitSubject, language: Language): Fillings {
  const say = (sentence: Sentence, more: Fillings = {}) =>
    fill(sentence, language, { ...quantities(values, language), ...more });
  const { growth, repetitions } = values;
  const span = say(spanWords[subject]);
  const grew = growth === undefined ? 'fromNothing' : Number(growth) < 1 ? 'fell' : 'grew';
  const isOfRounds = subject !== 'n' && Number.isInteger(repetitions);
  return {
    grew: say(fitParts[grew], { span }),
    limits: values['low'] === undefined ? '' : say(fitParts.limits),
    betaAllowed: betaAllowed(values, language),
    amount: say(fitParts[isOfRounds ? 'rounds' : 'rows']),
    more: say(
      fitParts[values['chance'] === undefined ? 'moreUnknown' : subject === 'n' ? 'moreRows' : 'moreRounds'],
    ),
  };
}

function betaAllowed(
  { betaLow = NO_LIMIT, betaHigh = NO_LIMIT }: SentenceValues,
  language: Language,
): string {
  const { betaBetween: both, betaFrom, betaUpTo, betaOpen: none } = fitParts;
  const part = { both, low: betaFrom, high: betaUpTo, none }[limitsOf(betaLow, betaHigh)];
  return fill(part, language, quantities({ low: betaLow, high: betaHigh }, language));
}

/** Counts stay numbers, with which words agree; laws get their names, and the rest three digits that mean something. */
function quantities(values: SentenceValues, language: Language): Fillings {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string')
        return [name, name === 'law' ? lawNames[value as keyof typeof lawNames] : value];
      return [name, Number.isInteger(value) ? value : quantity(value, language)];
    }),
  );
}

const PLAIN_MIN = 1e-4;
const PLAIN_MAX = 1e9;

function quantity(value: number, language: Language): string {
  const size = Math.abs(value);
  if (size >= 1000 && size < PLAIN_MAX) return formatNumber(value, language, { maximumFractionDigits: 0 });
  const notation = size >= PLAIN_MIN && size < PLAIN_MAX ? 'standard' : 'scientific';
  return formatNumber(value, language, { maximumSignificantDigits: 3, notation });
}

function sentenceOf(table: Readonly<Record<string, Sentence>>, code: string): Sentence | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
