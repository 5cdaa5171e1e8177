import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownLimits } from '../src/summary/own-limits.ts';

const idle = {
  cpuShare: 0.2,
  eventLoopDelayUsP99: 500,
  eventLoopDelayUsMax: 900,
  gcPauseUsMax: 1_000,
  sendLagUsP99: 1_000,
  sendLagUsMax: 2_000,
  rowsDelayed: false,
  timeWaitSockets: null,
};

test('a client at ease is no limit, also at the limit itself', () => {
  assert.deepEqual(ownLimits(idle, { ECONNREFUSED: 3 }), []);
});

test('each sign above its limit is named with its number', () => {
  const found = ownLimits({ ...idle, cpuShare: 0.95, rowsDelayed: true }, { EADDRNOTAVAIL: 4, EMFILE: 2 });
  assert.deepEqual(
    found.map(({ sign, value }) => [sign, value]),
    [
      ['cpuShare', 0.95],
      ['rowsDelayed', 1],
      ['ports', 4],
      ['files', 2],
    ],
  );
});
