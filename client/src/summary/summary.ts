import { type AgentHealth, outcomes, type Threshold } from '@escala/model';
import { ExactCounts } from '../measure/exact-counts.ts';
import { countWithin, FirstInstants } from '../measure/instants.ts';
import type { Measurement, Span } from '../measure/measurement.ts';
import { type Judged, judgeThresholds, percentilesOf, type ThresholdVerdict } from './judge-thresholds.ts';
import { type OwnLimit, ownLimits, readSystemLimits } from './own-limits.ts';

/** What `escala client --json` prints. Times in µs; a number that cannot be estimated is null. */
export interface Summary extends Judged {
  /** Answers by status, in order of the statuses. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The system's word for failures, such as ECONNREFUSED, and how often. */
  readonly causes: Readonly<Record<string, number>>;
  /** First send to last end. */
  readonly seconds: number | null;
  /** While all clients were active; null in an open loop, or where they never all were. */
  readonly throughputWindow: number | null;
  readonly windowSeconds: number | null;
  /** The arrival process as it really was. `gaps`: between how many of the first sends the variation was taken. */
  readonly arrivals?: {
    readonly ratePerSecond: number | null;
    readonly interarrivalCv: number | null;
    readonly gaps: number;
  };
  /** By kind of request, where the load has kinds. */
  readonly kinds?: Readonly<Record<string, KindSummary>>;
  readonly replicas: Readonly<Record<string, number>>;
  /** Connections by address, where the name of a server has several. */
  readonly addresses: Readonly<Record<string, number>>;
  readonly workers: number;
  readonly insecure: boolean;
  readonly interrupted: boolean;
  readonly health: AgentHealth;
  /** Why the load was limited by the client; empty when it was not. */
  readonly limitedByClient: readonly OwnLimit[];
  /** What --fail-if asked for; empty where it did not. */
  readonly thresholds: readonly ThresholdVerdict[];
}

type KindSummary = Pick<Judged, 'requests' | 'answered' | 'failed' | 'throughput' | 'latencyUs'>;

/** What a summary needs to know of how the load was asked for. */
interface SummaryFacts {
  readonly hasSchedule: boolean;
  readonly insecure: boolean;
  readonly interrupted: boolean;
  readonly failIf: readonly Threshold[];
}

/** One summary of what all workers measured. Exact counts are added; percentiles are taken of the sum. */
export function summarize(
  parts: readonly Measurement[],
  { hasSchedule, insecure, interrupted, failIf }: SummaryFacts,
): { summary: Summary; latency: ExactCounts } {
  const counts = sumRecords(parts.map((part) => part.outcomes as Record<string, number>));
  const { answered = 0, ...failed } = counts;
  const latency = sumCounts(parts.map((part) => part.latency));
  const sendLag = sumCounts(parts.map((part) => part.sendLag));
  const fromUs = Math.min(...parts.map((part) => part.firstSentUs ?? Number.POSITIVE_INFINITY));
  const toUs = Math.max(...parts.map((part) => part.lastDoneUs ?? Number.NEGATIVE_INFINITY));
  const seconds = toUs > fromUs ? (toUs - fromUs) / 1e6 : null;
  const window = hasSchedule ? null : fullWindow(parts);
  const causes = sumRecords(parts.map(({ codes }) => Object.fromEntries(codes)));
  const health = mergeHealth(parts, sendLag);
  const summary = {
    requests: outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0),
    answered,
    failed: Object.fromEntries(Object.entries(failed).filter(([, count]) => count > 0)),
    statuses: statusCounts(parts),
    causes,
    seconds,
    throughput: seconds === null ? null : answered / seconds,
    throughputWindow: window === null ? null : window.answered / window.seconds,
    windowSeconds: window === null ? null : window.seconds,
    latencyUs: percentilesOf(latency),
    ...(hasSchedule && {
      serviceTimeUs: percentilesOf(sumCounts(parts.map((part) => part.service))),
      sendLagUs: { p99: sendLag.percentile(0.99), max: sendLag.count > 0 ? sendLag.max : null },
      arrivals: arrivalFacts(parts),
    }),
    ...kindsOf(parts, seconds),
    replicas: sumRecords(
      parts.map(({ replicas }) => Object.fromEntries(replicas.map(({ name, answered: n }) => [name, n]))),
    ),
    addresses: sumRecords(parts.map(({ addresses }) => Object.fromEntries(addresses))),
    workers: parts.length,
    insecure,
    interrupted,
    health,
    limitedByClient: ownLimits(health, causes, {
      system: readSystemLimits(),
      latencyUs: latencyInQuestionUs(failIf, percentilesOf(latency)),
    }),
  };
  return { summary: { ...summary, thresholds: judgeThresholds(failIf, summary) }, latency };
}

/** The strictest latency that a threshold allows, else the p95 of the load. */
function latencyInQuestionUs(failIf: readonly Threshold[], latency: Summary['latencyUs']): number {
  const allowed = failIf.filter(
    ({ unit, metric, operator }) => unit === 'us' && operator.startsWith('>') && !metric.startsWith('lag'),
  );
  if (allowed.length > 0) return Math.min(...allowed.map(({ limit }) => limit));
  return latency?.p95 ?? latency?.p50 ?? 0;
}

function kindsOf(parts: readonly Measurement[], seconds: number | null): Pick<Summary, 'kinds'> {
  const byName = Map.groupBy(
    parts.flatMap(({ kinds }) => kinds),
    ({ name }) => name,
  );
  if (byName.size === 0) return {};
  const summaries = [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]): [string, KindSummary] => {
      const counts = sumRecords(all.map((one) => one.outcomes as Record<string, number>));
      const { answered = 0, ...failed } = counts;
      return [
        name,
        {
          requests: Object.values(counts).reduce((sum, count) => sum + count, 0),
          answered,
          failed: Object.fromEntries(Object.entries(failed).filter(([, count]) => count > 0)),
          throughput: seconds === null ? null : answered / seconds,
          latencyUs: percentilesOf(sumCounts(all.map((one) => one.latency))),
        },
      ];
    });
  return { kinds: Object.fromEntries(summaries) };
}

function statusCounts(parts: readonly Measurement[]): Record<string, number> {
  const all = parts.map(({ statuses }) => [...statuses.entries()].filter(([, count]) => count > 0));
  return sumRecords(all.map((entries) => Object.fromEntries(entries)));
}

/** From the last client's first send to the first client's last end: then all of them were active. */
function fullWindow(parts: readonly Measurement[]): { answered: number; seconds: number } | null {
  const spans = parts.flatMap((part) => part.spans);
  if (spans.length === 0 || spans.some((span) => span === undefined)) return null;
  let [fromUs, toUs] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const span of spans as Span[]) {
    fromUs = Math.max(fromUs, span.fromUs);
    toUs = Math.min(toUs, span.toUs);
  }
  if (toUs <= fromUs) return null;
  // A share whose clients got no answer has no buckets.
  const counted = parts.map((part) => part.answeredAt).filter((buckets) => !Number.isNaN(buckets.fromUs));
  const found = counted.length > 0 ? countWithin(counted, fromUs, toUs) : { count: 0, us: toUs - fromUs };
  return found === undefined ? null : { answered: found.count, seconds: found.us / 1e6 };
}

/** The rate of all sends, and the coefficient of variation of the gaps between the first of them, over all workers. */
function arrivalFacts(parts: readonly Measurement[]): NonNullable<Summary['arrivals']> {
  const sent = parts.reduce((sum, part) => sum + part.sent, 0);
  const firstUs = Math.min(...parts.map((part) => part.firstSentUs ?? Number.POSITIVE_INFINITY));
  const lastUs = Math.max(...parts.map((part) => part.lastSentUs ?? Number.NEGATIVE_INFINITY));
  if (sent < 3 || lastUs <= firstUs) return { ratePerSecond: null, interarrivalCv: null, gaps: 0 };
  const kept = parts.map(({ sentAt }) => new FirstInstants(sentAt.chunks, sentAt.count));
  const untilUs = Math.min(...kept.map((instants) => instants.wholeUntilUs));
  const first = Float64Array.from(kept.flatMap((instants) => [...instants.values()]))
    .filter((atUs) => atUs <= untilUs)
    .sort();
  const gaps = first.length - 1;
  const mean = ((first[gaps] as number) - (first[0] as number)) / gaps;
  let squares = 0;
  for (let i = 1; i <= gaps; i++) squares += ((first[i] as number) - (first[i - 1] as number) - mean) ** 2;
  const interarrivalCv = mean > 0 && gaps > 1 ? Math.sqrt(squares / (gaps - 1)) / mean : null;
  return { ratePerSecond: (sent - 1) / ((lastUs - firstUs) / 1e6), interarrivalCv, gaps };
}

function sumCounts(parts: readonly Measurement['latency'][]): ExactCounts {
  const sum = new ExactCounts();
  for (const part of parts) sum.addAll(part);
  return sum;
}

function sumRecords(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const record of records) {
    for (const [key, count] of Object.entries(record)) sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}

/** The worst of all workers: one that is at its limit limits the load. */
function mergeHealth(parts: readonly Measurement[], sendLag: ExactCounts): AgentHealth {
  const all = parts.map(({ health }) => health);
  const worst = (of: (health: AgentHealth) => number) => Math.max(...all.map(of));
  return {
    cpuShare: worst((health) => health.cpuShare),
    eventLoopDelayUsP99: worst((health) => health.eventLoopDelayUsP99),
    eventLoopDelayUsMax: worst((health) => health.eventLoopDelayUsMax),
    gcPauseUsMax: worst((health) => health.gcPauseUsMax),
    sendLagUsP99: sendLag.percentile(0.99),
    sendLagUsMax: sendLag.count > 0 ? sendLag.max : null,
    rowsDelayed: all.some((health) => health.rowsDelayed),
    timeWaitSockets: all[0]?.timeWaitSockets ?? null,
    // Of the process, not of a thread.
    throttledUs: all[0]?.throttledUs ?? null,
  };
}
