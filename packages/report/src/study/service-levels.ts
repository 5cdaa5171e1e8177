import {
  type CapacityResult,
  fill,
  inEachLanguage,
  type Language,
  type Results,
  type Slo,
  type SloVerdict,
  sentences,
} from '@escala/model';
import { type Table, tableOf } from '../tables/table.ts';
import { numberText } from '../words/format.ts';
import { columns, everyCurve, factorColumns } from './columns.ts';
import { ms, usPerMs } from './estimates.ts';
import { distinguishable, ofSeries, type Series, seriesOf } from './series.ts';

const scalingWords = sentences.report.scaling;
const axes = sentences.report.axes.axes;

/** A service level as people write it: `p95 ≤ 15 ms`. The percentile of the data is a share of 1. */
export function sloText({ percentile, latencyUs, failureShare }: Slo, language: Language): string {
  const parts: string[] = [];
  if (percentile !== null && latencyUs !== null) {
    const name = String(Number((percentile * 100).toFixed(3))).replace('.', '');
    parts.push(`p${name} ≤ ${numberText(latencyUs / usPerMs, language, 'parameter')} ms`);
  }
  if (failureShare !== null) {
    const share = numberText(failureShare, language, 'percent');
    parts.push(fill(sentences.analysis.answer.failuresWithin, language, { share }));
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

/** One level of a step function: what is met, and how far the rounds leave it undecided. */
export interface Step {
  readonly at: number;
  /** 0 where nothing is met. */
  readonly met: number;
  readonly undecidedTo: number;
  /** Even the last level is met (capacity), or not even that (demand): the value lies beyond the study. */
  readonly isBeyond: boolean;
}

const isOpenTo = (verdict: SloVerdict) => verdict === 'met' || verdict === 'undecided';

/** Capacity of every number of replicas: clients. */
function capacitySteps({ capacity: steps, decisions }: CapacityResult): Step[] {
  return steps.map(({ replicas, strict, censored }) => {
    const loads = decisions.filter((one) => one.replicas === replicas).sort((a, b) => a.clients - b.clients);
    const stop = loads.findIndex(({ verdict }) => !isOpenTo(verdict));
    const last = stop < 0 ? loads.at(-1) : loads[stop - 1];
    const met = strict ?? 0;
    return { at: replicas, met, undecidedTo: Math.max(met, last?.clients ?? 0), isBeyond: censored };
  });
}

/** Demand of every number of clients: replicas. */
function demandSteps({ demand, decisions }: CapacityResult): Step[] {
  const most = Math.max(...decisions.map(({ replicas }) => replicas));
  return demand.map(({ clients, replicas }) => {
    const open = decisions.filter((one) => one.clients === clients && isOpenTo(one.verdict));
    const least = Math.min(most, ...open.map((one) => one.replicas));
    const met = replicas ?? most;
    return { at: clients, met, undecidedTo: Math.min(met, least), isBeyond: replicas === null };
  });
}

/** Why no load is met with any number of replicas. */
export function nothingMet(of: CapacityResult): 'capacityUndecided' | 'capacityNever' | 'capacityUnknown' {
  if (capacitySteps(of).some(({ undecidedTo }) => undecidedTo > 0)) return 'capacityUndecided';
  const least = Math.min(...of.decisions.map(({ clients }) => clients));
  const atLeast = of.decisions.filter(({ clients }) => clients === least);
  return atLeast.every(({ verdict }) => verdict === 'violated') ? 'capacityNever' : 'capacityUnknown';
}

export interface CapacityCurve {
  readonly of: CapacityResult;
  readonly series: Series;
  readonly capacity: readonly Step[];
  readonly demand: readonly Step[];
}

/** Those of the first service level that these rounds can say anything about. */
export function capacityCurves(results: Results): CapacityCurve[] {
  const all = seriesOf(results);
  const curves = all.flatMap((series): CapacityCurve[] => {
    const of = ofSeries(atFirstSlo(results), series);
    if (!of?.decisions.some(({ verdict }) => verdict !== 'not-assessable')) return [];
    return [{ of, series, capacity: capacitySteps(of), demand: demandSteps(of) }];
  });
  return distinguishable(curves, all);
}

export const isUndecided = ({ met, undecidedTo }: Step) => met !== undecidedTo;

export function capacityTable(results: Results): Table {
  const rows = results.capacities.flatMap((one) =>
    capacitySteps(one).map((step) => ({
      ...step,
      slo: one.slo,
      cell: { ...one.factors, system: one.system, messages: one.messages, replicas: step.at },
    })),
  );
  return tableOf(rows, [
    ...everyCurve,
    ...factorColumns(results.experiment),
    {
      key: 'slo',
      title: scalingWords.slo,
      of: (row) => inEachLanguage((language) => sloText(row.slo, language)),
    },
    columns.replicas,
    { key: 'capacity_clients', title: axes.capacityAxis, style: 'integer', of: ({ met }) => met || null },
    { key: 'censored', title: scalingWords.censored, of: ({ isBeyond }) => (isBeyond ? axes.yes : axes.no) },
    {
      key: 'undecided_to_clients',
      title: scalingWords.undecidedTo,
      style: 'integer',
      of: (row) => (row.undecidedTo > row.met ? row.undecidedTo : null),
    },
  ]);
}
