import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AgentClock,
  type AgentPlan,
  type AgentStart,
  type AgentState,
  agentApi,
  EscalaError,
  type systemClock,
  systemReason,
} from '@escala/model';
import { AGENT_CALL_MS_MAX } from './limits.ts';
import type { Agent } from './target.ts';

/** Calls that fail on the way are repeated this often: the protocol's calls may arrive twice. */
const TRIES_MAX = 4;
const RETRY_MS = 250;

/** The lab's side of the agents' protocol. */
export class AgentClient {
  readonly agent: Agent;
  readonly #signal: AbortSignal;

  constructor(agent: Agent, signal: AbortSignal) {
    this.agent = agent;
    this.#signal = signal;
  }

  async plan(plan: AgentPlan): Promise<AgentState> {
    return (await this.#call('PUT', agentApi.plan, plan)).json() as Promise<AgentState>;
  }

  async start(start: AgentStart): Promise<AgentState> {
    return (await this.#call('POST', agentApi.start, start)).json() as Promise<AgentState>;
  }

  async state(): Promise<AgentState> {
    return (await this.#call('GET', agentApi.state)).json() as Promise<AgentState>;
  }

  /** Rows of the plan from byte `offset`, at least one byte while there are any. */
  async rows(plan: string, file: 'client' | 'warmup', offset: number): Promise<Uint8Array> {
    const query = new URLSearchParams({ plan, file, offset: String(offset) });
    return new Uint8Array(await (await this.#call('GET', `${agentApi.rows}?${query}`)).arrayBuffer());
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
      const { nowUs } = (await (await this.#call('GET', agentApi.clock)).json()) as AgentClock;
      const doneUs = clock.nowUs();
      const delayUs = doneUs - sentUs;
      if (delayUs < best.delayUs) best = { offsetUs: Math.round(nowUs - (sentUs + doneUs) / 2), delayUs };
    }
    return best;
  }

  async #call(method: string, path: string, body?: unknown): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      this.#signal.throwIfAborted();
      try {
        const response = await fetch(`${this.agent.url}${path}`, {
          method,
          headers: { authorization: `Bearer ${this.agent.token}` },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: AbortSignal.any([this.#signal, AbortSignal.timeout(AGENT_CALL_MS_MAX)]),
        });
        if (response.ok) return response;
        throw new Error(
          `${method} ${path} gave ${response.status}: ${(await response.text()).slice(0, 200)}`,
        );
      } catch (cause) {
        this.#signal.throwIfAborted();
        if (attempt >= TRIES_MAX) {
          const { name, log } = this.agent;
          throw new EscalaError('AGENT_LOST', { agent: name, detail: systemReason(cause), log }, { cause });
        }
        await sleep(RETRY_MS * attempt, undefined, { signal: this.#signal });
      }
    }
  }
}
