import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { inProcess, message, post } from './support/in-process.ts';
import { ledgerRows } from './support/ledger-rows.ts';
import { rawPost } from './support/raw-http.ts';

/** The system's buffers for one connection, both ends, with room to spare: answers that nobody reads lie there. */
const mostAnswerBytes = 64 * 1_048_576;
const leastAnswerBytes = 100;

test('a client that sends messages and never reads stops being read, is closed, and others are served', async (t) => {
  const { url, port, folder } = await inProcess(t, { limits: { idleTimeMs: 1_000 } });
  const flood = rawPost(JSON.stringify(message)).repeat(1_000);
  const socket = connect(port, '127.0.0.1').pause();
  // Who does not read learns of the end from writing only, as an error.
  const closed = new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  const asking = (error?: Error | null) => {
    if (!error) socket.write(flood, asking);
  };
  asking();
  assert.equal((await post(url, message)).status, 201);
  await closed;
  assert.equal((await post(url, message)).status, 201);
  const rows = ledgerRows(folder).length;
  t.diagnostic(`${rows} messages were recorded`);
  assert.ok(rows > 1_000 && rows < mostAnswerBytes / leastAnswerBytes, `${rows} rows`);
});
