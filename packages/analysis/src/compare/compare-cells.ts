import type { CellResult, ComparedCell, Comparison } from '@escala/model';
import {
  benjaminiHochberg,
  geometricMean,
  mannWhitney,
  mean,
  pairedRatio,
  pairsToSettle,
  ratioVerdict,
  roundsToSettle,
  standardDeviation,
  sumOfMeans,
  welchRatio,
} from '@escala/stats';
import { thresholds } from '../thresholds.ts';

/** One cell of one side: run-level values by round, each a deployment. */
export interface ComparableCell {
  readonly cell: Pick<CellResult['cell'], 'replicas' | 'clients' | 'messages'>;
  readonly factors: ComparedCell['factors'];
  /** Infinity where all that is known is that it is larger than any that was measured; 0 where nothing was answered. */
  readonly byRound: ReadonlyMap<number, number>;
  /** Rounds that are left out because too many of their requests failed. */
  readonly failing?: number;
}

/** The same cell on both sides. */
export interface ComparablePair {
  readonly a: ComparableCell;
  readonly b: ComparableCell;
}

export interface CompareSettings {
  readonly metric: Comparison['metric'];
  readonly margin: number;
  /** Rounds of equal number belong together: only inside one run, where they were measured side by side. */
  readonly paired: boolean;
}

/**
 * Ratios b/a of run-level values, cell by cell: Welch on logarithms, or paired by round. A cell is faster or slower when
 * its 95 % interval excludes 1 and Benjamini–Hochberg over all cells keeps it; equivalent when the 90 % interval lies
 * within the margin; else too noisy to tell, with the rounds that would settle it. Where a value is 0, or only known to
 * be larger than all others, ranks are compared.
 */
export function compareCells(
  comparable: readonly ComparablePair[],
  settings: CompareSettings,
): Pick<Comparison, 'cells' | 'overall'> {
  const pairs = comparable.map((pair) => comparePair(pair, settings));
  const tested = pairs.filter(({ p }) => p !== null);
  const qs = benjaminiHochberg(tested.map(({ p }) => p ?? 1));
  const q = new Map(tested.map((pair, i) => [pair, qs[i] ?? 1]));
  const cells = pairs.map((pair) => judge(pair, q.get(pair) ?? null, settings));
  return { cells, overall: overallRatio(pairs) };
}

interface Pair {
  readonly a: ComparableCell;
  readonly b: ComparableCell;
  /** Whether the logs are in pairs, round by round. */
  readonly isPaired: boolean;
  readonly logsA: readonly number[];
  readonly logsB: readonly number[];
  readonly ratio: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly ci90: readonly [number, number] | null;
  /** Instead of ratio and intervals, where a value is infinite or 0. */
  readonly ranks: RankComparison | null;
}

export function comparePair(comparable: ComparablePair, { paired, margin }: CompareSettings): Pair {
  const { a, b } = comparable;
  const rounds = [...a.byRound.keys()].filter((round) => b.byRound.has(round));
  const isPaired = paired && rounds.length >= 2;
  const [one, other] = isPaired
    ? [rounds.map((round) => a.byRound.get(round) ?? 0), rounds.map((round) => b.byRound.get(round) ?? 0)]
    : [[...a.byRound.values()], [...b.byRound.values()]];
  const logs = { logsA: one.map(Math.log), logsB: other.map(Math.log) };
  if (![...logs.logsA, ...logs.logsB].every(Number.isFinite)) {
    const ranks = compareRanks(one, other, margin);
    return { a, b, isPaired: false, ...logs, ratio: null, p: ranks.p, ci95: null, ci90: null, ranks };
  }
  const test = isPaired ? pairedRatio : welchRatio;
  const [wide, narrow] = [test(one, other, 0.95), test(one, other, 0.9)];
  return {
    a,
    b,
    isPaired,
    ...logs,
    ratio: one.length > 0 && other.length > 0 ? geometricMean(other) / geometricMean(one) : null,
    p: wide?.p ?? null,
    ci95: wide && [wide.interval.low, wide.interval.high],
    ci90: narrow && [narrow.interval.low, narrow.interval.high],
    ranks: null,
  };
}

function judge(pair: Pair, q: number | null, { metric, margin }: CompareSettings): ComparedCell {
  const { cell, factors } = pair.a;
  const verdict = verdictOf(pair, q, metric, margin);
  return {
    replicas: cell.replicas,
    clients: cell.clients,
    messages: cell.messages,
    factors,
    a: meanOf(pair.logsA),
    b: meanOf(pair.logsB),
    roundsA: pair.logsA.length,
    roundsB: pair.logsB.length,
    ratio: pair.ratio,
    ci95: pair.ci95,
    ...roundsAt('amongTimeouts', Number.POSITIVE_INFINITY, pair),
    ...roundsAt('unanswered', Number.NEGATIVE_INFINITY, pair),
    p: pair.p,
    q,
    verdict,
    ...failingRounds(pair),
    roundsNeeded: verdict === 'inconclusive' ? roundsNeeded(pair, margin) : null,
  };
}

/** Null without a value, and where one is infinite or 0. */
function meanOf(logs: readonly number[]): number | null {
  return logs.length > 0 && logs.every(Number.isFinite) ? Math.exp(mean(logs)) : null;
}

/** How many rounds of each side have this logarithm, under a name; nothing where none has. */
function roundsAt<Name extends string>(
  name: Name,
  limit: number,
  { logsA, logsB }: Pair,
): { readonly [key in Name]?: { readonly a: number; readonly b: number } } {
  const [a = 0, b = 0] = [logsA, logsB].map((logs) => logs.filter((log) => log === limit).length);
  return a + b > 0 ? ({ [name]: { a, b } } as { [key in Name]: { a: number; b: number } }) : {};
}

function verdictOf(
  { ci90, ci95, ranks }: Pair,
  q: number | null,
  metric: Comparison['metric'],
  margin: number,
): ComparedCell['verdict'] {
  const direction = ranks
    ? ranks.direction
    : ci90 && ci95 && ratioVerdict(limits(ci90), limits(ci95), margin);
  if (direction === null) return 'inconclusive';
  if (direction === 'equivalent' || direction === 'inconclusive') return direction;
  if (q === null || q > thresholds.falseDiscoveryRate) return 'inconclusive';
  return (direction === 'higher') === (metric === 'throughput') ? 'faster' : 'slower';
}

const limits = ([low, high]: readonly [number, number]) => ({ low, high });

function failingRounds({ a, b }: Pair): Pick<ComparedCell, 'failing'> {
  const failing = { a: a.failing ?? 0, b: b.failing ?? 0 };
  return failing.a + failing.b > 0 ? { failing } : {};
}

/** Null also where there are as many already: then the difference lies at the margin, and rounds alone may not tell. */
function roundsNeeded(pair: Pair, margin: number): number | null {
  const needed = roundsToNarrow(pair, margin);
  const done = Math.min(pair.logsA.length, pair.logsB.length);
  return needed !== null && needed > done ? needed : null;
}

function roundsToNarrow(pair: Pair, margin: number): number | null {
  const spread = spreadOf(pair);
  if (!spread) return null;
  return pair.isPaired ? pairsToSettle(spread, margin) : roundsToSettle(spread, margin);
}

/**
 * The standard deviation of the logarithms: of the differences of pairs, else of both sides together. Null where it is not
 * known from two rounds on each side, or ranks are compared.
 */
export function spreadOf({ logsA, logsB, isPaired, ranks }: Pair): number | null {
  if (ranks || logsA.length < 2 || logsB.length < 2) return null;
  if (isPaired) return standardDeviation(differences(logsA, logsB));
  return Math.sqrt((standardDeviation(logsA) ** 2 + standardDeviation(logsB) ** 2) / 2);
}

const differences = (logsA: readonly number[], logsB: readonly number[]) =>
  logsA.map((log, i) => (logsB[i] ?? Number.NaN) - log);

/**
 * Geometric mean of the cells' ratios, with Welch and Satterthwaite's t on the logarithms of deployments: each cell brings
 * the differences of its rounds where both sides ran side by side, as what a round does to both cancels, and else each
 * side for itself. Drawing so few deployments anew instead would give intervals that are far too narrow.
 */
function overallRatio(pairs: readonly Pair[]): Comparison['overall'] {
  const known = pairs.filter(({ ratio }) => ratio !== null);
  const repeated = known.filter(({ logsA, logsB }) => logsA.length >= 2 && logsB.length >= 2);
  // A cell with one deployment a side has no spread; without any other, the ratio has no interval.
  const usable = repeated.length > 0 ? repeated : known;
  if (usable.length === 0) return null;
  const cells = usable.length;
  const samples = usable
    .flatMap(({ logsA, logsB, isPaired }) =>
      isPaired ? [differences(logsA, logsB)] : [logsA.map((log) => -log), logsB],
    )
    .map((logs) => logs.map((log) => log / cells));
  const n = Math.min(...samples.map((logs) => logs.length));
  const value = Math.exp(samples.reduce((sum, logs) => sum + mean(logs), 0));
  const found = sumOfMeans(samples);
  if (!found) return { value, n, cells, ci95: null };
  const { low, high, level } = found.interval;
  return { value, n, cells, ci95: { low: Math.exp(low), high: Math.exp(high), level, method: 'welch-log' } };
}

/** `direction` is where b lies, by more than the margin; `p` is that of this, and 1 where it is not even so in the sample. */
interface RankComparison {
  readonly direction: 'higher' | 'lower' | null;
  readonly p: number;
}

/**
 * Two sides of which some values are 0, or only known to be larger than all others (Infinity), so that neither a ratio nor
 * its interval exists: the exact Mann–Whitney test of the ranks, with the values of the lower side moved up by the margin.
 */
function compareRanks(a: readonly number[], b: readonly number[], margin: number): RankComparison {
  const moved = (values: readonly number[]) => values.map((value) => value / (1 - margin));
  const half = (a.length * b.length) / 2;
  const isHigher = (mannWhitney(a, b)?.u ?? half) > half;
  const test = isHigher ? mannWhitney(moved(a), b) : mannWhitney(a, moved(b));
  const isStillSo = test !== null && (isHigher ? test.u > half : test.u < half);
  return isStillSo ? { direction: isHigher ? 'higher' : 'lower', p: test.p } : { direction: null, p: 1 };
}
