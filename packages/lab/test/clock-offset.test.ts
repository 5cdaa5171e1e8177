import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { test } from 'node:test';
import { type AgentPlan, type AgentStart, agentApi, systemClock } from '@escala/model';
import { listen } from '../../../test/listen.ts';
import { AgentClient } from '../src/trial/agent-client.ts';
import { start } from '../src/trial/participants.ts';

const FIVE_MINUTES_US = 300_000_000;

test('an agent whose clock is five minutes ahead is measured, and told the start on its own clock', async (context) => {
  // A planted agent: pods have their node's clock, which a test cannot set.
  let told: AgentStart | undefined;
  const agent = createServer(async (request, response) => {
    if (request.url === agentApi.start) told = (await json(request)) as AgentStart;
    response.end(JSON.stringify({ phase: 'idle', nowUs: systemClock.nowUs() + FIVE_MINUTES_US }));
  });
  const url = `http://127.0.0.1:${await listen(context, agent)}`;
  const client = new AgentClient(
    { name: 'ahead', node: null, log: '', url, token: '' },
    new AbortController().signal,
  );

  const { offsetUs, delayUs } = await client.clockOffset(systemClock, 5);
  assert.ok(Math.abs(offsetUs - FIVE_MINUTES_US) <= delayUs, `${offsetUs} ± ${delayUs}`);
  const startAtUs = systemClock.nowUs() + 1_000;
  const plan = { id: 'plan' } as AgentPlan;
  await start(
    [{ client, plan, planned: 1, warmup: { answered: 0, rejected: 0 }, offsetUs, delayUs }],
    startAtUs,
  );
  assert.equal(told?.atUs, startAtUs + offsetUs);
});
