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
  timeWaitSockets: 100,
};
const system = { ports: 28_232, files: 1_024 };
const limits = { system, latencyUs: 0 };

test('a client at ease is no limit, also at the limit itself', () => {
  assert.deepEqual(ownLimits(idle, { ECONNREFUSED: 3 }, limits), []);
});

test('each sign above its limit is named with its number', () => {
  const strained = { ...idle, cpuShare: 0.95, rowsDelayed: true, timeWaitSockets: 20_000 };
  assert.deepEqual(ownLimits(strained, { EADDRNOTAVAIL: 4, EMFILE: 2, ENFILE: 1 }, limits), [
    { sign: 'cpuShare', value: 0.95, limit: 0.8 },
    { sign: 'rowsDelayed', value: 1, limit: 0 },
    { sign: 'timeWait', value: 20_000, limit: 28_232 },
    { sign: 'ports', value: 4, limit: 28_232 },
    { sign: 'files', value: 3, limit: 1_024 },
  ]);
});

test('a machine that does not tell its limits still says what ran out', () => {
  const unknown = { ports: null, files: null };
  assert.deepEqual(
    ownLimits({ ...idle, timeWaitSockets: 20_000 }, { EMFILE: 2 }, { ...limits, system: unknown }),
    [{ sign: 'files', value: 2, limit: null }],
  );
});

test('late sends and turns are held against the latency in question, as those of a study are', () => {
  const late = { ...idle, sendLagUsP99: 4_000, eventLoopDelayUsP99: 24_000 };
  assert.deepEqual(ownLimits(late, {}, limits), [
    { sign: 'eventLoopDelayUsP99', value: 24_000, limit: 20_000 },
    { sign: 'sendLagUsP99', value: 4_000, limit: 1_000 },
  ]);
  assert.deepEqual(ownLimits(late, {}, { system, latencyUs: 500_000 }), []);
});
