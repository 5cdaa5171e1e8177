import { z } from 'zod';
import type { AgentProgress } from '../protocol/agent-protocol.ts';
import { inEachLanguage, type Language, languages, type Sentence } from '../sentences/sentences.ts';
import { latency } from './estimates.ts';
import { blockName } from './manifest.ts';
import { verdicts } from './names.ts';
import { statusCodes } from './results.ts';
import { count, maybe, number, type Read, text, valuesByName } from './shape.ts';
import { counts } from './trial-record.ts';

const event = <Type extends string, Keys extends z.core.$ZodLooseShape>(type: Type, keys: Keys) =>
  z.object({ type: z.literal(type), atUs: count, ...keys });
const trialName = { cell: text, round: count };
const progress = z.object({
  sent: count,
  answered: count,
  failed: count,
  active: count,
  latencyHistogram: text.exactOptional(),
}) satisfies z.ZodType<AgentProgress>;
const sentence = z.object(
  Object.fromEntries(languages.map((language) => [language, text])) as Record<Language, typeof text>,
) satisfies z.ZodType<Sentence>;

/**
 * What happened, in order: one JSON line each in events.ndjson. Terminal progress, dashboard and replay are
 * listeners of this stream; `--json` prints it. Names and fields are stable (`docs/reference/events.md`).
 */
const events = z.discriminatedUnion('type', [
  event('run-started', {
    run: text,
    name: text,
    target: text,
    trials: count,
    rounds: count,
    completed: z.array(count),
  }),
  event('block-started', { ...blockName, trials: count }),
  /** Pods that the study waits for: `reason` says what the others do, in Kubernetes' words. */
  event('waiting', { for: z.enum(['servers', 'agents']), ready: count, count, reason: text }),
  event('block-ready', {
    ...blockName,
    urls: z.array(text),
    tookMs: number,
    nodes: z.record(text, count).exactOptional(),
  }),
  event('trial-prepared', { ...trialName, planIndex: count, attempt: count }),
  event('trial-started', {
    ...trialName,
    planIndex: count,
    attempt: count,
    startAtUs: count,
    planned: count,
  }),
  event('trial-progress', { ...trialName, elapsedMs: number, progress }),
  event('trial-finished', { ...trialName, planIndex: count, tookMs: number, counts }),
  event('trial-judged', {
    ...trialName,
    verdict: z.enum(verdicts),
    /** Keys of `findings`; `findings` has them with their values, for the whole sentence. */
    reasons: z.array(text),
    throughput: maybe,
    findings: z.array(z.object({ finding: text, values: valuesByName })),
    latencyUs: latency.nullable().exactOptional(),
    statusCodes: statusCodes.exactOptional(),
    replicas: z.array(z.object({ name: text, requests: count })).exactOptional(),
  }),
  event('trial-dropped', { ...trialName, reason: sentence }),
  event('block-ended', blockName),
  event('run-interrupted', { done: count, trials: count }),
  event('run-finished', { done: count, trials: count, failed: count, tookMs: number }),
]);
export type Event = Read<typeof events>;
/** `emit` writes an event that this one gave rise to. */
export type EventListener = (event: Event, emit: (event: Event) => Promise<void>) => void | Promise<void>;

/** The names of all events, in the order in which they are described. */
export const eventNames = events.options.map(({ shape }) => shape.type.value);

/** The event that a line of events.ndjson holds, also one whose type is not known here; null where it holds none. */
export function parseEvent(line: string): Event | null {
  try {
    const event = JSON.parse(line) as { type?: unknown; reason?: unknown } | null;
    const { type, reason } = event ?? {};
    const value = type === 'trial-dropped' ? { ...event, reason: inEvery(reason) } : event;
    const shape = (eventNames as unknown[]).includes(type) ? events : anyEvent;
    return shape.safeParse(value).success ? (value as Event) : null;
  } catch {
    return null;
  }
}

/** Runs from before the reason was said in each language hold one text, or lack a language. */
function inEvery(reason: unknown): unknown {
  if (typeof reason === 'string') return inEachLanguage(() => reason);
  const { en, ...others } = (reason ?? {}) as Partial<Sentence>;
  return en === undefined ? reason : { ...inEachLanguage(() => en), ...others };
}

const anyEvent = z.object({ type: text, atUs: count });
