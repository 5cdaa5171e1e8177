import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SelftestResult } from '@escala/model';
import { keepSelftest, latestSelftest } from '../src/selftest/latest-selftest.ts';

const result: SelftestResult = {
  stall: { truthUs: { p50: 50, p95: 60, p99: 70 }, measuredUs: { p50: 51, p95: 61, p99: 71 } },
  ceiling: { requestsPerSecond: 12_345 },
  timer: { finestIntervalUs: null },
  verdict: 'trustworthy',
};

test('the latest self-test of a machine is kept for its studies', async () => {
  const environment = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), 'escala-cache-')) };
  assert.equal(await latestSelftest(environment), undefined);
  await keepSelftest(result, environment);
  assert.deepEqual(await latestSelftest(environment), result);
  const later = { ...result, verdict: 'doubtful' } as const;
  await keepSelftest(later, environment);
  assert.deepEqual(await latestSelftest(environment), later);
});

test('what another processor was capable of, or a file that is broken, is no self-test of this machine', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'escala-cache-'));
  await keepSelftest(result, { XDG_CACHE_HOME: cache });
  const file = join(cache, 'escala/selftest.json');
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  for (const text of [JSON.stringify({ ...kept, machine: 'another × 64' }), '{"version":1,']) {
    writeFileSync(file, text);
    assert.equal(await latestSelftest({ XDG_CACHE_HOME: cache }), undefined);
  }
});
