import type { SloVerdict } from '@escala/model';
import { type CapacityResult, fill, type Language, type Results, type Slo, sentences } from '@escala/model';
import { numberText } from '../words/format.ts';
import { ms, usPerMs } from './estimates.ts';
import { ofSeries, type Series } from './series.ts';

const scalingWords = sentences.report.scaling;

/** A service level as people write it: `p95 ≤ 15 ms`. The percentile of the data is a share of 1. */
export function sloText({ percentile, latencyUs, failureShare }: Slo, language: Language): string {
  const parts: string[] = [];
  if (percentile !== null && latencyUs !== null) {
    const name = String(Number((percentile * 100).toFixed(3))).replace('.', '');
    parts.push(`p${name} ≤ ${numberText(latencyUs / usPerMs, language, 'parameter')} ms`);
  }
  if (failureShare !== null) {
    const share = numberText(failureShare, language, 'percent');
    parts.push(fill(scalingWords.sloFailures, language, { share }));
  }
  return parts.join(', ');
}

/** What is decided of the first service level, by `placeOf`. */
export function decisionsOf(series: Series, results: Results): ReadonlyMap<string, SloVerdict> {
  const found = ofSeries(atFirstSlo(results), series);
  return new Map((found?.decisions ?? []).map((one) => [placeOf(one.replicas, one.clients), one.verdict]));
}

export const placeOf = (replicas: number, clients: number) => `${replicas}/${clients}`;

/** Capacities of the first service level, the one that figures show. */
export function atFirstSlo({ capacities }: Results): CapacityResult[] {
  const first = JSON.stringify(capacities[0]?.slo);
  return capacities.filter(({ slo }) => JSON.stringify(slo) === first);
}

export const sloLimitsMs = ({ experiment }: Results) =>
  experiment.slo.flatMap(({ latencyUs }) => ms(latencyUs) ?? []);
