import { type AgentHealth, type Outcome, outcomes } from '@escala/model';
import type { Span } from '../load/caller.ts';
import { ExactCounts } from '../measure/exact-counts.ts';
import { Instants } from '../measure/instants.ts';
import type { Measurement } from '../measure/measurement.ts';
import { readSystemLimits } from '../measure/system-limits.ts';
import { mergeHealth } from './merge-health.ts';
import { type OwnLimit, ownLimits } from './own-limits.ts';
import { type Percentiles, percentilesOf } from './percentiles.ts';

/** What `escala client --json` prints. Times in µs; a number that cannot be estimated is null. */
export interface Summary {
  readonly requests: number;
  readonly answered: number;
  /** By outcome; only those that occurred. */
  readonly failed: Readonly<Partial<Record<Outcome, number>>>;
  /** The system's word for failures, such as ECONNREFUSED, and how often. */
  readonly causes: Readonly<Record<string, number>>;
  /** First send to last end. */
  readonly seconds: number | null;
  readonly throughput: number | null;
  /** While all clients were active; null in an open loop, or where they never all were. */
  readonly throughputWindow: number | null;
  readonly windowSeconds: number | null;
  readonly latencyUs: Percentiles | null;
  readonly serviceTimeUs?: Percentiles | null;
  readonly sendLagUs?: { readonly p99: number | null; readonly max: number | null };
  /** The arrival process as it really was. */
  readonly arrivals?: { readonly ratePerSecond: number | null; readonly interarrivalCv: number | null };
  readonly replicas: Readonly<Record<string, number>>;
  readonly workers: number;
  readonly insecure: boolean;
  readonly interrupted: boolean;
  readonly health: AgentHealth;
  /** Why the load was limited by the client; empty when it was not. */
  readonly limitedByClient: readonly OwnLimit[];
}

/** One summary of what all workers measured. Exact counts are added; percentiles are taken of the sum. */
export function summarize(
  parts: readonly Measurement[],
  { hasSchedule, insecure, interrupted }: { hasSchedule: boolean; insecure: boolean; interrupted: boolean },
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
  const summary: Summary = {
    requests: outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0),
    answered,
    failed: Object.fromEntries(Object.entries(failed).filter(([, count]) => count > 0)),
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
    replicas: sumRecords(
      parts.map(({ replicas }) => Object.fromEntries(replicas.map(({ name, answered: n }) => [name, n]))),
    ),
    workers: parts.length,
    insecure,
    interrupted,
    health,
    limitedByClient: ownLimits(health, causes, readSystemLimits()),
  };
  return { summary, latency };
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
  const answered = parts.reduce(
    (sum, part) => sum + instantsOf(part.answeredAt).countBetween(fromUs, toUs),
    0,
  );
  return { answered, seconds: (toUs - fromUs) / 1e6 };
}

/** Rate and coefficient of variation of the gaps between sends, over all workers. */
function arrivalFacts(parts: readonly Measurement[]): NonNullable<Summary['arrivals']> {
  const sent = Float64Array.from(parts.flatMap((part) => [...instantsOf(part.sentAt).values()])).sort();
  const gaps = sent.length - 1;
  if (gaps < 2) return { ratePerSecond: null, interarrivalCv: null };
  const mean = ((sent[gaps] as number) - (sent[0] as number)) / gaps;
  if (mean === 0) return { ratePerSecond: null, interarrivalCv: null };
  let squares = 0;
  for (let i = 1; i <= gaps; i++) squares += ((sent[i] as number) - (sent[i - 1] as number) - mean) ** 2;
  return { ratePerSecond: 1e6 / mean, interarrivalCv: Math.sqrt(squares / (gaps - 1)) / mean };
}

function instantsOf({ chunks, count }: Measurement['sentAt']): Instants {
  return new Instants(chunks, count);
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
