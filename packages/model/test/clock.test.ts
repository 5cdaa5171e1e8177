import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../src/clock.ts';

/** Between the two readings nothing may happen to this process, so that the best of many counts. */
const READINGS = 100;

test('the clock of a process agrees with the wall clock to the millisecond in which that is told', () => {
  const differencesMs = Array.from({ length: READINGS }, () => {
    const wall = Date.now();
    return systemClock.nowUs() / 1_000 - wall;
  });
  const leastMs = Math.min(...differencesMs);
  assert.ok(leastMs > -0.5 && leastMs < 1, String(leastMs));
});

test('the clock never steps back', () => {
  const readings = Array.from({ length: READINGS }, () => systemClock.nowUs());
  assert.deepEqual(
    readings,
    readings.toSorted((a, b) => a - b),
  );
});
