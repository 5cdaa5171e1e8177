import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type AgentPlan, type AgentState, EscalaError, systemClock } from '@escala/model';
import { AgentClient } from '../src/agent-client.ts';
import { invite, type Participant, untilDone } from '../src/participants.ts';
import type { Agent } from '../src/target.ts';

const plan = { id: 'r1.agent0' } as AgentPlan;
const { signal } = new AbortController();

/** Speaks the protocol, and makes no load: it is always in `state`. */
async function startPretendAgent(t: TestContext, state: AgentState): Promise<Agent> {
  const server = createServer((_request, response) => response.end(JSON.stringify(state)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return { name: 'agent-0', node: 'here', url: `http://127.0.0.1:${port}`, token: 'token' } as Agent;
}

function participant(agent: Agent): Participant {
  return { client: new AgentClient(agent, signal), plan, planned: 1, offsetUs: 0, delayUs: 0 };
}

const full: AgentState = {
  phase: 'failed',
  plan: plan.id,
  detail: 'the disk is full: client.csv',
  problem: { code: 'DISK_FULL', values: { file: 'client.csv' } },
};

function isDiskFull(error: unknown): boolean {
  assert.ok(error instanceof EscalaError);
  assert.equal(error.code, 'DISK_FULL');
  assert.match(error.explain('pt-BR'), /o disco está cheio: client\.csv/);
  return true;
}

test('a full disk of an agent is the problem of the study, during the load and before it', async (t) => {
  const agent = await startPretendAgent(t, full);
  const options = { stalledMs: 1_000, signal, onLook: async () => {} };
  await assert.rejects(untilDone([participant(agent)], options), isDiskFull);
  await assert.rejects(
    invite([agent], () => plan, { clock: systemClock, signal }),
    isDiskFull,
  );
});
