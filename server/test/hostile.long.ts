import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { attack } from './support/hostile-input.ts';
import { message, post } from './support/in-process.ts';
import { fuzzMessages } from './support/message-fuzz.ts';
import { startServerProcess } from './support/server-process.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

test('900,000 generated bodies are refused or become one row each', (t) => {
  let rows = 0;
  for (let seed = 0; seed < 9; seed++) rows += fuzzMessages(100_000, seed);
  t.diagnostic(`${rows} rows`);
});

test('100,000 hostile exchanges neither stop the server nor break its ledger', async (t) => {
  const folder = temporaryFolder(t);
  const server = await startServerProcess({ DATA_DIR: folder });
  t.after(() => server.end('SIGKILL'));
  t.diagnostic(JSON.stringify(await attack(server, { folder, count: 100_000, seed: 'long' })));
});

test('with 10,000 idle connections a message is still recorded', async (t) => {
  const server = await startServerProcess({ DATA_DIR: temporaryFolder(t) });
  t.after(() => server.end('SIGKILL'));
  const sockets = Array.from({ length: 10_000 }, () => connect(server.port, '127.0.0.1'));
  t.after(() => sockets.map((socket) => socket.destroy()));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  assert.equal((await post(server.url, message)).status, 201);
});
