import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SelftestResult } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { keepSelftest, latestSelftest } from '../src/selftest/latest-selftest.ts';
import { runSelftest } from '../src/selftest/run-selftest.ts';

const result: SelftestResult = {
  stall: { truthUs: { p50: 50, p95: 60, p99: 70 }, measuredUs: { p50: 51, p95: 61, p99: 71 } },
  ceiling: { requestsPerSecond: 12_345 },
  timer: { finestIntervalUs: null },
  verdict: 'trustworthy',
};

test('the latest self-test of a machine is kept for its studies', async (t) => {
  const environment = { XDG_CACHE_HOME: temporaryFolder(t) };
  assert.equal(await latestSelftest(environment), undefined);
  await keepSelftest(result, environment);
  assert.deepEqual(await latestSelftest(environment), result);
  const later = { ...result, verdict: 'doubtful' } as const;
  await keepSelftest(later, environment);
  assert.deepEqual(await latestSelftest(environment), later);
});

test('what another processor was capable of, or a file that is broken, is no self-test of this machine', async (t) => {
  const cache = temporaryFolder(t);
  await keepSelftest(result, { XDG_CACHE_HOME: cache });
  const file = join(cache, 'escala/selftest.json');
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  for (const text of [JSON.stringify({ ...kept, machine: 'another × 64' }), '{"version":1,']) {
    writeFileSync(file, text);
    assert.equal(await latestSelftest({ XDG_CACHE_HOME: cache }), undefined);
  }
});

test('a cache that cannot be written is told as such', async (t) => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  await assert.rejects(keepSelftest(result, { XDG_CACHE_HOME: file }), { code: 'FOLDER_UNWRITABLE' });
});

test('a self-test that is interrupted leaves nothing in the temporary folder', {
  timeout: 30_000,
}, async (t) => {
  const [folder, before, controller] = [temporaryFolder(t), process.env['TMPDIR'], new AbortController()];
  process.env['TMPDIR'] = folder;
  t.after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
  // A planted client that never ends, and says that it has begun.
  const client = join(folder, 'client.js');
  writeFileSync(
    client,
    `require('fs').writeFileSync(${JSON.stringify(join(folder, 'begun'))}, ''); setInterval(() => {}, 1e6);`,
  );
  const running = runSelftest(client, controller.signal);
  while (!readdirSync(folder).includes('begun')) await sleep(10);
  controller.abort();
  await assert.rejects(running, { name: 'AbortError' });
  assert.deepEqual(readdirSync(folder).sort(), ['begun', 'client.js']);
});
