import { timingSafeEqual } from 'node:crypto';
import type { ProblemData } from '../problems/problems.ts';

/**
 * How the lab drives a load agent: plain HTTP behind the run's bearer token, the same over loopback and through the
 * port-forward of a cluster. Every call is short and may be repeated: what arrives twice is done once.
 *
 *     GET  /clock                         -> AgentClock
 *     PUT  /plan      AgentPlan           -> AgentState   connects, warms up, then phase is `ready`
 *     POST /probe     AgentPlan           -> AgentProbe   sends one request, and touches no plan in hand
 *     POST /start     AgentStart          -> AgentState   all agents get the same instant, seconds ahead
 *     GET  /state                         -> AgentState
 *     GET  /rows?plan=ID&file=F&offset=N  -> CSV bytes from byte N of `client` or `warmup` (header line included)
 *     GET  /metrics                       -> text of Prometheus: what it and its machine used (`witness.ts`)
 *
 * An agent that has got its start finishes alone when nobody calls. A new plan drops the one before.
 */
export const agentApi = {
  clock: '/clock',
  plan: '/plan',
  probe: '/probe',
  start: '/start',
  state: '/state',
  rows: '/rows',
  metrics: '/metrics',
} as const;

export interface AgentClock {
  readonly nowUs: number;
}

/** Closed loop: each client sends its next message when the one before was answered. */
export interface ClosedLoad {
  readonly kind: 'closed';
  /** This agent's clients: first, first + stride, … (`count` of them), numbered from 1 over all agents. */
  readonly clients: { readonly first: number; readonly stride: number; readonly count: number };
  readonly messages: number;
  readonly thinkTimeUs: number;
  readonly thinkDistribution: 'fixed' | 'exponential';
}

/** Open loop: arrivals of one seeded schedule; this agent takes those whose number ≡ `share` modulo `shares`. */
export interface OpenLoad {
  readonly kind: 'open';
  readonly ratePerSecond: number;
  readonly arrivals: 'poisson' | 'uniform';
  readonly durationUs: number;
  readonly maxConnections: number;
  readonly share: number;
  readonly shares: number;
}

/**
 * Pieces of text; a number stands for a cell of that column. Texts are of single bytes: what is beyond ASCII stands
 * there as the bytes of its UTF-8.
 */
export type Template = readonly (string | number)[];

/** A kind of request, ready to be filled in and sent. */
export interface PlannedRequest {
  readonly name: string;
  readonly weight: number;
  readonly method: string;
  /** Path and query. */
  readonly path: Template;
  /** Whole fields, `name: value`. */
  readonly headers: readonly Template[];
  /** The first request takes the first one, and so on, again and again; empty where no body is sent. */
  readonly bodies: readonly Template[];
  /** The cells of the columns that the templates name, encoded for their place, taken in turn as bodies are. */
  readonly columns: readonly (readonly string[])[];
  /** Statuses that count as answered: `201`, `2xx`. */
  readonly expect: readonly string[];
}

/** The most bytes that the requests of a load may take in a plan, as JSON. */
export const MIX_BYTES_MAX = 32 * 2 ** 20;

/** Several kinds of request in one load. Which comes when depends on the seed alone, however many agents share the load. */
export interface RequestMix {
  readonly kinds: readonly PlannedRequest[];
  /** All clients of the load, over all agents; in an open loop, the most connections. */
  readonly clients: number;
}

/** All that an agent must know for one trial. `id` tells plans apart; the same plan twice is one plan. */
export interface AgentPlan {
  readonly id: string;
  readonly run: string;
  /** What rows and ledgers call the trial: `<cell>/<round>.<attempt>`. */
  readonly cell: string;
  /** Request ids are `<requestIdPrefix>.<client>.<message>`. */
  readonly requestIdPrefix: string;
  /** Each connection picks one at random, seeded by the client's number: a Service balances connections. */
  readonly urls: readonly string[];
  readonly load: ClosedLoad | OpenLoad;
  /** Behind a Service: fresh connections are made until so many replicas have answered by name, with cell `warmup`. */
  readonly meet?: number;
  /** Requests per connection before the trial, with cell `warmup`. */
  readonly warmupMessages: number;
  readonly method: string;
  readonly headers: readonly string[];
  /** In place of `method`, the URLs' paths and our own messages; its paths are below the URLs'. */
  readonly mix?: RequestMix;
  /** Statuses that count as answered where there is no mix; absent: 2xx. */
  readonly expect?: readonly string[];
  readonly payloadBytes: number;
  readonly keepAlive: boolean;
  readonly timeoutUs: number;
  readonly insecure: boolean;
  readonly tls?: TlsTexts;
  /** The system whose header fields and TLS texts lie with the agent: they are not in the plan. */
  readonly heldFor?: string;
  /** The field `replica` of our own API where it is absent. */
  readonly replicaFrom?: ReplicaPlace;
  readonly seed: string;
}

/** By the names of the systems, what an agent may hold of their plans, as JSON in a file. */
export type HeldSecrets = Readonly<Record<string, Pick<AgentPlan, 'headers' | 'tls'>>>;

/** What came of one request before all others. Without an answer `code` says why, in the system's words. */
export interface AgentProbe {
  /** The kind of request that was sent; empty without kinds. */
  readonly request: string;
  readonly status: number | null;
  readonly isAnswered: boolean;
  /** How the body began. */
  readonly beginning: string;
  readonly replica: string | null;
  readonly code: string | null;
}

/** PEM texts of what connections trust and show; the name that the server's certificate must have. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
}

/** Where an answer names its replica: in a header, or in a field of a JSON body, `a.b` inside `a`. */
export interface ReplicaPlace {
  readonly header?: string;
  readonly json?: string;
}

/** `atUs` is on the agent's own clock (the lab adds the offset that it measured). */
export interface AgentStart {
  readonly plan: string;
  readonly atUs: number;
}

/** How the generator itself fared; analysis decides from it whether the cell is limited by the client. */
export interface AgentHealth {
  readonly cpuShare: number;
  readonly eventLoopDelayUsP99: number;
  readonly eventLoopDelayUsMax: number;
  readonly gcPauseUsMax: number;
  readonly sendLagUsP99: number | null;
  readonly sendLagUsMax: number | null;
  /** The disk could not keep up with the rows. */
  readonly rowsDelayed: boolean;
  readonly timeWaitSockets: number | null;
  /** Waited because of a processor limit, µs; absent in runs from before it was kept, null where it is not known. */
  readonly throttledUs?: number | null;
}

/** What a generator may always be late by, µs, and the share of the latency in question that it may be late by. */
export const lateness = { sendLagUsP99: 1_000, eventLoopDelayUsP99: 20_000, ofLatency: 0.05 } as const;

/**
 * What a generator may be late by, µs, where so much latency is in question: the strictest that is allowed, else the p95.
 * Latency counts from the planned instant, so a late send makes a system look slower, and never faster.
 */
export function latenessLimits(latencyUs: number): Record<'sendLagUsP99' | 'eventLoopDelayUsP99', number> {
  const atLeast = (limitUs: number) => Math.max(limitUs, lateness.ofLatency * latencyUs);
  return {
    sendLagUsP99: atLeast(lateness.sendLagUsP99),
    eventLoopDelayUsP99: atLeast(lateness.eventLoopDelayUsP99),
  };
}

/** Only the states that have data carry it. `rowBytes` are complete rows on the agent's disk. */
export type AgentState =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'preparing';
      readonly plan: string;
      /** As in `ready`, from the moment on at which it is known. */
      readonly met?: number | null;
    }
  | {
      readonly phase: 'ready';
      readonly plan: string;
      /** Requests that this agent's share has: clients × messages, or the arrivals of its schedule. */
      readonly planned: number;
      readonly connectErrors: number;
      /** Replicas that fresh connections met; null where the answers name none, absent where none were to be met. */
      readonly met?: number | null;
      /** What became of the warm-up. Where nothing was answered, its rows say more. */
      readonly warmup: Readonly<Record<'answered' | 'rejected', number>>;
    }
  | { readonly phase: 'running'; readonly plan: string; readonly progress: AgentProgress }
  | {
      readonly phase: 'done';
      readonly plan: string;
      readonly progress: AgentProgress;
      readonly rowBytes: number;
      readonly warmupBytes: number;
      /** First send − agreed instant, µs. */
      readonly startSkewUs: number;
      readonly health: AgentHealth;
    }
  | {
      readonly phase: 'failed';
      readonly plan: string;
      readonly detail: string;
      /** What the user can mend; absent for an unforeseen failure. */
      readonly problem?: ProblemData;
    };

/** Counts so far. `latencyHistogram` is a compressed HDR histogram (µs, V2, base64) of the answered requests. */
export interface AgentProgress {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly active: number;
  readonly latencyHistogram?: string;
}

/** Whether both texts are the same; how long that takes says nothing of where they differ. */
export function isSameSecret(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether an `authorization` header carries the bearer token. */
export function carriesToken(authorization: string | undefined, token: string): boolean {
  return isSameSecret(authorization, `Bearer ${token}`);
}
