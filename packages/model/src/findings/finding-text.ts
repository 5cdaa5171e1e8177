import {
  type Fillings,
  fill,
  type Language,
  type Sentence,
  type SentenceValues,
  sentences,
} from '../sentences/sentences.ts';
import { describeDurationUs, describeNumber, describeShare } from '../sentences/units.ts';
import { kindsText } from './failures.ts';

/**
 * What an audit found, what was left out and why, and why there is no law: `AuditResult.finding`, `Exclusion.reason` and
 * `LawResult.problem` are keys of this table. Places are the names of the result's `values`; a value is said with the
 * unit that its name tells.
 */
export const findings = sentences.model.findings;
export type FindingKey = keyof typeof findings;

const byKey: Readonly<Record<string, Sentence>> = findings;

/** The sentence of a finding; one that this version does not know is shown by its key and values, never left out. */
export function findingText(key: string, values: SentenceValues, language: Language): string {
  const sentence = Object.hasOwn(byKey, key) ? byKey[key] : undefined;
  if (sentence) return fill(sentence, language, described(values, language));
  const shown = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return shown.length > 0 ? `${key} (${shown.join(', ')})` : key;
}

/** Values as a person says them: durations and shares with their unit, measured numbers without false digits. */
function described(values: SentenceValues, language: Language): Fillings {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value !== 'number') return [name, name === 'kinds' ? kindsText(value, language) : value];
      if (name.endsWith('Us')) return [name, describeDurationUs(value)];
      if (/share$|^residual$|^limit$/i.test(name)) return [name, describeShare(value)];
      // What is counted stays a number, with which words agree.
      return [name, Number.isInteger(value) ? value : describeNumber(value)];
    }),
  );
}
