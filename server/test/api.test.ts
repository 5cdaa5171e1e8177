import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inProcess, message, post } from './support/in-process.ts';
import { ledgerRows } from './support/ledger-rows.ts';
import { exchange, rawPost } from './support/raw-http.ts';

test('a refusal says a stable code and a sentence, and leaves no row', async (t) => {
  const { url, folder } = await inProcess(t);
  const refusals: [string, RequestInit, number, string, RegExp][] = [
    ['/nowhere', {}, 404, 'NOT_FOUND', /POST \/messages/],
    ['/messages', { method: 'PUT' }, 405, 'METHOD_NOT_ALLOWED', /POST/],
    ['/messages', { method: 'POST', body: '{}' }, 415, 'NOT_JSON', /application\/json/],
  ];
  for (const [path, init, status, code, says] of refusals) {
    const response = await fetch(url + path, init);
    const body = (await response.json()) as { code: string; message: string };
    assert.deepEqual([response.status, body.code], [status, code]);
    assert.match(body.message, says);
    if (status === 405) assert.equal(response.headers.get('allow'), 'POST');
  }
  assert.deepEqual(ledgerRows(folder), []);
});

test('a bad body is refused with what is wrong and where', async (t) => {
  const { url, folder } = await inProcess(t);
  const bodies: [unknown, RegExp][] = [
    ['{"run": 1,}', /it is wrong at position 10/],
    ['{"run": tru}', /it has an unexpected "}"/],
    ['{"run": 1', /it is wrong at position 9/],
    ['', /it ends too early/],
    ['[]', /not an object/],
    [{ ...message, run: undefined }, /"run" is missing/],
    [{ ...message, client: 1.5 }, /"client" must be a whole number below 2\^53, or text/],
    [
      '{"run":"r","cell":"c","client":738529527931269425,"message":1}',
      /"client" must be a whole number below 2\^53/,
    ],
    [
      '{"run":"r","cell":"c","client":1,"message":-9007199254740993}',
      /"message" must be a whole number below 2\^53/,
    ],
    [{ ...message, message: true }, /"message" must be a whole number below 2\^53, or text/],
    [{ ...message, cell: 7 }, /"cell" must be text/],
    [{ ...message, run: 'a\nb' }, /control character/],
    [{ ...message, run: 'a\0b' }, /control character/],
    ...['\u2028', '\u2029', '\u0085', '\u009b', '\x7f', '\v', '\f'].flatMap(
      (character): [unknown, RegExp][] => [
        [{ ...message, run: `a${character}b` }, /"run" holds a line break/],
        [{ ...message, message: `a${character}b` }, /"message" holds a line break/],
      ],
    ),
  ];
  for (const [body, says] of bodies) {
    const response = await post(url, body);
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as { message: string }).message, says);
  }
  assert.equal((await post(url, message, { 'x-request-id': 'a b' })).status, 400);
  assert.equal((await post(url, message, { 'x-request-id': '-1+1' })).status, 400);
  assert.equal((await post(url, message, { 'content-encoding': 'gzip' })).status, 415);
  assert.deepEqual(ledgerRows(folder), []);
});

test('GET / records, HEAD / does not', async (t) => {
  const { url, folder } = await inProcess(t);
  assert.equal((await fetch(`${url}/?q=1`, { headers: { 'x-request-id': 'g.1' } })).status, 200);
  assert.equal((await fetch(url, { method: 'HEAD' })).status, 200);
  const rows = ledgerRows(folder);
  assert.equal(rows.length, 1);
  assert.deepEqual(
    [rows[0]?.request_id, rows[0]?.method, rows[0]?.path, rows[0]?.status],
    ['g.1', 'GET', '/', '200'],
  );
});

test('a repeated request id is recorded again', async (t) => {
  const { url, folder } = await inProcess(t);
  for (let i = 0; i < 3; i++) await post(url, message, { 'x-request-id': 'same' });
  assert.deepEqual(
    ledgerRows(folder).map((row) => row.request_id),
    ['same', 'same', 'same'],
  );
});

test('the ledger is downloaded from any offset, and ends at the last durable row', async (t) => {
  const { url } = await inProcess(t);
  await post(url, message);
  const whole = await (await fetch(`${url}/ledger`)).text();
  assert.match(whole, /^sequence,.*\n1,.*\n$/);
  const rest = await fetch(`${url}/ledger`, { headers: { range: 'bytes=100-' } });
  assert.equal(rest.status, 206);
  assert.equal(rest.headers.get('content-range'), `bytes 100-${whole.length - 1}/${whole.length}`);
  assert.equal(await rest.text(), whole.slice(100));
  const beyond = await fetch(`${url}/ledger`, { headers: { range: `bytes=${whole.length}-` } });
  assert.equal(beyond.status, 416);
  await beyond.arrayBuffer();
});

test('an unknown expectation is refused, 100-continue is met', async (t) => {
  const { port } = await inProcess(t);
  const body = JSON.stringify(message);
  assert.match(await exchange(port, [rawPost(body, 'expect: a-row\r\n')]), /^HTTP\/1.1 417/);
  const met = await exchange(port, [rawPost(body, 'expect: 100-continue\r\n')], /serviceUs/);
  assert.match(met, /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201/);
});

test('pipelined requests are answered in order, plain or not', async (t) => {
  const { port } = await inProcess(t);
  const body = JSON.stringify(message);
  const plain = (id: string) => rawPost(body, `x-request-id: ${id}\r\n`);
  const odd = rawPost(body, 'x-request-id: odd\r\nx-else: 1\r\n');
  const text = await exchange(port, [plain('a') + plain('b') + odd + plain('c')], /"c"/);
  assert.deepEqual(
    [...text.matchAll(/"requestId":"(\w+)"/g)].map(([, id]) => id),
    ['a', 'b', 'odd', 'c'],
  );
});

test('a target in absolute form is taken, with any host', async (t) => {
  const { port, folder } = await inProcess(t);
  const body = rawPost(JSON.stringify(message));
  for (const origin of ['http://h', 'HTTP://[::1]:80', 'https://user@h:1']) {
    const text = await exchange(port, [body.replace('/messages', `${origin}/messages`)], /serviceUs/);
    assert.match(text, /^HTTP\/1.1 201/, origin);
  }
  assert.match(
    await exchange(port, ['GET http://h HTTP/1.1\r\nhost: h\r\n\r\n'], /serviceUs/),
    /^HTTP\/1.1 200/,
  );
  assert.deepEqual(
    ledgerRows(folder).map(({ path }) => path),
    ['/messages', '/messages', '/messages', '/'],
  );
});

test('what node:http would refuse by itself is refused in JSON, with a code', async (t) => {
  const { port, folder } = await inProcess(t, { limits: { headerTimeMs: 50 } });
  const body = rawPost(JSON.stringify(message));
  const cases: [string, number, string][] = [
    [body.replace('host: x\r\n', ''), 400, 'HOST_INVALID'],
    [body.replace('host: x\r\n', 'host: x\r\nhost: y\r\n'), 400, 'HOST_INVALID'],
    ['hello\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [body.replace('POST', 'PO ST'), 400, 'MALFORMED_REQUEST'],
    [body.replace('HTTP/1.1', 'HTTP/3.1'), 400, 'MALFORMED_REQUEST'],
    [body.replace('content-length: ', 'content-length: -'), 400, 'MALFORMED_REQUEST'],
    [body.replace('host: x', `host: x\r\nx-long: ${'x'.repeat(20_000)}`), 431, 'HEADERS_TOO_LARGE'],
    ['CONNECT h:80 HTTP/1.1\r\nhost: h:80\r\n\r\n', 405, 'METHOD_NOT_ALLOWED'],
    ['OPTIONS * HTTP/1.1\r\nhost: h\r\n\r\n', 404, 'NOT_FOUND'],
    ['POST /messages HTTP/1.1\r\nhost: x\r\n', 408, 'TOO_SLOW'],
  ];
  for (const [request, status, code] of cases) {
    const text = await exchange(port, [request], /\r\n\r\n\{.*\}\n$/s);
    assert.match(text, new RegExp(`^HTTP/1.1 ${status} `), request.slice(0, 60));
    assert.match(text, /content-type: application\/json/);
    assert.equal(JSON.parse(text.slice(text.indexOf('{'))).code, code);
  }
  assert.deepEqual(ledgerRows(folder), []);
});
