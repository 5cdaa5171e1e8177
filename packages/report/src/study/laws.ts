import {
  claimedLaw,
  type FitResult,
  type FittedModel,
  fill,
  headlineLaw,
  inEachLanguage,
  type Language,
  type LawResult,
  lawNames,
  lawSentences,
  lawSubject,
  type Results,
  sentences,
} from '@escala/model';
import { type ColumnOf, type Table, tableOf, type Value } from '../tables/table.ts';
import { numberText } from '../words/format.ts';
import { columns, factorColumns } from './columns.ts';
import { allOfSeries, type Series } from './series.ts';

const lawWords = sentences.report.laws;

/** The law over replicas that a series is told by; null where analysis made none. */
export function lawOfSeries(series: Series, { laws }: Results): LawResult | null {
  return headlineLaw(lawsOfSeries(laws, series));
}

/** The same among the laws whose points are cells of one load, as figures over replicas draw them. */
export function drawnLaw(series: Series, { laws }: Results): LawResult | null {
  return headlineLaw(
    lawsOfSeries(laws, series).filter(({ held }) => held.what === 'saturation' || held.what === 'clients'),
  );
}

/** None where older results do not tell which of several levels is meant: better nothing than another curve's law. */
function lawsOfSeries(laws: readonly LawResult[], series: Series): readonly LawResult[] {
  const its = allOfSeries(laws, series);
  const questions = its.map(({ over, held }) => JSON.stringify([over, held]));
  return new Set(questions).size < its.length ? [] : its;
}

/** `Amdahl, α = 0.031`, with the range where it does not reach the last level, or that there is no law; for legends. */
export function chosenLawText(law: LawResult | null, language: Language): string {
  const { fit = null, leftOut = [] } = law ?? {};
  const chosen = claimedLaw(fit);
  if (!fit || !chosen)
    return lawWords[!fit ? 'notFitted' : fit.chosen === 'none' ? 'fitsNone' : 'undecided'][language];
  const model = fit.models[chosen];
  const parameters = (['alpha', 'beta'] as const).flatMap((name) => {
    const estimate = model?.[name]?.estimate;
    return estimate === undefined ? [] : [`${symbols[name]} = ${numberText(estimate, language, 'estimate')}`];
  });
  const nMax = fit.growth?.nMax ?? 0;
  const upTo = leftOut.some(({ n }) => n > nMax) ? [fill(lawWords.upTo, language, { n: nMax })] : [];
  return [lawNames[chosen], ...parameters, ...upTo].join(', ');
}

const symbols = { alpha: 'α', beta: 'β' } as const;

const axes = sentences.report.axes.axes;
const units = sentences.report.axes.units;

/** Every curve with the law that was chosen for it, its parameters with intervals, and why; or why there is none. */
export function lawsTable({ laws, experiment }: Results): Table {
  // Most studies show no coherency and no peak; columns of dashes would only push the reasons off the page.
  const used = parameters.filter(({ name }) => laws.some((law) => chosenModel(law)?.[name]));
  const further = factorColumns(experiment).filter(({ of }) =>
    laws.some((law) => of(levelsOf(law)) !== null),
  );
  return tableOf(laws, [
    { ...columns.system, of: ({ system }) => system },
    { ...columns.messages, of: ({ messages }) => messages },
    ...further.map((column) => ({ ...column, of: (law: LawResult) => column.of(levelsOf(law)) })),
    {
      key: 'over',
      title: lawWords.curve,
      text: 'name',
      of: (law) => inEachLanguage((language) => lawSubject(law, language)),
    },
    { key: 'law', title: lawWords.law, of: ({ fit }) => lawName(fit) },
    ...used.flatMap(parameterColumns),
    laws.some((law) => peakOf(law) !== null) && {
      key: 'peak_n',
      title: lawWords.peak,
      style: 'significant',
      of: peakOf,
    },
    laws.some(({ fitWithExcluded }) => fitWithExcluded) && {
      key: 'law_with_excluded',
      title: lawWords.withExcluded,
      // What would have been claimed with the trials that were left out; null where none was.
      of: ({ fitWithExcluded: fit }) => (fit ? lawName(fit) : null),
    },
    { key: 'trials', title: lawWords.trials, style: 'integer', of: ({ points }) => points.length },
    {
      key: 'why',
      title: lawWords.why,
      text: 'note',
      of: (law) => inEachLanguage((language) => lawSentences(law, language).join(' ')),
    },
  ]);
}

const levelsOf = ({ factors }: LawResult) => ({ cell: { ...factors } });

function chosenModel({ fit }: LawResult): FittedModel | null {
  const claimed = claimedLaw(fit);
  return (claimed && fit?.models[claimed]) ?? null;
}

function lawName(fit: FitResult | null): Value {
  const claimed = claimedLaw(fit);
  return claimed ? lawNames[claimed] : lawWords[fit?.chosen === 'undecided' ? 'undecided' : 'none'];
}

const parameters = [
  { name: 'gamma', title: axes.gamma, interval: axes.gammaInterval, unit: units.perSecondShort },
  { name: 'alpha', title: axes.alphaShort, interval: axes.alphaInterval, unit: null },
  { name: 'beta', title: axes.betaShort, interval: axes.betaInterval, unit: null },
] as const;

function parameterColumns({
  name,
  title,
  interval,
  unit,
}: (typeof parameters)[number]): ColumnOf<LawResult>[] {
  return [
    {
      key: name,
      title,
      ...(unit && { unit }),
      style: 'significant',
      of: (law) => chosenModel(law)?.[name]?.estimate ?? null,
    },
    {
      key: `${name}_low`,
      highKey: `${name}_high`,
      title: interval,
      style: 'significant',
      of: (law) => {
        const ci95 = chosenModel(law)?.[name]?.profileCi95;
        return ci95 ? { low: ci95[0], high: ci95[1] } : null;
      },
    },
  ];
}

/** A peak is a finding only inside the data. */
function peakOf({ fit }: LawResult): number | null {
  return fit?.peak.status === 'inside' ? fit.peak.n : null;
}
