import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AgentPlan,
  type AgentProgress,
  type AgentRecord,
  type AgentState,
  type Clock,
  EscalaError,
  fillEach,
  type Sentence,
  sentences,
} from '@escala/model';
import { parse } from 'csv-parse/sync';
import type { Agent } from '../targets/contract/target.ts';
import { AgentClient } from './agent-client.ts';
import { AGENT_READY_MS_MAX, POLL_MS } from './limits.ts';

/** Pings of an agent's clock before a trial; the one with the least delay counts. */
const CLOCK_PINGS = 5;

const words = sentences.lab.participants;

/** One agent's part in a trial: its plan, how many requests that is, and its clock against the lab's. */
export interface Participant {
  readonly client: AgentClient;
  readonly plan: AgentPlan;
  readonly planned: number;
  /** Replicas that it met; null where it could not tell, or did not look. */
  readonly met?: number | null;
  readonly warmup: Ready['warmup'];
  readonly offsetUs: number;
  readonly delayUs: number;
}

export type Done = Extract<AgentState, { phase: 'done' }>;
type Ready = Extract<AgentState, { phase: 'ready' }>;
type Failed = Extract<AgentState, { phase: 'failed' }>;

/**
 * Gives every agent its plan (`undefined`: none for it) and waits until all have connected and warmed up. Agents that are
 * to meet the replicas go first: until they have, the connections of the others would stay with those that are known.
 */
export async function assignPlans(
  agents: readonly Agent[],
  planOf: (index: number) => AgentPlan | undefined,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<Participant[]> {
  const assigned = agents.flatMap((agent, index) => {
    const plan = planOf(index);
    return plan ? [{ client: new AgentClient(agent, signal), plan }] : [];
  });
  const [first, others] = [true, false].map((meets) =>
    assigned.filter(({ plan }) => (plan.meet !== undefined) === meets),
  ) as [typeof assigned, typeof assigned];
  const give = ({ client, plan }: (typeof assigned)[number]) => client.plan(plan);
  await Promise.all(first.map(give));
  if (others.length > 0) await Promise.all(first.map((one) => untilState(one, hasMet, signal)));
  await Promise.all(others.map(give));
  return Promise.all(
    assigned.map(async ({ client, plan }) => {
      const { planned, warmup, met = null } = await untilState({ client, plan }, isReady, signal);
      return { client, plan, planned, warmup, met, ...(await client.clockOffset(clock, CLOCK_PINGS)) };
    }),
  );
}

const isReady = (state: AgentState): state is Ready => state.phase === 'ready';
const hasMet = (state: AgentState): state is AgentState =>
  isReady(state) || (state.phase === 'preparing' && state.met !== undefined);

async function untilState<S extends AgentState>(
  { client, plan }: { client: AgentClient; plan: AgentPlan },
  isReached: (state: AgentState) => state is S,
  signal: AbortSignal,
): Promise<S> {
  const deadline = performance.now() + AGENT_READY_MS_MAX;
  while (performance.now() < deadline) {
    const state = await client.state();
    if (isReached(state) && 'plan' in state && state.plan === plan.id) return state;
    if (state.phase === 'failed') throw problemIn(state) ?? notReady(client, state.detail);
    await sleep(POLL_MS / 5, undefined, { signal });
  }
  throw notReady(client, fillEach(words.tooLong, { seconds: AGENT_READY_MS_MAX / 1_000 }));
}

/** What the user must mend before any trial can go well, such as a full disk. */
function problemIn({ problem }: Failed): EscalaError | undefined {
  return problem && new EscalaError(problem.code, problem.values);
}

function notReady({ agent }: AgentClient, detail: string | Sentence): EscalaError {
  return new EscalaError('AGENT_NOT_READY', { agent: agent.name, detail, log: agent.log });
}

/**
 * Why the load would measure nothing: the servers answered, and no answer of the whole warm-up was a 2xx. Undefined where
 * one was, or where nothing at all came back: that may be the fault of a server that has just died, and is measured.
 */
export async function rejectionOf(
  participants: readonly Participant[],
): Promise<{ detail: Sentence; status?: number } | undefined> {
  const sum = (name: keyof Ready['warmup']) =>
    participants.reduce((total, { warmup }) => total + warmup[name], 0);
  if (sum('answered') > 0 || sum('rejected') === 0) return undefined;
  const kinds = new Map<string, number>();
  for (const { client, plan } of participants) {
    const rows = parse(await client.rows(plan.id, 'warmup', 0), { columns: true }) as WarmupRow[];
    for (const { outcome, status } of rows) {
      const kind = outcome === 'rejected' ? status : outcome;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  const [only, ...others] = kinds.keys();
  if (only !== undefined && others.length === 0)
    return { detail: fillEach(words.warmupRejected, { codes: only }), status: Number(only) };
  const counted = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, n]) => `${kind} ×${n}`);
  return { detail: fillEach(words.warmupFailed, { kinds: counted.join(', ') }) };
}

type WarmupRow = Readonly<Record<'outcome' | 'status', string>>;

/** Tells all of them the same instant, each on its own clock. */
export async function start(participants: readonly Participant[], startAtUs: number): Promise<void> {
  await Promise.all(
    participants.map(({ client, plan, offsetUs }) =>
      client.start({ plan: plan.id, atUs: startAtUs + offsetUs }),
    ),
  );
}

/**
 * Looks at the agents until all are done. `onLook` hears the sum of their progress at every look.
 * @throws EscalaError of an agent that says what the user must mend; what `failed` makes of the reason when one has
 *   failed otherwise, or when none has moved for `stalledMs`.
 */
export async function untilDone(
  participants: readonly Participant[],
  options: {
    stalledMs: number;
    signal: AbortSignal;
    onLook: (progress: AgentProgress) => Promise<void>;
    failed: (detail: string | Sentence) => EscalaError;
  },
): Promise<Done[]> {
  let [moved, movedAt] = [-1, performance.now()];
  for (;;) {
    const states = await Promise.all(participants.map(({ client }) => client.state()));
    const failed = states.find((state) => state.phase === 'failed');
    if (failed) throw problemIn(failed) ?? options.failed(failed.detail);
    if (states.every((state) => state.phase === 'done')) return states as Done[];

    const progress = sumProgress(states);
    const sum = progress.sent + progress.answered + progress.failed;
    if (sum !== moved) [moved, movedAt] = [sum, performance.now()];
    if (performance.now() - movedAt > options.stalledMs) {
      throw options.failed(fillEach(words.stalled, { seconds: Math.round(options.stalledMs / 1_000) }));
    }
    await options.onLook(progress);
    await sleep(POLL_MS, undefined, { signal: options.signal });
  }
}

/** Sums over agents. Their histograms stay apart, separated by spaces: the page and the terminal merge them. */
function sumProgress(states: readonly AgentState[]): AgentProgress {
  const sum = { sent: 0, answered: 0, failed: 0, active: 0 };
  const histograms: string[] = [];
  for (const state of states) {
    if (state.phase !== 'running' && state.phase !== 'done') continue;
    for (const key of ['sent', 'answered', 'failed', 'active'] as const) sum[key] += state.progress[key];
    if (state.progress.latencyHistogram) histograms.push(state.progress.latencyHistogram);
  }
  return { ...sum, ...(histograms.length > 0 && { latencyHistogram: histograms.join(' ') }) };
}

export function agentRecord({ client, plan, offsetUs, delayUs }: Participant, state: Done): AgentRecord {
  return {
    name: client.agent.name,
    node: client.agent.node,
    clients: plan.load.kind === 'closed' ? plan.load.clients.count : plan.load.maxConnections,
    startSkewUs: state.startSkewUs,
    clockOffsetUs: offsetUs,
    clockDelayUs: delayUs,
    health: state.health,
  };
}
