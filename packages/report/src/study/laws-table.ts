import {
  claimedLaw,
  type FitResult,
  type FittedModel,
  type LawResult,
  languages,
  lawNames,
  lawSubject,
  type Results,
  type Sentence,
  sentences,
} from '@escala/model';
import type { Column, Table, Value } from '../tables/table.ts';
import { columns } from './columns.ts';
import { variedFactors } from './factors.ts';
import { lawReason } from './laws.ts';

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;
const lawWords = sentences.report.laws;

/** Every curve with the law that was chosen for it, its parameters with intervals, and why; or why there is none. */
export function lawsTable({ laws, experiment }: Results): Table {
  // Most studies show no coherency and no peak; columns of dashes would only push the reasons off the page.
  const used = parameters.filter(({ name }) => laws.some((law) => chosenModel(law)?.[name]));
  const further = variedFactors(experiment).filter(({ value }) =>
    laws.some(({ factors }) => value(factors ?? {}) !== null),
  );
  const hasExcluded = laws.some(({ fitWithExcluded }) => fitWithExcluded);
  const hasPeak = laws.some((law) => peakOf(law) !== null);
  return {
    columns: [
      columns.system,
      columns.messages,
      ...further.map(({ column }) => column),
      { key: 'over', title: lawWords.curve, text: 'name' },
      { key: 'law', title: lawWords.law },
      ...used.flatMap(({ name, title, interval, unit }): Column[] => [
        { key: name, title, ...(unit && { unit }), style: 'significant' },
        { key: `${name}_low`, highKey: `${name}_high`, title: interval, style: 'significant' },
      ]),
      ...(hasPeak ? [{ key: 'peak_n', title: lawWords.peak, style: 'significant' } as const] : []),
      ...(hasExcluded ? [{ key: 'law_with_excluded', title: lawWords.withExcluded }] : []),
      { key: 'trials', title: lawWords.trials, style: 'integer' },
      { key: 'why', title: lawWords.why, text: 'note' },
    ],
    rows: laws.map((law): Value[] => [
      law.system,
      law.messages,
      ...further.map(({ value }) => value(law.factors ?? {})),
      inBoth((language) => lawSubject(law, language)),
      lawName(law.fit),
      ...used.flatMap(({ name }) => parameterCells(chosenModel(law), name)),
      ...(hasPeak ? [peakOf(law)] : []),
      ...(hasExcluded ? [lawWithExcluded(law)] : []),
      law.points.length,
      inBoth((language) => lawReason(law, language)),
    ]),
  };
}

function chosenModel({ fit }: LawResult): FittedModel | null {
  const claimed = claimedLaw(fit);
  return (claimed && fit?.models[claimed]) ?? null;
}

function lawName(fit: FitResult | null): Value {
  const claimed = claimedLaw(fit);
  return claimed ? lawNames[claimed] : lawWords[fit?.chosen === 'undecided' ? 'undecided' : 'none'];
}

/** What would have been claimed with the trials that were left out; null where none was. */
function lawWithExcluded({ fitWithExcluded: fit }: LawResult): Value {
  return fit ? lawName(fit) : null;
}

const parameters = [
  { name: 'gamma', title: axes.gamma, interval: axes.gammaInterval, unit: units.perSecondShort },
  { name: 'alpha', title: axes.alphaShort, interval: axes.alphaInterval, unit: null },
  { name: 'beta', title: axes.betaShort, interval: axes.betaInterval, unit: null },
] as const;

function parameterCells(model: FittedModel | null, name: (typeof parameters)[number]['name']): Value[] {
  const found = model?.[name];
  if (!found) return [null, null];
  const interval = found.profileCi95;
  return [found.estimate, interval && { low: interval[0], high: interval[1] }];
}

/** A peak is a finding only inside the data. */
function peakOf({ fit }: LawResult): number | null {
  return fit?.peak.status === 'inside' ? fit.peak.n : null;
}

function inBoth(of: (language: (typeof languages)[number]) => string): Sentence {
  const [en, ptBr] = languages.map(of);
  return { en: en ?? '', 'pt-BR': ptBr ?? '' };
}
