import {
  type CellResult,
  fill,
  type Language,
  type QuantilePoint,
  type Results,
  sentences,
  type TrialResult,
} from '@escala/model';
import { choiceOf } from '../drawing/layout.ts';
import { distinctSeries } from '../drawing/palette.ts';
import type { Table } from '../tables/table.ts';
import { numberText } from '../words/format.ts';
import { curveTable, ofMostMessages } from './columns.ts';
import { ms, rangeText, usPerMs } from './estimates.ts';
import { loadLevelOf, mostMessages, type Series, seriesOf } from './series.ts';
import { curveTitle, loadText, messagesText, replicasText } from './series-text.ts';

const distributionWords = sentences.report.distributions;
const units = sentences.report.axes.units;

/** The heaviest load of a curve, one cell a number of replicas: where distributions say most. */
export interface Heaviest {
  readonly series: Series;
  readonly load: number;
  readonly cells: readonly CellResult[];
}

/**
 * Of every curve the cells at its heaviest load that pass `has`: its largest number of messages, then the largest
 * load. Curves without any are left out, and of many numbers of replicas a choice is shown.
 */
export function heaviestLoads(results: Results, has: (cell: CellResult) => boolean): Heaviest[] {
  const all = seriesOf(results).filter(({ cells }) => cells.some(has));
  return mostMessages(all).map((series): Heaviest => {
    const suitable = series.cells.filter(has);
    const load = Math.max(...suitable.map(loadLevelOf));
    const cells = suitable
      .filter((cell) => loadLevelOf(cell) === load)
      .sort((a, b) => a.cell.replicas - b.cell.replicas);
    return { series, load, cells: choiceOf(cells, distinctSeries) };
  });
}

export function trialsOf(results: Results, { cell }: CellResult): TrialResult[] {
  return results.trials.filter((trial) => trial.cell === cell.key).sort((a, b) => a.round - b.round);
}

/** `60 clients, 30 messages per client`, for captions. */
export function heaviestText({ series, load }: Heaviest, language: Language): string {
  const at = loadText(load, series, language);
  return series.isOpen ? at : `${at}, ${messagesText(series.messages, language)}`;
}

/** `4 replicas`, and of which curve where there are several. */
export function cellText({ series, cells }: Heaviest, results: Results, language: Language): string {
  const replicas = replicasText(cells.at(-1)?.cell.replicas ?? 0, language);
  return [curveTitle(series, results, language), replicas].filter(Boolean).join(', ');
}

/** What captions of distributions say: the load, how many of the trials drawn are not VALID, and the rounds, `3` or `2–3`. */
export function captionValues(
  loads: readonly Heaviest[],
  results: Results,
  language: Language,
  isDrawn: (trial: TrialResult) => boolean = () => true,
) {
  const cells = loads.flatMap((load) => load.cells);
  const trials = cells.flatMap((cell) => trialsOf(results, cell)).filter(isDrawn);
  const rounds = cells.map((cell) => cell.rounds);
  const last = loads.at(-1);
  return {
    load: last ? heaviestText(last, language) : '',
    doubts: doubtsText(trials, language),
    n: rangeText(Math.min(...rounds), Math.max(...rounds)),
  };
}

/** How many of the trials that a figure draws one by one are not VALID; empty where all are. */
export function doubtsText(trials: readonly TrialResult[], language: Language): string {
  const count = (verdict: TrialResult['verdict']) => trials.filter((one) => one.verdict === verdict).length;
  if (count('VALID') === trials.length) return '';
  const values = { trials: trials.length, suspect: count('SUSPECT'), invalid: count('INVALID') };
  return fill(distributionWords.doubts, language, values);
}

export const latencyMs = ({ us }: QuantilePoint) => us / usPerMs;

/** Empty where half of them lie among the timeouts. */
export function halfText(p50: number | null, language: Language): string {
  if (p50 === null) return '';
  return fill(distributionWords.spectrumHalf, language, { median: numberText(ms(p50), language) });
}

/** 1 where every request has a rank, by its answer or behind all by its timeout; else only answers are spoken of. */
export function rankedForm({ counts: { requests, outcomes } }: CellResult): number {
  return outcomes.answered + outcomes.timeout === requests ? 1 : 2;
}

/** A share of 1 has no place on an axis of nines, and 0 µs none on a logarithmic one. */
export const usablePoints = (points: readonly QuantilePoint[]) =>
  points.filter(({ share, us }) => share < 1 && us > 0);

export const trialPoints = (cell: CellResult, results: Results) =>
  trialsOf(results, cell).map((trial) => usablePoints(trial.spectrum));

/** The pooled points. */
export function spectrumTable(cells: readonly CellResult[], results: Results): Table {
  const rows = cells.flatMap(({ cell, spectrum }) => spectrum.map((point) => ({ cell, ...point })));
  return curveTable(results, ofMostMessages, rows, [
    { key: 'share', title: distributionWords.share, style: 'parameter', of: ({ share }) => share },
    {
      key: 'latency_ms',
      title: distributionWords.latency,
      unit: units.ms,
      style: 'significant',
      of: latencyMs,
    },
  ]);
}
