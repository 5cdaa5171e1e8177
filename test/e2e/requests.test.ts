import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { listen } from '../listen.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

/** A service of others: answers orders with 201, one item with 404, and writes down all that it is asked. */
const service = `
const { appendFileSync } = require('node:fs');
require('node:http').createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    const { method, url, headers } = request;
    appendFileSync(process.env.SEEN, JSON.stringify({ method, url, headers, body }) + '\\n');
    response.writeHead(method === 'POST' ? 201 : url.includes('gone') ? 404 : 200).end('ok');
  });
}).listen(process.env.PORT);`;

const experiment = (folder: string, { clients, agents }: Share) => `
systems:
  - name: shop
    command: [node, ${join(folder, 'service.cjs')}]
    environment: { SEEN: ${join(folder, 'seen.ndjson')} }
    requests:
      - { name: browse, weight: 2, path: "/items/{id}", query: { q: "{word} & co" }, values: items.csv, headers: { x-lang: "{word}" } }
      - { name: order, method: POST, path: /orders, body: orders.ndjson, expect: [201] }
      - { name: rename, method: PUT, path: "/items/1?all", body: '{"name": "{word}"}', values: items.csv }
replicas: 1
clients: ${clients}
messages: ${64 / clients}
warmup: 0
agents: ${agents}
`;

/** How many clients share the 64 requests, in how many processes. */
interface Share {
  readonly clients: number;
  readonly agents: number;
}

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function prepared(folder: string, share: Share) {
  writeFileSync(join(folder, 'service.cjs'), service);
  writeFileSync(join(folder, 'items.csv'), 'id,word\n1,"a ""b"""\n2 3,ação\ngone,x\n');
  writeFileSync(join(folder, 'orders.ndjson'), '{"n":1}\n{"n":2}\n');
  writeFileSync(join(folder, 'experiment.yaml'), experiment(folder, share));
  return { file: join(folder, 'experiment.yaml'), run: join(folder, 'run') };
}

const linesOf = (file: string) => readFileSync(file, 'utf8').trim().split('\n');

/** What the service got of the load, without the one request that is looked at before it. */
const seenIn = (folder: string) =>
  linesOf(join(folder, 'seen.ndjson'))
    .map((line): Seen => JSON.parse(line))
    .filter(({ headers: { 'x-request-id': id } }) => id !== undefined && !id.includes('.probe.'));

test('a study sends each kind of request in its share, with rows and bodies in their order', async (context) => {
  const folder = temporaryFolder(context);
  const { file, run } = prepared(folder, { clients: 1, agents: 1 });
  const ended = await escala('run', file, '--out', run);
  assert.equal(ended.code, 0, ended.stderr);
  const asked = seenIn(folder);
  const of = (method: string) => asked.filter((one) => one.method === method);
  assert.deepEqual([of('GET').length, of('POST').length, of('PUT').length], [32, 16, 16]);
  const urls = [
    '/items/1?q=a%20%22b%22%20%26%20co',
    '/items/2%203?q=a%C3%A7%C3%A3o%20%26%20co',
    '/items/gone?q=x%20%26%20co',
  ];
  assert.deepEqual(
    of('GET').map(({ url }) => url),
    Array.from({ length: 32 }, (_, i) => urls[i % 3]),
  );
  assert.equal(Buffer.from(of('GET')[1]?.headers['x-lang'] ?? '', 'latin1').toString(), 'ação');
  assert.deepEqual(
    of('POST').map(({ body }) => body),
    Array.from({ length: 16 }, (_, i) => `{"n":${1 + (i % 2)}}`),
  );
  assert.equal(of('POST')[0]?.headers['content-type'], 'application/json');
  assert.deepEqual(
    of('PUT')
      .slice(0, 2)
      .map(({ url, body }) => [url, JSON.parse(body)]),
    [
      ['/items/1?all', { name: 'a "b"' }],
      ['/items/1?all', { name: 'ação' }],
    ],
  );

  const [header = '', ...rows] = linesOf(join(run, 'requests.csv')).map((line) => line.split(','));
  const column = (name: string) => rows.map((cells) => cells[header.indexOf(name)]);
  assert.deepEqual(new Set(column('request')), new Set(['browse', 'order', 'rename']));
  const failed = rows.filter((cells) => cells[header.indexOf('outcome')] === 'rejected');
  assert.deepEqual(
    failed.map((cells) => cells[header.indexOf('status')]),
    Array(10).fill('404'),
  );
  const verified = await escala('verify', run);
  assert.equal(verified.code, 0, verified.stdout);
});

test('the same seed gives the same requests, however many agents share the load', async (context) => {
  const sent: (string | undefined)[][] = [];
  for (const agents of [1, 2]) {
    const folder = temporaryFolder(context);
    const { file, run } = prepared(folder, { clients: 4, agents });
    assert.equal((await escala('run', file, '--out', run)).code, 0);
    const asked = seenIn(folder).map(({ method, url, body }) => `${method} ${url} ${body}`);
    sent.push(asked.sort());
  }
  assert.equal(sent[0]?.length, 64);
  assert.deepEqual(sent[1], sent[0]);
});

test('the client alone sends what --requests and --body say, and tells each kind apart', async (context) => {
  const folder = temporaryFolder(context);
  prepared(folder, { clients: 1, agents: 1 });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
      response.writeHead(request.method === 'POST' ? 409 : 200).end('ok');
    });
  });
  const url = `http://127.0.0.1:${await listen(context, server)}`;
  const list = join(folder, 'requests.yaml');
  writeFileSync(
    list,
    '- { name: browse, weight: 3, path: "/items/{id}", values: items.csv }\n- { name: order, path: /orders, body: orders.ndjson, expect: [201] }\n',
  );
  const load = ['client', '--url', `${url}/api`, '--clients', '1', '--messages', '64', '--json'];
  const mixed = await escala(...load, '--requests', list);
  assert.equal(mixed.code, 0, mixed.stderr);
  const { kinds } = JSON.parse(mixed.stdout);
  assert.deepEqual(
    Object.entries<{ requests: number; answered: number; failed: object }>(kinds).map(([name, one]) => [
      name,
      one.requests,
      one.answered,
      one.failed,
    ]),
    [
      ['browse', 48, 48, {}],
      ['order', 16, 0, { rejected: 16 }],
    ],
  );
  assert.equal(asked.filter((line) => line === 'POST /api/orders {"n":2}').length, 8);
  asked.length = 0;
  const bodies = await escala(...load, '--body', join(folder, 'orders.ndjson'), '--expect', '201,4xx');
  assert.equal(JSON.parse(bodies.stdout).answered, 64, bodies.stderr);
  assert.deepEqual(asked.slice(0, 3), ['POST /api {"n":1}', 'POST /api {"n":2}', 'POST /api {"n":1}']);
});

test('two options that say what is sent exclude each other, and a body that is none is told', async (context) => {
  const folder = temporaryFolder(context);
  const load = ['client', '--url', 'http://127.0.0.1:9'];
  const twice = await escala(...load, '--requests', 'x.yaml', '--body', 'x.json');
  assert.match(twice.stderr, /OPTIONS_CONFLICT: --requests and --body/);
  const none = await escala(...load, '--body', join(folder, 'no.json'));
  assert.equal(none.code, 3);
  assert.match(none.stderr, /DATA_INVALID: --body: .*no\.json cannot be read/);
});

test('results and tables say of each kind what they say of all', async (context) => {
  const folder = temporaryFolder(context);
  const { file, run } = prepared(folder, { clients: 2, agents: 1 });
  const text = readFileSync(file, 'utf8').replace('messages: 32', 'messages: 64');
  writeFileSync(file, `${text}rounds: 2\nslo: [{ p95: 60s, failures: 10% }]\n`);
  await escala('run', file, '--out', run);
  const { cells, trials } = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8'));
  const [{ kinds, counts, throughput }] = cells;
  assert.deepEqual(
    kinds.map(({ request, requests, outcomes }: TestedKind) => [request, requests, outcomes.answered]),
    [
      ['browse', 128, 86],
      ['order', 64, 64],
      ['rename', 64, 64],
    ],
  );
  assert.equal(counts.requests, 256);
  for (const trial of trials) {
    const sum = trial.kinds.reduce((all: number, one: TestedKind) => all + (one.throughputWindow ?? 0), 0);
    assert.ok(Math.abs(sum - trial.throughputWindow) < 1e-6);
  }
  // Too many of them failed for a throughput to stand; what expects its statuses alone meets its level.
  assert.equal(throughput, null);
  const csv = readFileSync(join(run, 'tables/requests.csv'), 'utf8');
  assert.match(csv, /request,requests,throughput_per_s,p50_ms,p95_ms,p99_ms,failure_share,slo_verdicts\n/);
  assert.match(csv, /,order,64,.*,0,/);
  assert.match(readFileSync(join(run, 'report.html'), 'utf8'), /Each kind of request in each cell/);
  const verified = await escala('verify', run);
  assert.equal(verified.code, 0, verified.stdout);
});

interface TestedKind {
  readonly request: string;
  readonly requests: number;
  readonly outcomes: { readonly answered: number };
  readonly throughputWindow: number | null;
}
