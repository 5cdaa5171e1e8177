import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type TestContext, test } from 'node:test';
import { type AgentPlan, type AgentState, EscalaError, type Sentence, systemClock } from '@escala/model';
import { listen } from '../../../test/listen.ts';
import type { Agent } from '../src/targets/contract/target.ts';
import { AgentClient } from '../src/trial/agent-client.ts';
import { assignPlans, type Participant, untilDone } from '../src/trial/participants.ts';

const plan = { id: 'r1.agent0' } as AgentPlan;
const { signal } = new AbortController();

/** Speaks the protocol, and makes no load: it is always in `state`. */
async function startPretendAgent(t: TestContext, state: AgentState): Promise<Agent> {
  const server = createServer((_request, response) => response.end(JSON.stringify(state)));
  const port = await listen(t, server);
  return { name: 'agent-0', node: 'here', url: `http://127.0.0.1:${port}`, token: 'token' } as Agent;
}

function participant(agent: Agent): Participant {
  return {
    client: new AgentClient(agent, signal),
    plan,
    planned: 1,
    warmup: { answered: 1, rejected: 0 },
    offsetUs: 0,
    delayUs: 0,
  };
}

const full: AgentState = {
  phase: 'failed',
  plan: plan.id,
  detail: 'the disk is full: client.csv',
  problem: { code: 'DISK_FULL', values: { file: 'client.csv' } },
};

const options = {
  stalledMs: 10,
  signal,
  onLook: async () => {},
  failed: (detail: string | Sentence) => new EscalaError('TRIAL_FAILED', { cell: 'c', round: 1, detail }),
};

function isDiskFull(error: unknown): boolean {
  assert.ok(error instanceof EscalaError);
  assert.equal(error.code, 'DISK_FULL');
  assert.match(error.explain('pt-BR'), /o disco está cheio: client\.csv/);
  return true;
}

test('a full disk of an agent is the problem of the study, during the load and before it', async (t) => {
  const agent = await startPretendAgent(t, full);
  await assert.rejects(untilDone([participant(agent)], options), isDiskFull);
  await assert.rejects(
    assignPlans([agent], () => plan, { clock: systemClock, signal }),
    isDiskFull,
  );
});

test('agents that stopped moving are said so in the language of the reader', async (t) => {
  const progress = { sent: 5, answered: 4, failed: 0, active: 1 };
  const agent = await startPretendAgent(t, { phase: 'running', plan: plan.id, progress });
  await assert.rejects(untilDone([participant(agent)], options), (error: unknown) => {
    assert.ok(error instanceof EscalaError);
    assert.match(error.explain('en'), /the load agents stopped moving: for 0 s nothing was sent or answered/);
    assert.match(
      error.explain('pt-BR'),
      /os agentes de carga pararam: por 0 s nada foi enviado nem respondido/,
    );
    return true;
  });
});

test('an agent that fails without a known problem fails only its trial', async (t) => {
  const agent = await startPretendAgent(t, { phase: 'failed', plan: plan.id, detail: 'something broke' });
  await assert.rejects(untilDone([participant(agent)], options), {
    code: 'TRIAL_FAILED',
    message: 'cell c, round 1: something broke',
  });
});

test('agents get their plans when those that are to meet the replicas have met them', async (t) => {
  const calls: string[] = [];
  const agents = await Promise.all(
    ['discovers', 'follows'].map(async (name) => {
      let looks = 0;
      const server = createServer((request, response) => {
        const { method, url } = request;
        if (url === '/clock') return response.end(JSON.stringify({ nowUs: 0 }));
        const preparing = { phase: 'preparing', plan: plan.id };
        const states = [preparing, { ...preparing, met: 3 }, { ...ready, met: 3 }];
        const state = method === 'PUT' ? preparing : name === 'follows' ? ready : states[looks++];
        if (method === 'PUT' || looks === 2) calls.push(`${name} ${method} ${(state as AgentState).phase}`);
        return response.end(JSON.stringify(state));
      });
      const port = await listen(t, server);
      return { name, node: 'here', url: `http://127.0.0.1:${port}`, token: 'token' } as Agent;
    }),
  );
  const ready = { phase: 'ready', plan: plan.id, planned: 1, warmup: { answered: 1, rejected: 0 } };
  const planOf = (index: number) => (index === 0 ? { ...plan, meet: 3 } : plan);
  const participants = await assignPlans(agents, planOf, { clock: systemClock, signal });
  assert.deepEqual(calls, ['discovers PUT preparing', 'discovers GET preparing', 'follows PUT preparing']);
  assert.deepEqual(
    participants.map(({ met }) => met),
    [3, null],
  );
});
