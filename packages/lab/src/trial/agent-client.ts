import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AgentClock,
  type AgentPlan,
  type AgentProbe,
  type AgentStart,
  type AgentState,
  agentApi,
  EscalaError,
  type systemClock,
  systemReason,
} from '@escala/model';
import type { Agent } from '../targets/contract/target.ts';
import { AGENT_CALL_MS_MAX } from './limits.ts';

/** Calls that fail on the way are repeated this often: the protocol's calls may arrive twice. */
const TRIES_MAX = 4;
const RETRY_MS = 250;
/** Of an answer that cannot be used: how much of it is shown. */
const SAID_CHARACTERS_MAX = 200;

/** The lab's side of the agents' protocol. */
export class AgentClient {
  readonly agent: Agent;
  readonly #signal: AbortSignal;

  constructor(agent: Agent, signal: AbortSignal) {
    this.agent = agent;
    this.#signal = signal;
  }

  async plan(plan: AgentPlan): Promise<AgentState> {
    return this.#call('PUT', agentApi.plan, stateIn, plan);
  }

  async probe(plan: AgentPlan): Promise<AgentProbe> {
    return this.#call('POST', agentApi.probe, probeIn, plan);
  }

  async start(start: AgentStart): Promise<AgentState> {
    return this.#call('POST', agentApi.start, stateIn, start);
  }

  async state(): Promise<AgentState> {
    return this.#call('GET', agentApi.state, stateIn);
  }

  /** Rows of the plan from byte `offset`, at least one byte while there are any. */
  async rows(plan: string, file: 'client' | 'warmup', offset: number): Promise<Uint8Array> {
    const query = new URLSearchParams({ plan, file, offset: String(offset) });
    return this.#call(
      'GET',
      `${agentApi.rows}?${query}`,
      async (response) => new Uint8Array(await response.arrayBuffer()),
    );
  }

  /**
   * The agent's clock against ours: of `pings` round trips the one with the least delay, as NTP does. The offset is
   * uncertain by half of that delay.
   */
  async clockOffset(
    clock: typeof systemClock,
    pings: number,
  ): Promise<{ offsetUs: number; delayUs: number }> {
    let best = { offsetUs: 0, delayUs: Number.POSITIVE_INFINITY };
    for (let i = 0; i < pings; i++) {
      const sentUs = clock.nowUs();
      const { nowUs } = await this.#call('GET', agentApi.clock, clockIn);
      const doneUs = clock.nowUs();
      const delayUs = doneUs - sentUs;
      if (delayUs < best.delayUs) best = { offsetUs: Math.round(nowUs - (sentUs + doneUs) / 2), delayUs };
    }
    return best;
  }

  async #call<T>(
    method: string,
    path: string,
    read: (response: Response) => Promise<T>,
    body?: unknown,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      this.#signal.throwIfAborted();
      const late = AbortSignal.timeout(AGENT_CALL_MS_MAX);
      try {
        const response = await fetch(`${this.agent.url}${path}`, {
          method,
          headers: { authorization: `Bearer ${this.agent.token}` },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          // Node's fetch leaves a rejection that nobody can handle where an abort meets the body of a request.
          signal: body === undefined ? AbortSignal.any([this.#signal, late]) : late,
        });
        if (response.ok) return await read(response);
        throw new Error(
          `${method} ${path} gave ${response.status}: ${(await response.text()).slice(0, SAID_CHARACTERS_MAX)}`,
        );
      } catch (cause) {
        this.#signal.throwIfAborted();
        if (attempt >= TRIES_MAX) {
          const { name, log } = this.agent;
          const detail = this.agent.trouble?.()?.values['detail'] ?? systemReason(cause);
          throw new EscalaError('AGENT_LOST', { agent: name, detail, log }, { cause });
        }
        await sleep(RETRY_MS * attempt, undefined, { signal: this.#signal });
      }
    }
  }
}

/** @throws Error for what no agent of ours answers; it is asked again then. */
async function stateIn(response: Response): Promise<AgentState> {
  return jsonIn(response, ({ phase }: Partial<AgentState>) => typeof phase === 'string');
}

async function probeIn(response: Response): Promise<AgentProbe> {
  return jsonIn(response, ({ beginning }: Partial<AgentProbe>) => typeof beginning === 'string');
}

async function clockIn(response: Response): Promise<AgentClock> {
  return jsonIn(response, ({ nowUs }: Partial<AgentClock>) => Number.isFinite(nowUs));
}

async function jsonIn<T>(response: Response, isForm: (value: Partial<T>) => boolean): Promise<T> {
  const text = await response.text();
  const said = new Error(
    `${new URL(response.url).pathname} → ${response.status}: ${text.slice(0, SAID_CHARACTERS_MAX)}`,
  );
  let value: Partial<T> | null;
  try {
    value = JSON.parse(text) as Partial<T> | null;
  } catch {
    throw said;
  }
  if (value === null || !isForm(value)) throw said;
  return value as T;
}
