import {
  fill,
  fitReasons,
  fitRemarks,
  type Language,
  type LawResult,
  lawNames,
  type Results,
  type Sentence,
} from '@escala/model';
import { numberText } from '../format.ts';
import { findingText } from '../words/finding-text.ts';
import { lawWords } from '../words/laws.ts';
import { ofSeries, type Series } from './series.ts';

/** The law of throughput over replicas at saturation of a series; null where analysis made none. */
export function lawOfSaturation(series: Series, { laws }: Results): LawResult | null {
  const saturated = laws.filter(({ over, held }) => over === 'replicas' && held.what === 'saturation');
  return ofSeries(saturated, series) ?? null;
}

/** `Amdahl, α = 0.031`, or that there is no law; for legends. */
export function chosenLawText(law: LawResult | null, language: Language): string {
  const chosen = law?.fit?.chosen ?? 'none';
  if (chosen === 'none') return lawWords[law?.fit ? 'fitsNone' : 'notFitted'][language];
  const model = law?.fit?.models[chosen];
  const parameters = (['alpha', 'beta'] as const).flatMap((name) => {
    const estimate = model?.[name]?.estimate;
    return estimate === undefined ? [] : [`${symbols[name]} = ${numberText(estimate, language, 'estimate')}`];
  });
  return [lawNames[chosen], ...parameters].join(', ');
}

const symbols = { alpha: 'α', beta: 'β', gamma: 'γ' } as const;

/** What a law is of: `node, 30 messages per client, replicas at saturation`. */
export function lawSubject({ over, held }: LawResult, language: Language): string {
  if (over === 'clients') {
    return fill(held.value === 1 ? lawWords.overClientsOne : lawWords.overClients, language, {
      value: held.value ?? 0,
    });
  }
  return held.what === 'saturation'
    ? lawWords.overSaturation[language]
    : fill(lawWords.overDiagonal, language, { value: held.value ?? 0 });
}

/** Why this law was chosen, or none, and what must be said beside it, in the reader's language. */
export function lawReason({ fit, problem }: LawResult, language: Language): string | null {
  if (!fit) return problem === null ? null : findingText(problem, {}, language);
  const reason = sentenceOf(fitReasons, fit.reasonCode);
  // Whole as analysis wrote it, remarks too: better in English than not at all.
  if (!reason) return fit.reason;
  const remarks = (fit.remarks ?? []).map(({ code, values }) => {
    const remark = sentenceOf(fitRemarks, code);
    return remark ? fill(remark, language, values) : code;
  });
  return [fill(reason, language, fit.reasonValues), ...remarks].join(' ');
}

function sentenceOf(table: Readonly<Record<string, Sentence>>, code: string): Sentence | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
