import { type CellResult, type Estimate, fill, type Language, type Results } from '@escala/model';
import { figureWords } from '../words/figures.ts';
import { methodText } from '../words/methods.ts';

/** One system under one number of messages: what a panel shows. */
export interface Series {
  readonly system: string;
  readonly messages: number;
  readonly cells: readonly CellResult[];
}

/** The cells by system and messages, in the order of the factors. */
export function seriesOf(results: Results): Series[] {
  return results.experiment.systems.flatMap(({ name: system }) =>
    [...results.experiment.messages]
      .sort((a, b) => a - b)
      .map((messages) => ({
        system,
        messages,
        cells: results.cells.filter(({ cell }) => cell.system === system && cell.messages === messages),
      }))
      .filter(({ cells }) => cells.length > 0),
  );
}

/** Title of the panel of a series; the system is named only where there are several. */
export function seriesTitle(series: Series, results: Results, language: Language): string {
  const title = fill(
    series.messages === 1 ? figureWords.panelMessagesOne : figureWords.panelMessages,
    language,
    { messages: series.messages },
  );
  return results.experiment.systems.length > 1 ? `${series.system}, ${title}` : title;
}

export function replicasTitle(replicas: number, language: Language): string {
  return fill(replicas === 1 ? figureWords.panelReplicasOne : figureWords.panelReplicas, language, {
    replicas,
  });
}

/** Sample size and interval method, for captions. */
export function sampleText(
  results: Results,
  language: Language,
  interval: 'throughput' | 'percentile',
): string {
  const { rounds } = results.experiment;
  if (rounds < 2) return fill(figureWords.sampleOne, language);
  const method =
    interval === 'throughput' ? results.method.throughputInterval : results.method.percentileInterval;
  return fill(figureWords.sampleMany, language, { rounds, method: methodText(method, language) });
}

export const largest = (levels: readonly number[]) => Math.max(...levels);

export const levels = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** Milliseconds for the eye; the data have µs. */
export function ms(us: number | null | undefined): number | null {
  return us === null || us === undefined ? null : us / 1000;
}

export const usPerMs = 1000;

/** Value and interval as table cells; the interval is empty where there is none. */
export function estimateCells(estimate: Estimate | null, unit = 1): (number | null)[] {
  const scale = (value: number | null | undefined) =>
    value === null || value === undefined ? null : value / unit;
  return [
    scale(estimate?.value),
    scale(estimate?.ci95?.low),
    scale(estimate?.ci95?.high),
    estimate?.n ?? null,
  ];
}
