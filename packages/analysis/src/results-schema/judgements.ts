import type { Asymptotes, CapacityResult, ComparedCell, Comparison, KneeResult, Slo } from '@escala/model';
import {
  count,
  estimate,
  exactly,
  list,
  maps,
  maybe,
  nullable,
  number,
  object,
  pair,
  partly,
  reference,
  type Schema,
  sloVerdict,
  text,
  truth,
  words,
} from './blocks.ts';

const curve = { system: text, messages: count, factors: reference('factors') };
const maybeCount = nullable(count);

/** What is concluded from the cells of a study: capacity and demand, knees, asymptotes, comparisons. */
export const judgementDefinitions: Readonly<Record<string, Schema>> = {
  capacity: object<CapacityResult>({
    ...curve,
    slo: object<Slo>({ percentile: maybe, latencyUs: maybe, failureShare: maybe }),
    decisions: list(
      exactly({
        replicas: count,
        clients: count,
        verdict: sloVerdict,
      }),
    ),
    capacity: list(
      exactly({
        replicas: count,
        strict: maybeCount,
        theodolite: maybeCount,
        censored: truth,
        interpolated: nullable(estimate),
      }),
    ),
    demand: list(exactly({ clients: count, replicas: maybeCount, censored: truth })),
  }),
  knee: object<KneeResult>({
    ...curve,
    replicas: count,
    definition: words('power', 'asymptotic', 'kneedle'),
    clients: maybe,
    insideData: truth,
  }),
  asymptotes: object<Asymptotes>({
    ...curve,
    replicas: count,
    baseLatencyUs: number,
    thinkTimeUs: number,
    throughputMax: number,
  }),
  comparedCell: partly<ComparedCell>(
    {
      replicas: count,
      clients: count,
      messages: count,
      factors: maps({ anyOf: [text, number, truth] }),
      a: maybe,
      b: maybe,
      roundsA: count,
      roundsB: count,
      ratio: maybe,
      ci95: nullable(pair(number)),
      p: maybe,
      q: maybe,
      verdict: words('faster', 'slower', 'equivalent', 'inconclusive'),
      roundsNeeded: maybeCount,
    },
    {
      failing: exactly({ a: count, b: count }),
      amongTimeouts: exactly({ a: count, b: count }),
      unanswered: exactly({ a: count, b: count }),
    },
  ),
  comparison: object<Comparison>({
    a: text,
    b: text,
    metric: words('throughput', 'p95', 'session'),
    margin: number,
    cells: list(reference('comparedCell')),
    overall: nullable(
      exactly({ value: number, n: count, cells: count, ci95: nullable(reference('interval')) }),
    ),
  }),
};
