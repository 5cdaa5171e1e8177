import { z } from 'zod';
import { type Language, languages } from '../sentences/sentences.ts';
import { estimate, interval, ofCurve } from './estimates.ts';
import { slo } from './experiment.ts';
import { limitNames, questions } from './names.ts';
import { count, flag, maybe, number, type Read, text, valuesByName } from './shape.ts';

/** Met, violated, or not to be told from these rounds. */
export const sloVerdict = z.enum(['met', 'violated', 'undecided', 'not-assessable']);
export type SloVerdict = Read<typeof sloVerdict>;

export const capacity = z
  .object({
    ...ofCurve,
    slo,
    decisions: z.array(z.object({ replicas: count, clients: count, verdict: sloVerdict })),
    /** Most clients for which this and all smaller loads are met; `censored`: even the largest load is met. */
    capacity: z.array(
      z.object({
        replicas: count,
        strict: count.nullable(),
        theodolite: count.nullable(),
        censored: flag,
        interpolated: estimate.nullable(),
      }),
    ),
    /** Fewest replicas that meet the load; null where none does. */
    demand: z.array(z.object({ clients: count, replicas: count.nullable(), censored: flag })),
  })
  .meta({ id: 'capacity' });
export type CapacityResult = Read<typeof capacity>;

/** Throughput cannot exceed clients / (base latency + think time), nor what the replicas give at most. */
export const asymptotes = z
  .object({
    ...ofCurve,
    replicas: count,
    /** Mean latency at the lightest load, µs. */
    baseLatencyUs: number,
    thinkTimeUs: number,
    /** Replicas × the best rate of one replica that the study saw, requests/s. */
    throughputMax: number,
  })
  .meta({ id: 'asymptotes' });
export type Asymptotes = Read<typeof asymptotes>;

/** What queueing theory gives where the service is simulated: mean response time over the offered rate, without network and ledger. */
export const queue = z
  .object({
    ...ofCurve,
    replicas: count,
    /** Poisson arrivals, spread over the replicas at random; each is a queue of its own with a service of fixed time. */
    model: z.literal('M/D/1'),
    serviceUs: count,
    /** In order of the rate: those of the study, and so many others that a line through them is smooth. Null: the queue only grows. */
    points: z.array(z.object({ ratePerSecond: number, meanUs: maybe })),
  })
  .meta({ id: 'queue' });
export type QueueCurve = Read<typeof queue>;

export const knee = z
  .object({
    ...ofCurve,
    replicas: count,
    definition: z.enum(['power', 'asymptotic', 'kneedle']),
    clients: maybe,
    /** `power`: between the smallest and the largest load; `asymptotic`: at one of them, too. */
    insideData: flag,
  })
  .meta({ id: 'knee' });
export type KneeResult = Read<typeof knee>;

const onBothSides = z.object({ a: count, b: count });

/** One line of `escala compare --json`: ratio b/a. */
const comparedCell = z
  .object({
    replicas: count,
    clients: count,
    messages: count,
    factors: z.record(text, z.union([text, number, flag])),
    a: maybe,
    b: maybe,
    roundsA: count,
    roundsB: count,
    ratio: maybe,
    ci95: z.tuple([number, number]).nullable(),
    /** Rounds whose p95 lies among the timeouts, where there are any: then there is no ratio, and ranks are compared. */
    amongTimeouts: onBothSides.exactOptional(),
    /** Rounds in which no request was answered, where there are any: a throughput of 0 has no ratio, and ranks are compared. */
    unanswered: onBothSides.exactOptional(),
    /** Rounds left out because too many of their requests failed, where there are any. */
    failing: onBothSides.exactOptional(),
    p: maybe,
    q: maybe,
    verdict: z.enum(['faster', 'slower', 'equivalent', 'inconclusive']),
    /** Rounds on each side, more than there are, that would settle an inconclusive cell; null where it cannot be said. */
    roundsNeeded: count.nullable(),
  })
  .meta({ id: 'comparedCell' });
export type ComparedCell = Read<typeof comparedCell>;

export const comparison = z
  .object({
    a: text,
    b: text,
    /** `session`: median time of a client's whole session, µs, all that files in the older form have. */
    metric: z.enum(['throughput', 'p95', 'session']),
    margin: number,
    cells: z.array(comparedCell),
    /** Geometric mean of the ratios of `cells` cells: those with repetitions on both sides, or all where none has them. */
    overall: z.object({ value: number, n: count, cells: count, ci95: interval.nullable() }).nullable(),
  })
  .meta({ id: 'comparison' });
export type Comparison = Read<typeof comparison>;

export const limit = z.object({ what: z.enum(limitNames), values: valuesByName }).meta({ id: 'limit' });
export type Limit = Read<typeof limit>;

const sentence = z
  .object(Object.fromEntries(languages.map((language) => [language, text])) as Record<Language, typeof text>)
  .meta({ id: 'sentence' });

const part = {
  /** The question; `none` where no trial can answer any. */
  kind: z.enum([...questions, 'none']),
  sentence,
  /** The numbers of the sentence by name: throughputs in requests/s, times in µs, shares and ratios of 1. */
  numbers: valuesByName,
  /** 95 %, of the number that the sentence is about; null with one round, or where nothing is estimated. */
  interval: z.tuple([number, number]).nullable(),
  /** The cells that it rests on. */
  cells: z.array(text),
};
export type AnswerPart = Read<z.ZodObject<typeof part>>;

/** What the study was made to learn: the first answer, how far to trust it, and what else it answers. */
export const answer = z
  .object({ ...part, trust: sentence, further: z.array(z.object(part)) })
  .meta({ id: 'answer' });
export type Answer = Read<typeof answer>;
