import {
  claimedLaw,
  fill,
  headlineLaw,
  type Language,
  type LawResult,
  lawNames,
  type Results,
  sentences,
} from '@escala/model';
import { numberText } from '../words/format.ts';
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
