import {
  type Cell,
  type CellKind,
  type CellResult,
  type LatencySummary,
  ledgerStates,
  outcomes,
  type QuantilePoint,
  type Regime,
  record,
  type Slo,
  type StatusCodes,
  type TrialCounts,
  type TrialResult,
  type Verdict,
} from '@escala/model';
import { MAD_DISTANCE_MAX, madDistances, sortedCopy, wilsonInterval } from '@escala/stats';
import { estimateMedian, estimateThroughput, rankedPercentile } from './estimates.ts';
import { isSound, judgeFacts, ranksEveryRequest, type StudyFacts } from './judge-trial.ts';
import { cumulateLatencies, latencySpectra, summariseLatencies } from './questions/latencies.ts';
import { type Engine, quoted } from './run/engine.ts';
import { processorsOf } from './study/limits.ts';
import { sloVerdict } from './study/slo-verdict.ts';
import type { TrialFacts } from './trial-facts.ts';

/** All requests of a cell's rounds together. */
export interface PooledLatency {
  readonly summary: LatencySummary | null;
  readonly spectrum: readonly QuantilePoint[];
}

/**
 * One cell over its rounds. `included` are the trials that count; `all` also has those that were excluded, so that the
 * verdict and the number without exclusions speak of everything that was measured.
 */
export function poolCell(
  cell: Cell,
  all: readonly TrialResult[],
  included: readonly TrialResult[],
  pooled: PooledLatency,
  slos: readonly Slo[],
): CellResult {
  // An INVALID trial that was too short must not change how the others are measured.
  const counted = included.length > 0 ? included : all;
  const kind = counted.every((trial) => trial.kind === 'steady') ? 'steady' : 'burst';
  const throughputOf = (trial: TrialResult) =>
    kind === 'steady' ? trial.throughputWindow : trial.throughputMakespan;
  const ranked = all.filter(ranksEveryRequest);
  const percentile = (name: (typeof percentileNames)[number]) =>
    estimateMedian(ranked.map((trial) => rankedPercentile(trial, name)));
  return {
    cell,
    verdict: worstVerdict(all.map(({ verdict }) => verdict)),
    kind,
    regime: regimeOf(counted),
    rounds: all.length,
    counts: sumCounts(all.map(({ counts }) => counts)),
    statusCodes: sumStatusCodes(all),
    throughput: estimateThroughput(included.map(throughputOf)),
    throughputWithExcluded: estimateThroughput(all.map(throughputOf)),
    outlyingRounds: outlyingRounds(all, throughputOf),
    throughputWindow: estimateThroughput(included.map((trial) => trial.throughputWindow)),
    throughputMakespan: estimateThroughput(included.map((trial) => trial.throughputMakespan)),
    p50Us: percentile('p50'),
    p90Us: percentile('p90'),
    p95Us: percentile('p95'),
    p99Us: percentile('p99'),
    meanUs: estimateMedian(included.map(({ latencyUs }) => latencyUs?.mean ?? null)),
    littlesLaw: littlesLawOf(included),
    percentilesAtTimeout: percentileNames.filter((name) => isAtTimeout(ranked, name)),
    pooledLatencyUs: pooled.summary,
    spectrum: pooled.spectrum,
    requestsPerReplica: requestsPerReplica(all),
    processors: processorsOf(counted),
    jain: estimateMedian(all.map(({ balance }) => balance?.jain ?? null)),
    failureShare: failureShare(all),
    sloVerdicts: slos.map((slo) => sloVerdict(slo, all.filter(isSound), cell.timeoutUs)),
    ...poolKinds(cell, { all, included, kind }, slos),
  };
}

/** The same of each kind of request: a trial of one kind is its trial with that kind's requests alone. */
function poolKinds(
  cell: Cell,
  trials: { all: readonly TrialResult[]; included: readonly TrialResult[]; kind: CellResult['kind'] },
  slos: readonly Slo[],
): Pick<CellResult, 'kinds'> {
  const names = new Set(trials.all.flatMap(({ kinds = [] }) => kinds.map(({ request }) => request)));
  if (names.size === 0) return {};
  return { kinds: [...names].sort().map((request) => poolKind(request, cell, trials, slos)) };
}

function poolKind(
  request: string,
  cell: Cell,
  trials: { all: readonly TrialResult[]; included: readonly TrialResult[]; kind: CellResult['kind'] },
  slos: readonly Slo[],
): CellKind {
  const [all, included] = [trials.all, trials.included].map((list) =>
    list.flatMap((trial) => ofKind(trial, request)),
  ) as [TrialResult[], TrialResult[]];
  const ranked = all.filter(ranksEveryRequest);
  const percentile = (name: (typeof percentileNames)[number]) =>
    estimateMedian(ranked.map((trial) => rankedPercentile(trial, name)));
  const { requests, outcomes: ended } = sumCounts(all.map(({ counts }) => counts));
  return {
    request,
    requests,
    outcomes: ended,
    throughput: estimateThroughput(
      included.map((trial) => (trials.kind === 'steady' ? trial.throughputWindow : trial.throughputMakespan)),
    ),
    p50Us: percentile('p50'),
    p95Us: percentile('p95'),
    p99Us: percentile('p99'),
    percentilesAtTimeout: percentileNames.filter((name) => isAtTimeout(ranked, name)),
    failureShare: failureShare(all),
    sloVerdicts: slos.map((slo) => sloVerdict(slo, all.filter(isSound), cell.timeoutUs)),
  };
}

function ofKind(trial: TrialResult, request: string): TrialResult[] {
  const kind = trial.kinds?.find((one) => one.request === request);
  if (!kind) return [];
  const { requests, outcomes: ended, throughputWindow, throughputMakespan, latencyUs } = kind;
  const counts = { ...trial.counts, planned: requests, requests, outcomes: ended };
  return [{ ...trial, counts, throughputWindow, throughputMakespan, latencyUs }];
}

/** Processors that were full in half of the rounds set the median. What else limits a cell only the other cells tell. */
function regimeOf(trials: readonly TrialResult[]): Regime {
  const full = trials.filter(({ regime }) => regime === 'machine-limited').length;
  return full > 0 && 2 * full >= trials.length ? 'machine-limited' : 'unknown';
}

/** Percentiles of which a cell has the median over its rounds. */
const percentileNames = ['p50', 'p90', 'p95', 'p99'] as const;

/**
 * Whether more than half of the rounds have this percentile among their timeouts, so that the median does, too. An even
 * number of rounds with half of them there has its median between an answer and a timeout, and says nothing.
 */
function isAtTimeout(trials: readonly TrialResult[], name: (typeof percentileNames)[number]): boolean {
  const ranked = sortedCopy(trials.flatMap((trial) => rankedPercentile(trial, name) ?? []));
  return ranked[Math.ceil(ranked.length / 2) - 1] === Number.POSITIVE_INFINITY;
}

/** Of fewer rounds the median absolute deviation is too small too often. */
const roundsForOutliers = 5;

/** Leaving a round out needs a cause from outside, which an audit finds; here is only where to look. */
function outlyingRounds(
  trials: readonly TrialResult[],
  throughputOf: (trial: TrialResult) => number | null,
): readonly number[] {
  const known = trials.flatMap((trial) => {
    const value = throughputOf(trial);
    return value === null ? [] : [{ round: trial.round, value }];
  });
  if (known.length < roundsForOutliers) return [];
  const distances = madDistances(known.map(({ value }) => value));
  return known.flatMap(({ round }, i) => ((distances[i] ?? 0) > MAD_DISTANCE_MAX ? [round] : []));
}

function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return (['INVALID', 'SUSPECT'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'VALID';
}

export function sumCounts(counts: readonly TrialCounts[]): TrialCounts {
  const total = (of: (count: TrialCounts) => number) => counts.reduce((sum, count) => sum + of(count), 0);
  return {
    planned: total(({ planned }) => planned),
    requests: total(({ requests }) => requests),
    outcomes: record(outcomes, (name) => total((count) => count.outcomes[name])),
    ledger: record(ledgerStates, (name) => total((count) => count.ledger[name])),
  };
}

export function sumStatusCodes(trials: readonly Pick<TrialResult, 'statusCodes'>[]): StatusCodes {
  const sums: Record<string, number> = {};
  for (const { statusCodes = {} } of trials)
    for (const [code, n] of Object.entries(statusCodes)) sums[code] = (sums[code] ?? 0) + n;
  return sums;
}

/** As the audit of each steady trial found them. */
function littlesLawOf(trials: readonly TrialResult[]): NonNullable<CellResult['littlesLaw']> | null {
  const found = trials.flatMap(({ audits }) => audits.filter(({ audit }) => audit === 'littles-law'));
  const over = (name: string) =>
    estimateMedian(found.map(({ values: { [name]: value } }) => (typeof value === 'number' ? value : null)));
  const [inFlight, rateTimesResidence] = [over('inFlight'), over('rateTimesResidence')];
  return inFlight && rateTimesResidence && { inFlight, rateTimesResidence };
}

function requestsPerReplica(trials: readonly TrialResult[]): CellResult['requestsPerReplica'] {
  const requests = trials.flatMap(({ replicas }) => replicas.map((replica) => replica.requests));
  if (requests.length === 0) return null;
  const sum = requests.reduce((total, one) => total + one, 0);
  return { min: Math.min(...requests), mean: sum / requests.length, max: Math.max(...requests) };
}

/** Requests without an answer, of all requests, with Wilson's interval; it takes requests as independent. */
function failureShare(trials: readonly TrialResult[]): CellResult['failureShare'] {
  const { requests, outcomes: ended } = sumCounts(trials.map(({ counts }) => counts));
  if (requests === 0) return null;
  const failed = requests - ended.answered;
  const interval = wilsonInterval(failed, requests);
  return { value: failed / requests, n: trials.length, ci95: interval && { ...interval, method: 'wilson' } };
}

/**
 * Latencies of complete cells over their rounds, without the trials whose percentiles may not stand; then forgets the rows of these trials.
 * @param members every trial of the cells, with its number in `latency_counts`.
 */
export async function pooledLatencies(
  engine: Engine,
  members: readonly { readonly trial: number; readonly facts: TrialFacts }[],
  study: StudyFacts,
): Promise<ReadonlyMap<string, PooledLatency>> {
  if (members.length === 0) return new Map();
  const included = members.filter(({ facts }) => ranksEveryRequest(judgeFacts(facts, study)));
  const pooled = new Map<string, PooledLatency>();
  if (included.length > 0) {
    const cells = included.map(({ trial, facts }) => `(${trial}, ${quoted(facts.record.cell.key)})`);
    const counts = `
      SELECT key, us, sum(n)::BIGINT AS n
      FROM latency_counts JOIN (VALUES ${cells.join(', ')}) AS cells (trial, key) USING (trial) GROUP BY key, us`;
    await cumulateLatencies(engine, counts);
    const summaries = await summariseLatencies(engine);
    const spectra = await latencySpectra(engine);
    for (const [key, summary] of summaries) {
      pooled.set(String(key), { summary, spectrum: spectra.get(String(key)) ?? [] });
    }
  }
  await engine.run(
    `DELETE FROM latency_counts WHERE trial IN (${members.map(({ trial }) => trial).join(', ')})`,
  );
  return pooled;
}
