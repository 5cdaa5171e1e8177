import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arrivals, createRandom } from '@escala/model';
import { STALLED_MS_MAX } from '../src/trial/limits.ts';
import { stalledMsMax } from '../src/trial/stall.ts';

const hourUs = 3_600_000_000;
const thin = {
  ...{ clients: 1, messages: 1, maxConnections: 1 },
  ratePerSecond: 0.01,
  arrivals: 'poisson',
  durationUs: 1_000 * hourUs,
  thinkTimeUs: 0,
  thinkDistribution: 'fixed',
  timeoutUs: 5_000_000,
} as const;

test('the pauses of a thin Poisson schedule are no stall', () => {
  const arrivals = new Arrivals({ ...thin, seed: 'a thin schedule' });
  let [before, longestUs] = [0, 0];
  for (let i = 0, dueUs = arrivals.dueUs(0); dueUs !== undefined; dueUs = arrivals.dueUs(++i)) {
    longestUs = Math.max(longestUs, dueUs - before);
    before = dueUs;
  }
  const ownMsMax = STALLED_MS_MAX + thin.timeoutUs / 1_000;
  assert.ok(longestUs / 1_000 > ownMsMax, 'the schedule pauses longer than agents that are broken');
  assert.ok(longestUs / 1_000 < stalledMsMax(thin));
  // No gap is longer than the load.
  assert.equal(stalledMsMax({ ...thin, durationUs: hourUs / 4 }), ownMsMax + hourUs / 4_000);
});

test('the pauses of a client that thinks long are no stall', () => {
  const thinking = { ...thin, ratePerSecond: null, thinkTimeUs: 60_000_000 };
  const exponential = { ...thinking, thinkDistribution: 'exponential' } as const;
  const random = createRandom('a client that thinks');
  let longestUs = 0;
  for (let i = 0; i < 10_000; i++) longestUs = Math.max(longestUs, random.exponential(thinking.thinkTimeUs));
  assert.ok(longestUs / 1_000 > stalledMsMax(thinking), 'the client thinks longer than at its mean');
  assert.ok(longestUs / 1_000 < stalledMsMax(exponential));
});

test('a load without long pauses has the limit of agents that are broken', () => {
  const dense = { ...thin, ratePerSecond: 1_000 };
  assert.equal(stalledMsMax(dense), STALLED_MS_MAX + 5_000 + 30);
});
