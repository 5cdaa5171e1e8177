import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultLimits } from '../src/http/app.ts';
import { inProcess, message, post } from './support/in-process.ts';
import { exchange, rawPost } from './support/raw-http.ts';

const body = JSON.stringify(message);

test('headerBytes: larger headers are answered with 431', async (t) => {
  const { port } = await inProcess(t, { limits: { headerBytes: 2_000 } });
  assert.match(await exchange(port, [rawPost(body, `x-long: ${'a'.repeat(3_000)}\r\n`)]), /^HTTP\/1.1 431/);
});

test('bodyBytes: a larger body is answered with 413, declared or chunked', async (t) => {
  const { url, port } = await inProcess(t, { limits: { bodyBytes: 200 } });
  assert.equal((await post(url, { ...message, data: 'x'.repeat(300) })).status, 413);
  const chunked =
    'POST /messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n' +
    `12c\r\n${'x'.repeat(300)}\r\n`;
  assert.match(await exchange(port, [chunked]), /^HTTP\/1.1 413/);
});

test('fieldCharacters: a longer field is answered with 400', async (t) => {
  const { url } = await inProcess(t, { limits: { fieldCharacters: 10 } });
  assert.equal((await post(url, { ...message, run: 'x'.repeat(10) })).status, 201);
  assert.equal((await post(url, { ...message, run: 'x'.repeat(11) })).status, 400);
});

test('pathBytes: a longer path is answered with 414', async (t) => {
  const { url } = await inProcess(t, { limits: { pathBytes: 50 } });
  assert.equal((await fetch(`${url}/${'x'.repeat(60)}`)).status, 414);
});

test('connections: those above the limit are closed, those below are served', async (t) => {
  const { url, port } = await inProcess(t, { limits: { connections: 2 } });
  const sockets = [1, 2].map(() => connect(port, '127.0.0.1'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  await assert.rejects(post(url, message));
  for (const socket of sockets) {
    socket.destroy();
    await once(socket, 'close');
  }
  const again = async (): Promise<number> => (await post(url, message).catch(again as never)).status;
  assert.equal(await again(), 201);
});

test('headerTimeMs: headers that never end, and a connection without any, are closed', async (t) => {
  const { port } = await inProcess(t, { limits: { headerTimeMs: 60, requestTimeMs: 60 } });
  for (const beginning of ['', 'POST /messages HTTP/1.1\r\nhost: x\r\n']) {
    const socket = connect(port, '127.0.0.1').resume();
    socket.write(beginning);
    await once(socket, 'close');
  }
});

test('requestTimeMs: a body that never ends is answered with 408', async (t) => {
  const { port } = await inProcess(t, { limits: { headerTimeMs: 80, requestTimeMs: 80 } });
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(rawPost(body).slice(0, -5));
  await once(socket, 'close');
  assert.match(text, /^HTTP\/1.1 408/);
});

test('requestTimeMs: a body that was announced by expect and never comes is answered with 408', async (t) => {
  const { port } = await inProcess(t, { limits: { headerTimeMs: 80, requestTimeMs: 80 } });
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(rawPost(body, 'expect: 100-continue\r\n').slice(0, -body.length));
  await once(socket, 'close');
  assert.match(text, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 408/);
});

test('idleTimeMs: a client that asks on and on and never reads is closed', async (t) => {
  const { url, port } = await inProcess(t, { limits: { idleTimeMs: 200 } });
  const socket = connect(port, '127.0.0.1').pause();
  // Who does not read learns of the end from writing only, as an error.
  const closed = new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  const asking = (error?: Error | null) => {
    if (!error) socket.write('GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(5_000), asking);
  };
  asking();
  await closed;
  assert.equal((await post(url, message)).status, 201);
});

test('idleTimeMs: a connection without a further request is closed', async (t) => {
  const { port } = await inProcess(t, { limits: { idleTimeMs: 50 } });
  for (const request of [rawPost(body), 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n']) {
    const socket = connect(port, '127.0.0.1').resume();
    socket.write(request);
    await once(socket, 'close');
  }
});

test('MAX_INFLIGHT: a request above it is answered with 503 and retry-after', async (t) => {
  const environment = { MAX_INFLIGHT: '1', SERVICE_TIME: '200ms', DRAIN: '5s' };
  const { url } = await inProcess(t, { environment });
  const answers = await Promise.all([post(url, message), post(url, message), post(url, message)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 503, 503]);
  assert.ok(answers.every(({ status, headers }) => status === 201 || headers.get('retry-after') === '1'));
});

test('every limit has a test here, and its line in the reference', () => {
  const tests = readFileSync(import.meta.filename, 'utf8');
  const reference = readFileSync(join(import.meta.dirname, '../../docs/reference/message-api.md'), 'utf8');
  for (const name of [...Object.keys(defaultLimits), 'MAX_INFLIGHT']) {
    assert.ok(tests.includes(`test('${name}: `), `no test for ${name}`);
    assert.ok(reference.includes(`| \`${name}\` |`), `no line for ${name}`);
  }
});
