import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { attack } from './support/hostile-input.ts';
import { message, post } from './support/in-process.ts';
import { fuzzMessages } from './support/message-fuzz.ts';
import { startServerProcess } from './support/server-process.ts';

// 1,000,000 inputs in parts, each by its own seed, so that a run that was cut short goes on at a part:
// npm run test:long -- --test-name-pattern="bodies, part [3-9]|exchanges"
const bodyParts = 9;
const exchangeParts = 4;

for (let part = 1; part <= bodyParts; part++) {
  test(`100,000 generated bodies, part ${part} of ${bodyParts}: each is refused or becomes one row`, (t) => {
    t.diagnostic(`${fuzzMessages(100_000, part)} rows`);
  });
}

for (let part = 1; part <= exchangeParts; part++) {
  test(`25,000 hostile exchanges, part ${part} of ${exchangeParts}: the server lives, its ledger is sound`, async (t) => {
    const folder = temporaryFolder(t);
    const server = await startServerProcess({ DATA_DIR: folder });
    t.after(() => server.end('SIGKILL'));
    t.diagnostic(JSON.stringify(await attack(server, { folder, count: 25_000, seed: `long ${part}` })));
  });
}

test('with 10,000 idle connections a message is still recorded', async (t) => {
  const server = await startServerProcess({ DATA_DIR: temporaryFolder(t) });
  t.after(() => server.end('SIGKILL'));
  const sockets = Array.from({ length: 10_000 }, () => connect(server.port, '127.0.0.1'));
  t.after(() => sockets.map((socket) => socket.destroy()));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  assert.equal((await post(server.url, message)).status, 201);
});
