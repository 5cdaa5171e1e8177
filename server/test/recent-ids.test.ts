import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRecentIds } from '../src/recent-ids.ts';

test('an id that comes again is noticed, and 500,000 ids of a study are all told apart', () => {
  const recent = createRecentIds();
  for (let n = 0; n < 500_000; n++) assert.ok(!recent.seen(`run.3.1.1.${n % 100}.${n}`), String(n));
  assert.ok(recent.seen('run.3.1.1.99.499999'));
});
