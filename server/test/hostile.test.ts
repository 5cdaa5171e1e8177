import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { attack } from './support/hostile-input.ts';
import { inProcess, message, post } from './support/in-process.ts';
import { ledgerRows } from './support/ledger-rows.ts';
import { fuzzMessages } from './support/message-fuzz.ts';
import { exchange, rawPost } from './support/raw-http.ts';
import { startServerProcess } from './support/server-process.ts';

test('thousands of generated bodies are refused or become one row each', () => {
  assert.ok(fuzzMessages(4_000, 1) > 200);
});

test('thousands of hostile exchanges neither stop the server nor break its ledger', async (t) => {
  const folder = temporaryFolder(t);
  const server = await startServerProcess({ DATA_DIR: folder });
  t.after(() => server.end('SIGKILL'));
  await attack(server, { folder, count: 3_000, seed: 'ci' });
});

test('request smuggling shapes are refused, and give no row', async (t) => {
  const { port, folder } = await inProcess(t);
  const body = JSON.stringify(message);
  const shapes = [
    'transfer-encoding: chunked\r\n',
    'content-length: 1\r\n',
    'transfer-encoding : chunked\r\n',
    'transfer-encoding: xchunked\r\n',
    'x: y\n',
    ' folded\r\n',
    'content-length: +1\r\n',
  ];
  for (const shape of shapes)
    assert.match(await exchange(port, [rawPost(body, shape)]), /^HTTP\/1.1 400/, shape);
  assert.deepEqual(ledgerRows(folder), []);
});

test('with 2,000 idle connections a message is still recorded', async (t) => {
  const server = await startServerProcess({ DATA_DIR: temporaryFolder(t) });
  t.after(() => server.end('SIGKILL'));
  const sockets = Array.from({ length: 2_000 }, () => connect(server.port, '127.0.0.1'));
  t.after(() => sockets.map((socket) => socket.destroy()));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  assert.equal((await post(server.url, message)).status, 201);
});
