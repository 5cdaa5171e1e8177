import {
  type AnswerPart,
  type CellResult,
  describeShare,
  fillEach,
  formatNumber,
  inEachLanguage,
  isOfCurve,
  type LimitName,
  limitClause,
  type Sentence,
} from '@escala/model';
import { plateauOf } from '../study/groups.ts';
import { commonMeasure } from '../study/throughput-measure.ts';
import { thresholds } from '../thresholds.ts';
import {
  headlineCurve,
  inBrackets,
  joined,
  limitsOfEstimate,
  nothing,
  ofSystem,
  part,
  type Study,
  SYSTEMS_NAMED_MAX,
  tellsLittle,
  wholeLoadOf,
  words,
} from './study.ts';

/** How throughput grew with the replicas of every system at the heaviest load, where it stopped, and what was full there. */
export function growthParts(study: Study): AnswerPart[] {
  const parts = study.experiment.systems.flatMap(({ name }) => ofSystemGrowth(study, name));
  const named = parts.slice(0, SYSTEMS_NAMED_MAX);
  const [last, more] = [named.at(-1), parts.length - named.length];
  if (!last || more === 0) return parts;
  const others = joined([last.sentence, fillEach(words.moreSystems, { more })], '; ');
  return [...named.slice(0, -1), { ...last, sentence: others }];
}

function ofSystemGrowth(study: Study, system: string): AnswerPart[] {
  const curve = headlineCurve(study, system);
  const [first] = curve;
  const its = study.speedups
    .filter((series) => first && isOfCurve(series, first.cell) && series.points.length > 1)
    .sort((a, b) => b.clients - a.clients);
  // The heaviest load at which the most replicas, and not the clients, set the pace; else the heaviest of all.
  const series = its.find(({ points }) => points.at(-1)?.clientLimited === false) ?? its[0];
  if (!series) return [];
  const row = curve
    .filter(({ cell }) => cell.clients === series.clients)
    .sort((a, b) => a.cell.replicas - b.cell.replicas);
  const last = series.points.at(-1);
  const cell = row.find((one) => one.cell.replicas === last?.replicas);
  if (!last || !cell) return [];
  const interval = limitsOfEstimate(last.speedup);
  const isFlat = interval !== null && interval[0] <= 1 && interval[1] >= 1;
  const stop: Stop | null = isFlat ? { kind: 'limited', cell } : stopOf(row);
  const { value: speedup } = last.speedup;
  const sentence = fillEach(words[kindOf(interval, isFlat)], {
    rounds: cell.rounds,
    system: ofSystem(system, study.experiment),
    base: series.baseReplicas,
    replicas: last.replicas,
    speedup: decimal(speedup),
    interval: inBrackets(interval, decimal),
    efficiency: describeShare(Number(last.efficiency.value.toPrecision(2))),
    place: wholeLoadOf(cell, study.experiment),
    stop: stop ? stopText(stop, row) : nothing,
  });
  const numbers = {
    base: series.baseReplicas,
    replicas: last.replicas,
    speedup,
    efficiency: last.efficiency.value,
    ...(stop?.kind === 'stops' && { stopsAt: stop.cell.cell.replicas }),
  };
  return [part({ kind: 'replicas', sentence, numbers, interval, cells: row.map((one) => one.cell.key) })];
}

function kindOf(interval: readonly [number, number] | null, isFlat: boolean) {
  if (tellsLittle(interval)) return 'growthOpen';
  return isFlat ? 'noGrowth' : 'growth';
}

const decimal = (value: number): Sentence =>
  inEachLanguage((language) =>
    formatNumber(
      value,
      language,
      value < 1 ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 1, maximumFractionDigits: 1 },
    ),
  );

type Stop = { readonly kind: 'stops' | 'falls' | 'limited'; readonly cell: CellResult };

/** The fewest replicas beyond which throughput grows no more; else the most replicas, where their efficiency is poor. */
function stopOf(row: readonly CellResult[]): Stop | null {
  const { ofCell } = commonMeasure(row);
  const known = row.filter((cell) => (ofCell(cell)?.value ?? 0) > 0);
  const value = (cell: CellResult) => ofCell(cell)?.value ?? 0;
  const [first, last, plateau] = [known[0], known.at(-1), plateauOf(known, value)];
  if (!first || !last || !plateau || known.length < 2) return null;
  if (isBelow(last, plateau.best)) return { kind: 'falls', cell: plateau.best };
  if (plateau.first !== last && known.length > 2) return { kind: 'stops', cell: plateau.first };
  const efficiency = (value(last) / value(first)) * (first.cell.replicas / last.cell.replicas);
  return efficiency < thresholds.efficiencyGood ? { kind: 'limited', cell: last } : null;
}

/** Rounds, and not chance, tell that it fell. */
function isBelow({ throughput: low }: CellResult, { throughput: high }: CellResult): boolean {
  const [of, than] = [limitsOfEstimate(low), limitsOfEstimate(high)];
  return of !== null && than !== null && of[1] < than[0];
}

const stopWords = {
  stops: { known: words.stopsWhere, unknown: words.stops },
  falls: { known: words.fallsWhere, unknown: words.falls },
  limited: { known: words.limitedWhere, unknown: words.limited },
} as const;

/** Each replica brings its own: one replica more would be one more of it, so that growth does not stop there. */
const ownOfReplica: ReadonlySet<LimitName | undefined> = new Set<LimitName | undefined>([
  'service',
  'processor',
  'pods',
]);

/** What is full is asked of the cells from there on: that of the stop itself may not be full yet. */
function stopText({ kind, cell }: Stop, row: readonly CellResult[]): Sentence {
  const beyond = row.filter(
    ({ cell: one, limit }) => one.replicas >= cell.cell.replicas && !ownOfReplica.has(limit?.what),
  );
  const clause = beyond.map(limitClause).findLast((said) => said !== null);
  const values = { replicas: cell.cell.replicas, limit: clause ?? nothing };
  return fillEach(stopWords[kind][clause ? 'known' : 'unknown'], values);
}
