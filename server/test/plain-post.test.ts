import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import fc from 'fast-check';
import { listen } from '../../test/listen.ts';
import { readPlainPost } from '../src/http/plain-post.ts';
import { exchange, rawPost } from './support/raw-http.ts';

/** A request that is often right and often a little wrong. */
const line = fc.constantFrom(
  'host: x\r\n',
  'Host:y\r\n',
  'host: \r\n',
  'content-type: application/json\r\n',
  'Content-Type:application/json\r\n',
  'content-type: text/plain\r\n',
  'content-length: 2\r\n',
  'Content-Length:  2\r\n',
  'content-length: 02\r\n',
  'content-length: +2\r\n',
  'content-length: 2, 2\r\n',
  'content-length : 2\r\n',
  'transfer-encoding: chunked\r\n',
  'x-request-id: a.1\r\n',
  'x-request-id: a.1 \r\n',
  'x-request-id: é\r\n',
  'connection: keep-alive\r\n',
  'connection: close\r\n',
  'expect: 100-continue\r\n',
  'accept: */*\r\n',
  'accept: a\r\n b\r\n',
  'accept: a\n',
  'accept: a\rb\r\n',
  'accept: \0\r\n',
  ' folded\r\n',
  ':\r\n',
  '\r\n',
);
const good = ['host: x\r\n', 'content-type: application/json\r\n', 'content-length: 2\r\n'];
const request = fc
  .tuple(
    fc.shuffledSubarray(good, { minLength: 2 }),
    fc.array(line, { maxLength: 3 }),
    fc.constantFrom('{}', '{}x', '{', '{}POST'),
  )
  .map(([right, others, body]) => `POST /messages HTTP/1.1\r\n${[...right, ...others].join('')}\r\n${body}`);

test('whatever is read as a plain message, Node reads with the same id, and a body at the same place', async (t) => {
  const seen: { id: unknown; body: string }[] = [];
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => {
      seen.push({ id: incoming.headers['x-request-id'], body });
      response.end();
    });
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  const port = await listen(t, server);
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(request, async (text) => {
      const chunk = Buffer.from(text, 'latin1');
      const plain = readPlainPost(chunk);
      if (!plain) return;
      accepted++;
      seen.length = 0;
      await exchange(port, [chunk]);
      const body = chunk.toString('latin1', plain.bodyStart, plain.bodyEnd);
      assert.deepEqual(seen[0], { id: plain.requestId, body });
    }),
    { numRuns: 2_000 },
  );
  assert.ok(accepted > 50, `only ${accepted} were plain: the comparison says little`);
});

test('our own client, in its everyday form, is read as plain', () => {
  const plain = readPlainPost(
    Buffer.from(rawPost('{"a":1}', 'x-request-id: a.1\r\nconnection: keep-alive\r\n')),
  );
  assert.equal(plain?.requestId, 'a.1');
});
