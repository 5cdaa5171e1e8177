import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plantedTruth } from '../src/selftest/planted-truth.ts';

const schedule = { ratePerSecond: 10, arrivals: 'uniform', durationUs: 10_000_000, seed: '1' } as const;

test('without a freeze every latency is the service', () => {
  const truth = plantedTruth(schedule, { serviceUs: 5_000, freezeUs: 0, freezesAtUs: [] });
  assert.deepEqual(truth, { p50: 5_000, p95: 5_000, p99: 5_000 });
});

test('a freeze of a second hits one arrival in ten, and each waits for its end', () => {
  const truth = plantedTruth(schedule, { serviceUs: 5_000, freezeUs: 1_000_000, freezesAtUs: [5_000_000] });
  // Ten of a hundred arrivals wait 1000, 900, … 100 ms and are then served; the rest take 5 ms.
  assert.deepEqual(truth, { p50: 5_000, p95: 505_000, p99: 905_000 });
});
