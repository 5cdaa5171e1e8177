import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { systemClock } from '@escala/model';
import { listen } from '../../../test/listen.ts';
import { AgentClient } from '../src/trial/agent-client.ts';

for (const text of ['', 'null', '[]', '{}', '<html>', '{"phase":', '{"phase":7}', '{"nowUs":null}'])
  test(`an agent that answers ${text || 'nothing'} with 200 is told as one that is lost`, async (context) => {
    const port = await listen(
      context,
      createServer((_request, response) => response.end(text)),
    );
    const agent = { name: 'a', node: null, log: 'log', url: `http://127.0.0.1:${port}`, token: 't' };
    const client = new AgentClient(agent, new AbortController().signal);
    await assert.rejects(client.state(), { code: 'AGENT_LOST', message: /\/state → 200/ });
    await assert.rejects(client.clockOffset(systemClock, 1), {
      code: 'AGENT_LOST',
      message: /\/clock → 200/,
    });
  });
