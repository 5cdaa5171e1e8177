import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AgentPlan, type AgentState, agentApi } from '@escala/model';
import { startClient } from './program.ts';

const token = 'a-token-of-this-test';

/** The plan of four clients that think of nothing. */
export function closedPlan(id: string, url: string, messages: number): AgentPlan {
  return {
    id,
    run: 'r1',
    cell: `c1/${id}`,
    requestIdPrefix: id,
    urls: [url],
    load: {
      kind: 'closed',
      clients: { first: 1, stride: 1, count: 4 },
      messages,
      thinkTimeUs: 0,
      thinkDistribution: 'fixed',
    },
    warmupMessages: 1,
    method: 'POST',
    headers: [],
    payloadBytes: 10,
    keepAlive: true,
    timeoutUs: 600_000_000,
    insecure: false,
    seed: 'seed',
  };
}

/** The real agent as a process, and its protocol. */
export async function startAgent(folder: string, more: NodeJS.ProcessEnv = {}) {
  const variables = { AGENT_TOKEN: token, AGENT_PORT: '0', AGENT_DATA: folder, ...more };
  const { child, ended } = startClient([], variables);
  assert.ok(child.stdout);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const base = String(line).trim().replace('listening on ', '');
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}` };
    return fetch(`${base}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
  const state = async () => (await (await call('GET', agentApi.state)).json()) as AgentState;
  return {
    ended,
    stop: () => child.kill('SIGKILL'),
    state,
    take: (plan: AgentPlan) => call('PUT', agentApi.plan, plan),
    start: (plan: string, atUs = Date.now() * 1_000) => call('POST', agentApi.start, { plan, atUs }),
    rows: async (plan: string) => (await call('GET', `${agentApi.rows}?plan=${plan}&offset=0`)).text(),
    /** Asks until `is` holds; a phase `failed` that was not asked for ends the wait. */
    until: async (is: (state: AgentState) => boolean): Promise<AgentState> => {
      for (;;) {
        const now = await state();
        if (is(now)) return now;
        assert.notEqual(now.phase, 'failed', JSON.stringify(now));
      }
    },
  };
}
