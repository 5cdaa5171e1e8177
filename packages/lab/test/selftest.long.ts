import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runSelftest } from '../src/selftest/run-selftest.ts';

test('the client reports the percentiles of a server that freezes, and knows its own ceiling', async () => {
  const { stall, ceiling, timer, verdict } = await runSelftest(
    fileURLToPath(import.meta.resolve('@escala/client')),
    new AbortController().signal,
  );
  assert.deepEqual(stall.truthUs, { p50: 50_000, p95: 600_000, p99: 1_000_000 });
  assert.equal(verdict, 'trustworthy', JSON.stringify(stall));
  assert.ok(ceiling.requestsPerSecond > 0);
  assert.ok(timer.finestIntervalUs === null || timer.finestIntervalUs > 0);
});
