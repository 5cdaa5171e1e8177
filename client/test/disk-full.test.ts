import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientColumns } from '@escala/model';
import { smallDisk } from '../../test/mounted-disk.ts';
import { closedPlan, startAgent } from './agent.ts';
import { rawServer, readRows, runClient } from './program.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
/** Room for several thousand rows, in whole pages of the disk, so that the last row that fits is cut. */
const DISK_BYTES = 524_288;

const loads = {
  'a closed loop': ['--clients', '4', '--messages', '1000000'],
  'an open loop': ['--rate', '5000', '--duration', '10m'],
  'a load in two threads': ['--clients', '4', '--messages', '1000000', '--workers', '2'],
};

function assertWholeRows(path: string): void {
  assert.ok(readFileSync(path, 'utf8').endsWith('\n'));
  const rows = readRows(path);
  assert.ok(rows.length > 1_000);
  for (const row of rows) assert.equal(Object.keys(row).length, clientColumns.length);
  assert.equal(new Set(rows.map((row) => row['request_id'])).size, rows.length);
}

for (const [name, argv] of Object.entries(loads)) {
  test(`a disk that fills during ${name} ends it with exit code 4, and the rows so far are whole`, async (t) => {
    const folder = smallDisk(t, DISK_BYTES);
    if (!folder) return t.skip('no right to mount a tmpfs');
    const { url, server } = await rawServer((socket) => socket.write(ok));
    const out = join(folder, 'rows.csv');
    const { code, stderr, stdout } = await runClient('--url', url, '--json', '--out', out, ...argv);
    server.close();
    assert.equal(code, 4, stderr);
    assert.ok(stderr.startsWith(`escala client: DISK_FULL: the disk is full: ${out}\n`), stderr);
    assert.equal(stdout, '');
    assertWholeRows(out);
  });
}

test('an agent whose disk fills during the load says so with the code, and takes the next plan', async (t) => {
  const folder = smallDisk(t, DISK_BYTES);
  if (!folder) return t.skip('no right to mount a tmpfs');
  const { url, server } = await rawServer((socket) => socket.write(ok));
  const agent = await startAgent(folder);
  t.after(() => {
    agent.stop();
    server.close();
  });
  await agent.take(closedPlan('first', url, 1_000_000));
  await agent.until(({ phase }) => phase === 'ready');
  await agent.start('first');
  const file = join(folder, 'client.csv');
  const failed = await agent.until(({ phase }) => phase === 'failed');
  assert.deepEqual(failed, {
    phase: 'failed',
    plan: 'first',
    detail: `the disk is full: ${file}`,
    problem: { code: 'DISK_FULL', values: { file } },
  });
  assertWholeRows(file);

  await agent.take(closedPlan('second', url, 50));
  await agent.until((state) => state.phase === 'ready' && state.plan === 'second');
  await agent.start('second');
  await agent.until(({ phase }) => phase === 'done');
});
