import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Arrivals, createRandom } from '@escala/model';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { rawServer, readRows, runClient } from './program.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

async function okServer(t: TestContext): Promise<string> {
  const { url, server } = await rawServer((socket) => socket.write(ok));
  t.after(() => server.close());
  return url;
}

const out = join(temporaryFolder(test), 'rows.csv');

/** Rows of one run of the client, with numbers where there are numbers, and its summary. */
async function load(url: string, ...argv: string[]) {
  const { stdout, code, stderr } = await runClient('--url', url, '--json', '--out', out, ...argv);
  assert.equal(code, 0, stderr);
  return { summary: JSON.parse(stdout), rows: readRows(out) };
}

test('a closed loop makes a row for each message of each client, and corrects nothing', async (t) => {
  const { summary, rows } = await load(
    await okServer(t),
    '--clients',
    '3',
    '--messages',
    '40',
    '--run',
    'r1',
  );
  assert.equal(rows.length, 120);
  assert.equal(summary.answered, 120);
  assert.ok(summary.throughputWindow > 0 && summary.windowSeconds > 0);
  const expected = [1, 2, 3].flatMap((client) =>
    Array.from({ length: 40 }, (_, i) => `r1.${client}.${i + 1}`),
  );
  assert.deepEqual(rows.map((row) => row['request_id']).sort(), expected.sort());
  for (const row of rows) {
    assert.equal(row['intended_us'], '');
    assert.equal(Number(row['latency_us']), Number(row['done_us']) - Number(row['sent_us']));
  }
  // A client has one request at a time, and sends the next one when the one before is over.
  for (const client of ['1', '2', '3']) {
    const own = rows.filter((row) => row['client'] === client);
    own.sort((a, b) => Number(a['message']) - Number(b['message']));
    for (let i = 1; i < own.length; i++) {
      assert.ok(Number(own[i]?.['sent_us']) >= Number(own[i - 1]?.['done_us']));
    }
  }
});

test('the JSON has the names that scripts rely on', async (t) => {
  const url = await okServer(t);
  const closed = (await load(url, '--clients', '2', '--messages', '30')).summary;
  const open = (await load(url, '--rate', '300', '--duration', '200ms')).summary;
  const always = ['requests', 'answered', 'failed', 'seconds', 'throughput', 'throughputWindow', 'latencyUs'];
  for (const name of always) assert.ok(name in closed && name in open, name);
  for (const name of ['serviceTimeUs', 'sendLagUs']) assert.ok(!(name in closed) && name in open, name);
  const percentiles = ['min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'];
  for (const latencies of [closed.latencyUs, open.latencyUs, open.serviceTimeUs]) {
    for (const name of percentiles) assert.ok(name in latencies, name);
  }
  assert.equal(closed.latencyUs.p999, null);
  assert.deepEqual(Object.keys(open.sendLagUs), ['p99', 'max']);
});

for (const distribution of ['fixed', 'exponential'] as const) {
  test(`think time that is ${distribution} lies between each answer and the next request`, async (t) => {
    const argv = ['--clients', '2', '--messages', '15', '--seed', '7', '--think-time', '4ms'];
    const { rows } = await load(await okServer(t), ...argv, '--think-distribution', distribution);
    assert.equal(rows.length, 30);
    for (const client of ['1', '2']) {
      const own = rows.filter((row) => row['client'] === client);
      const random = createRandom(`7/think time of ${client}`);
      for (let i = 1; i < own.length; i++) {
        const thinkUs = distribution === 'fixed' ? 4_000 : random.exponential(4_000);
        const gapUs = Number(own[i]?.['sent_us']) - Number(own[i - 1]?.['done_us']);
        // Never shorter; how much longer depends on the machine.
        assert.ok(gapUs >= Math.floor(thinkUs), `${gapUs} after ${thinkUs}`);
      }
    }
  });
}

for (const arrivals of ['poisson', 'uniform'] as const) {
  test(`an open loop has a row for each ${arrivals} arrival, with latency from the intended time`, async (t) => {
    const argv = ['--rate', '500', '--duration', '400ms', '--seed', '3', '--arrivals', arrivals];
    const { summary, rows } = await load(await okServer(t), ...argv);
    const schedule = new Arrivals({ ratePerSecond: 500, durationUs: 400_000, arrivals, seed: '3' });
    assert.equal(rows.length, schedule.count());
    rows.sort((a, b) => Number(a['message']) - Number(b['message']));
    const startUs = Number(rows[0]?.['intended_us']) - Math.floor(schedule.dueUs(0) as number);
    for (const [i, row] of rows.entries()) {
      const [intended, sent, done] = ['intended_us', 'sent_us', 'done_us'].map((name) => Number(row[name]));
      assert.equal(intended, startUs + Math.floor(schedule.dueUs(i) as number));
      assert.ok(sent !== undefined && sent >= (intended as number), 'sent early');
      assert.equal(Number(row['latency_us']), (done as number) - (intended as number));
    }
    assert.equal(summary.throughputWindow, null);
    assert.equal(summary.latencyUs.n, rows.length);
    assert.equal(summary.serviceTimeUs.n, rows.length);
    assert.ok(summary.sendLagUs.max >= summary.sendLagUs.p99);
    assert.ok(summary.arrivals.ratePerSecond > 0 && summary.arrivals.interarrivalCv >= 0);
  });
}

test('a schedule without an arrival ends at once, with numbers that are null and not zero', async (t) => {
  const { summary, rows } = await load(await okServer(t), '--rate', '0.001', '--duration', '100ms');
  assert.deepEqual(rows, []);
  assert.equal(summary.requests, 0);
  assert.equal(summary.throughput, null);
  assert.equal(summary.latencyUs, null);
});

test('what an open loop cannot send in time is a row "unsent", and the count is that of the schedule', async (t) => {
  const { url, server } = await rawServer(() => {});
  t.after(() => server.close());
  const argv = ['--rate', '200', '--arrivals', 'uniform', '--duration', '500ms', '--timeout', '100ms'];
  const { summary, rows } = await load(url, ...argv, '--max-connections', '2');
  assert.equal(rows.length, 100);
  const unsent = rows.filter((row) => row['outcome'] === 'unsent');
  assert.ok(unsent.length > 0 && summary.failed.unsent === unsent.length);
  assert.equal(unsent.length + (summary.failed.timeout ?? 0), 100);
  for (const row of unsent) {
    assert.equal(row['sent_us'], '');
    assert.equal(row['status'], '');
    assert.ok(Number(row['latency_us']) > 100_000);
  }
  assert.ok(rows.every((row) => Number(row['client']) <= 2));
});

test('a server that freezes is given a connection for each request that waits', async (t) => {
  const waiting: (() => void)[] = [];
  let seen = 0;
  const { url, server } = await rawServer((socket) => {
    waiting.push(() => socket.write(ok));
    // It answers nothing until a hundred requests wait, and then everything.
    if (++seen >= 100) for (const answer of waiting.splice(0)) answer();
  });
  t.after(() => server.close());
  const { summary, rows } = await load(url, '--rate', '400', '--arrivals', 'uniform', '--duration', '500ms');
  assert.equal(summary.answered, 200);
  // A hundred were in flight together, each on a connection of its own.
  assert.ok(new Set(rows.map((row) => row['client'])).size >= 100);
});
