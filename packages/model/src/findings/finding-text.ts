import {
  type Fillings,
  fill,
  fillEach,
  type Language,
  type Sentence,
  type SentenceValues,
  sentences,
} from '../sentences/sentences.ts';
import { describeDurationUs, describeNumber, describeShare } from '../sentences/units.ts';
import type { Verdict } from '../study/names.ts';
import type { CellResult, TrialResult } from '../study/results.ts';
import { kindsText } from './failures.ts';

/**
 * What an audit found, what was left out and why, and why there is no law: `AuditResult.finding`, `Exclusion.reason` and
 * `LawResult.problem` are keys of this table. Places are the names of the result's `values`; a value is said with the
 * unit that its name tells.
 */
export const findings = sentences.model.findings;
export type FindingKey = keyof typeof findings;

const byKey: Readonly<Record<string, Sentence>> = findings;

/** So many different texts are named where trials differ in one. */
const TEXTS_MAX = 3;

/**
 * The sentence of a finding, of one trial or of several, whose values it says as ranges, such as `1.04 ms – 64.7 ms`. One
 * that this version does not know is shown by its key and values, never left out; so is one of another version that lacks
 * a value that the sentence wants.
 */
export function findingText(
  key: string,
  values: SentenceValues | readonly SentenceValues[],
  language: Language,
): string {
  const byName = Map.groupBy([values].flat().flatMap(Object.entries<string | number>), ([name]) => name);
  const all = [...byName].map(([name, found]) => [name, found.map(([, value]) => value)] as const);
  const sentence = Object.hasOwn(byKey, key) ? byKey[key] : undefined;
  if (sentence) {
    const said = all.map(([name, found]) => [
      name,
      rangeOf(found, (value) => described(name, value, language)),
    ]);
    if (!lacksValue(sentence[language], new Set(byName.keys())))
      return fill(sentence, language, Object.fromEntries(said));
  }
  const shown = all.map(([name, found]) => `${name} = ${rangeOf(found, (value) => value)}`);
  const inBrackets = shown.length > 0 ? ` (${shown.join(', ')})` : '';
  return sentence
    ? fill(sentences.model.findingOfAnother, language, { finding: key, values: inBrackets })
    : key + inBrackets;
}

/** Whether the text has a place, outside of what a choice may leave unsaid, for which there is no value. */
function lacksValue(text: string, names: ReadonlySet<string>): boolean {
  const places = text
    .replace(/\{(\w+)\?(?:[^{}|]|\{\w+\})*\|(?:[^{}|]|\{\w+\})*\}/g, '{$1}')
    .matchAll(/\{(\w+)\}/g);
  return [...places].some(([, name = '']) => !names.has(name));
}

/** One value as it is said, several numbers as what is said of the least and of the largest, several texts as a list. */
function rangeOf(values: readonly (string | number)[], say: (value: string | number) => string | number) {
  const numbers = values.filter((value) => typeof value === 'number');
  const ends = numbers.length > 0 ? [Math.min(...numbers), Math.max(...numbers)] : values;
  const said = [...new Set(ends.map(say))];
  if (said.length === 1) return said[0] ?? '';
  if (numbers.length > 0) return said.join(' – ');
  return [...said.slice(0, TEXTS_MAX), ...(said.length > TEXTS_MAX ? ['…'] : [])].join(', ');
}

/** A value as a person says it: durations and shares with their unit, measured numbers without false digits. */
function described(name: string, value: string | number, language: Language): string | number {
  if (name === 'code') return incidentText(String(value), language);
  if (typeof value !== 'number') return name === 'kinds' ? kindsText(value, language) : value;
  if (name.endsWith('Us')) return describeDurationUs(value)[language];
  if (/share$|^residual$|^limit$/i.test(name)) return describeShare(value)[language];
  // What is counted stays a number, with which words agree.
  return Number.isInteger(value) ? value : describeNumber(value)[language];
}

const incidents: Readonly<Record<string, Sentence>> = sentences.model.incidents;

/** What happened, and its code, by which the files name it; a code of another version stands alone. */
export function incidentText(code: string, language: Language): string {
  const said = Object.hasOwn(incidents, code) ? incidents[code] : undefined;
  return said ? `${fill(said, language)} (${code})` : code;
}

/** Of each limit what is said; that of too few clients is what a legend of the report says, too. */
const limitWords = { ...sentences.analysis.answer.limits, clients: sentences.report.figures.legendCensored };

/** What limits a cell, as a clause: `the 2 processors are full`. */
export function limitClause({ limit }: CellResult): Sentence | null {
  if (!limit || limit.what === 'unknown') return null;
  const { perRequestUs } = limit.values;
  return fillEach(limitWords[limit.what], {
    ...(limit.values as Fillings),
    ...(typeof perRequestUs === 'number' && { ms: describeNumber(perRequestUs / 1_000) }),
  });
}

const doubtWords = sentences.model.doubts;

type NamedTrial = Pick<TrialResult, 'cell' | 'round'>;

/** One reason why trials are not VALID: what it makes of a trial by itself, its trials, and the values of each. */
interface Doubt {
  readonly verdict: Exclude<Verdict, 'VALID'>;
  readonly finding: string;
  readonly values: readonly SentenceValues[];
  readonly trials: readonly NamedTrial[];
}

/** Every reason once: first what makes a trial INVALID, then the most frequent. */
export function doubtsOf(trials: readonly Pick<TrialResult, 'cell' | 'round' | 'audits'>[]): Doubt[] {
  const all = trials.flatMap((trial) =>
    trial.audits
      .filter(({ status }) => status === 'fail' || status === 'warn')
      .map((audit) => ({ trial, ...audit })),
  );
  const groups = Map.groupBy(all, ({ status, finding }) => `${status} ${finding}`);
  return [...groups.values()]
    .map((group) => ({
      verdict: group[0]?.status === 'fail' ? ('INVALID' as const) : ('SUSPECT' as const),
      finding: group[0]?.finding ?? '',
      values: group.map(({ values }) => values),
      trials: group.map(({ trial: { cell, round } }) => ({ cell, round })),
    }))
    .sort((a, b) => a.verdict.localeCompare(b.verdict) || b.trials.length - a.trials.length);
}

/** Trials by cell, with the rounds in brackets: `go-r1-c16-m50 (1–3, 5), …`; at most so many cells, those with the most first. */
export function trialsText(trials: readonly NamedTrial[], language: Language, cellsMax: number): string {
  const cells = [...Map.groupBy(trials, ({ cell }) => cell)].sort(([, a], [, b]) => b.length - a.length);
  const named = cells
    .slice(0, cellsMax)
    .map(([cell, its]) => `${cell} (${roundsText(its.map(({ round }) => round))})`)
    .join(', ');
  const count = cells.length - cellsMax;
  return count > 0 ? fill(doubtWords.more, language, { named, count }) : named;
}

/** Numbers in ascending order, those that follow each other as a range: `1–3, 5`. */
function roundsText(rounds: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const round of rounds.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === round - 1) last[1] = round;
    else ranges.push([round, round]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
