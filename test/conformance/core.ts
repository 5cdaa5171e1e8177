import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchange, rawPost } from '../../server/test/support/raw-http.ts';
import { type Check, ledgerRows, message, newId, post, rowsOf } from './check.ts';

const concurrent = 40;

/** What every server under study must do. The names say what a wrong implementation did. */
export const coreChecks: readonly Check[] = [
  {
    name: 'acknowledges with 201, its replica, the request id and the service time',
    profile: 'core',
    async run(subject) {
      const id = newId();
      const response = await post(subject, id);
      assert.equal(response.status, 201);
      const { replica, requestId, serviceUs } = (await response.json()) as Record<string, unknown>;
      assert.deepEqual([replica, requestId], [subject.replica, id]);
      assert.ok(Number.isInteger(serviceUs), 'serviceUs is whole microseconds');
    },
  },
  {
    name: 'has the row in the ledger before it answers',
    profile: 'core',
    async run(subject) {
      for (let i = 0; i < 10; i++) {
        const id = newId();
        await (await post(subject, id)).arrayBuffer();
        assert.ok(rowsOf(subject, id).length > 0, `${id} was acknowledged and is not in the ledger`);
      }
    },
  },
  {
    name: 'loses no acknowledged row',
    profile: 'core',
    async run(subject) {
      const ids = await acknowledged(subject);
      const recorded = new Set(ledgerRows(subject).map((row) => row.request_id));
      assert.deepEqual(
        ids.filter((id) => !recorded.has(id)),
        [],
      );
    },
  },
  {
    name: 'doubles no row',
    profile: 'core',
    async run(subject) {
      for (const id of await acknowledged(subject)) assert.ok(rowsOf(subject, id).length < 2, id);
    },
  },
  {
    name: 'numbers its rows from 1 without a gap',
    profile: 'core',
    async run(subject) {
      await acknowledged(subject);
      for (const [i, row] of ledgerRows(subject).entries()) assert.equal(row.sequence, String(i + 1));
    },
  },
  {
    name: 'writes any text as CSV that reads back, and never as a formula',
    profile: 'core',
    async run(subject) {
      for (const text of ['a,b', 'say "hi"', '=1+1', '+1', '-1', '@x', "it's", 'ação', '日本', '']) {
        const id = newId();
        assert.equal((await post(subject, id, { ...message, run: text })).status, 201, text);
        assert.equal(rowsOf(subject, id)[0]?.run, /^[=+\-@]/.test(text) ? `'${text}` : text);
      }
    },
  },
  {
    name: 'records all that the columns say',
    profile: 'core',
    async run(subject) {
      const id = newId();
      const before = Date.now();
      await post(subject, id, { run: 'r', cell: 'c/2.1', client: 7, message: 'm', data: 'not kept' });
      const { run, cell, client, message, replica, received_us, method, path, status } =
        rowsOf(subject, id)[0] ?? {};
      const said = [run, cell, client, message, replica, method, path, status];
      assert.deepEqual(said, ['r', 'c/2.1', '7', 'm', subject.replica, 'POST', '/messages', '201']);
      assert.ok(Math.abs(Number(received_us) / 1_000 - before) < 60_000, `received_us is ${received_us}`);
    },
  },
  {
    name: 'records GET / too',
    profile: 'core',
    async run(subject) {
      const id = newId();
      const response = await fetch(subject.url, { headers: { 'x-request-id': id } });
      assert.equal(response.status, 200);
      const [row] = rowsOf(subject, id);
      assert.deepEqual([row?.method, row?.path, row?.status, row?.run], ['GET', '/', '200', '']);
    },
  },
  {
    name: 'records a repeated request id again',
    profile: 'core',
    async run(subject) {
      const id = newId();
      for (let i = 0; i < 2; i++) assert.equal((await post(subject, id)).status, 201);
      assert.equal(rowsOf(subject, id).length, 2);
    },
  },
  {
    name: 'refuses what is malformed, and gives it no row',
    profile: 'core',
    async run(subject) {
      const before = ledgerRows(subject).length;
      const status = async (response: Promise<Response>) => (await response).status;
      assert.equal(await status(post(subject, newId(), '{"run": tru}')), 400);
      assert.equal(await status(post(subject, newId(), '[]')), 400);
      assert.equal(await status(post(subject, newId(), { run: 'r' })), 400);
      assert.equal(await status(post(subject, newId(), { ...message, cell: 'a\nb' })), 400);
      for (const id of ['not an id', '-1-1', '-']) assert.equal(await status(post(subject, id)), 400, id);
      assert.equal(await status(post(subject, newId(), message, { 'content-type': 'text/plain' })), 415);
      assert.equal(await status(fetch(`${subject.url}/nowhere`)), 404);
      const wrongMethod = await fetch(`${subject.url}/messages`, { method: 'PUT' });
      assert.equal(wrongMethod.status, 405);
      assert.match(wrongMethod.headers.get('allow') ?? '', /POST/);
      assert.equal(ledgerRows(subject).length, before);
    },
  },
  {
    name: 'refuses text that is more than one line for any reader, in each field',
    profile: 'core',
    async run(subject) {
      const before = ledgerRows(subject).length;
      for (const character of [
        '\n',
        '\r',
        '\v',
        '\f',
        '\0',
        '\x1e',
        '\x7f',
        '\x85',
        '\x9b',
        '\u2028',
        '\u2029',
      ]) {
        for (const field of ['run', 'cell', 'client', 'message']) {
          const response = await post(subject, newId(), { ...message, [field]: `a${character}b` });
          assert.equal(response.status, 400, `${field} with ${JSON.stringify(character)}`);
          assert.match(await response.text(), /line break/);
        }
      }
      assert.equal(ledgerRows(subject).length, before);
    },
  },
  {
    name: 'gives no row to a body that is cut short, nested without end, not UTF-8, or holds half a character',
    profile: 'core',
    async run(subject) {
      const before = ledgerRows(subject).length;
      const port = Number(new URL(subject.url).port);
      const cut = rawPost(JSON.stringify(message)).replace(/content-length: \d+/, 'content-length: 1000');
      assert.doesNotMatch(await exchange(port, [cut]), /^HTTP\/1.1 (?!400)/);
      const chunked = rawPost('').replace('content-length: 0', 'transfer-encoding: chunked');
      assert.match(await exchange(port, [`${chunked}zz\r\n`], /\r\n\r\n/), /^HTTP\/1.1 400 /);
      const notUtf8 = Buffer.concat([Buffer.from('{"run":"'), Buffer.from([0xff]), Buffer.from('"}')]);
      const half = { ...message, run: '\ud800' };
      for (const body of ['['.repeat(100_000), JSON.stringify(half), notUtf8])
        assert.equal((await post(subject, newId(), body)).status, 400, body.toString().slice(0, 60));
      assert.equal(ledgerRows(subject).length, before);
    },
  },
  {
    name: 'takes whole numbers below 2^53, and gives that as the reason where it refuses one',
    profile: 'core',
    async run(subject) {
      const numbered = (client: string) => `{"run":"r","cell":"c","client":${client},"message":1}`;
      for (const number of ['9007199254740991', '-9007199254740991', '0']) {
        const id = newId();
        assert.equal((await post(subject, id, numbered(number))).status, 201, number);
        assert.equal(rowsOf(subject, id)[0]?.client, number);
      }
      for (const number of [
        '9007199254740992',
        '738529527931269425',
        '1e400',
        `1${'0'.repeat(400)}`,
        '1.5',
        'true',
      ]) {
        const response = await post(subject, newId(), numbered(number));
        assert.equal(response.status, 400, number);
        assert.match(await response.text(), /a whole number below 2\^53, or text/, number);
      }
    },
  },
  {
    name: 'takes a target in absolute form, and refuses HTTP/1.1 without a host',
    profile: 'core',
    async run(subject) {
      const port = Number(new URL(subject.url).port);
      const [taken, refused] = [newId(), newId()];
      const request = (id: string) =>
        rawPost(JSON.stringify(message), `connection: close\r\nx-request-id: ${id}\r\n`);
      const absolute = request(taken).replace('/messages', 'http://example.org/messages');
      assert.match(await exchange(port, [absolute], /\}/), /^HTTP\/1.1 201 /);
      assert.equal(rowsOf(subject, taken)[0]?.path, '/messages');
      const answer = await exchange(port, [request(refused).replace('host: x\r\n', '')], /\r\n\r\n./);
      assert.match(answer, /^HTTP\/1.1 400 /);
      assert.equal(rowsOf(subject, refused).length, 0);
    },
  },
  {
    name: 'says that it is ready, and that nothing is in flight',
    profile: 'core',
    async run({ url }) {
      for (const path of ['/healthz', '/readyz']) assert.equal((await fetch(url + path)).status, 200);
      assert.match(await (await fetch(`${url}/metrics`)).text(), /^escala_requests_in_flight 0$/m);
    },
  },
  {
    name: 'serves the ledger, and goes on at an offset',
    profile: 'core',
    async run(subject) {
      await post(subject, newId());
      const file = readFileSync(join(subject.dataFolder, `ledger-${subject.replica}.csv`), 'utf8');
      assert.equal(await (await fetch(`${subject.url}/ledger`)).text(), file);
      const rest = await fetch(`${subject.url}/ledger`, { headers: { range: 'bytes=50-' } });
      assert.equal(rest.status, 206);
      assert.equal(await rest.text(), Buffer.from(file).subarray(50).toString());
      for (const start of [Buffer.byteLength(file), '9'.repeat(30)]) {
        const headers = { range: `bytes=${start}-` };
        assert.equal((await fetch(`${subject.url}/ledger`, { headers })).status, 416, `${start}`);
      }
    },
  },
  {
    name: 'serves first come, first served, never more at once than its parallelism',
    profile: 'core',
    needs: 'service',
    async run(subject) {
      const { timeUs, parallelism } = subject.service as NonNullable<typeof subject.service>;
      const ids = new Set(await acknowledged(subject));
      const spans = ledgerRows(subject)
        .filter((row) => ids.has(row.request_id))
        .map((row) => ({
          start: Number(row.received_us) + Number(row.queue_us),
          service: Number(row.service_us),
        }))
        .sort((a, b) => a.start - b.start);
      for (const [i, { start, service }] of spans.entries()) {
        assert.ok(service >= timeUs, `a service of ${service} µs`);
        // The clock that a row is stamped with may be read a moment before the queue is entered.
        const before = spans[i - parallelism];
        if (before)
          assert.ok(start - before.start >= timeUs * 0.5, `${start - before.start} µs between two starts`);
      }
      const [first, last] = [spans[0], spans.at(-1)];
      const lasted = (last?.start ?? 0) - (first?.start ?? 0);
      assert.ok(lasted >= (concurrent / parallelism - 1) * timeUs * 0.9, `all began within ${lasted} µs`);
    },
  },
];

/** Sends a burst and returns the ids that were acknowledged: all of them, or the check fails. */
async function acknowledged(subject: Parameters<Check['run']>[0]): Promise<string[]> {
  const ids = Array.from({ length: concurrent }, newId);
  const statuses = await Promise.all(
    ids.map(async (id) => {
      const response = await post(subject, id);
      await response.arrayBuffer();
      return response.status;
    }),
  );
  assert.deepEqual([...new Set(statuses)], [201]);
  return ids;
}
