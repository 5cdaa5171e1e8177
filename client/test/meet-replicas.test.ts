import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { closedPlan, startAgent } from './agent.ts';
import { rawServer } from './program.ts';

const answer = (body: string) => `HTTP/1.1 201 Created\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

// A pretend Service: which replica a connection meets is settled when it is opened. At first it knows only one.
test('fresh connections are made until every replica has answered, also one that the Service learns of late', async (t) => {
  let [connections, serial] = [0, 0];
  const replicaOf = new WeakMap<Socket, number>();
  const service = await rawServer((socket) => {
    if (!replicaOf.has(socket)) replicaOf.set(socket, ++connections <= 12 ? 0 : ++serial % 3);
    socket.write(answer(JSON.stringify({ replica: `r${replicaOf.get(socket)}` })));
  });
  const nameless = await rawServer((socket) => socket.write(answer('{}')));
  const agent = await startAgent(temporaryFolder(t));
  t.after(() => {
    agent.stop();
    service.server.close();
    nameless.server.close();
  });
  await agent.take({ ...closedPlan('named', service.url, 1), meet: 3 });
  const ready = await agent.until((state) => state.phase === 'ready');
  assert.equal(ready.phase === 'ready' && ready.met, 3);
  assert.ok(connections > 12);
  await agent.take({ ...closedPlan('nameless', nameless.url, 1), meet: 3 });
  const told = await agent.until((state) => state.phase === 'ready' && state.plan === 'nameless');
  assert.equal(told.phase === 'ready' && told.met, null);
});
