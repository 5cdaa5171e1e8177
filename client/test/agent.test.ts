import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { type AgentPlan, type AgentState, agentApi } from '@escala/model';
import { rawServer, startClient, temporaryFile } from './program.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const token = 'a-token-of-this-test';

function closedPlan(id: string, url: string, messages: number): AgentPlan {
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
async function startAgent(folder: string) {
  const variables = { AGENT_TOKEN: token, AGENT_PORT: '0', AGENT_DATA: folder };
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

test('a plan that comes while the agent is loading a server gone silent drops that load, and succeeds', async (t) => {
  let [answers, isSilent] = [0, false];
  const silent = await rawServer((socket) => {
    // Four warm up; then each client gets some answers, so that rows wait to be written when all falls silent.
    isSilent ||= ++answers > 40;
    if (!isSilent) socket.write(ok);
  });
  const speaking = await rawServer((socket) => socket.write(ok));
  const agent = await startAgent(temporaryFile('agent'));
  t.after(() => {
    agent.stop();
    silent.server.close();
    speaking.server.close();
  });
  await agent.take(closedPlan('first', silent.url, 1_000_000));
  await agent.until(({ phase }) => phase === 'ready');
  await agent.start('first');
  await agent.until((state) => state.phase === 'running' && isSilent && state.progress.answered >= 30);

  await agent.take(closedPlan('second', speaking.url, 50));
  await agent.until((state) => state.phase === 'ready' && state.plan === 'second');
  // The rows of the first load would have been written by a timer of half a second: the second starts after it.
  const atUs = (Date.now() + 700) * 1_000;
  await agent.start('second', atUs);
  await agent.until((state) => state.phase === 'done' && state.plan === 'second');
  const [, ...rows] = (await agent.rows('second')).trimEnd().split('\n');
  assert.equal(rows.length, 200);
  for (const row of rows) assert.match(row, /^second\.\d+\.\d+,/);
});
