import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../src/machine/clock.ts';

/** The wall clock is told in milliseconds: a process that reads both clocks just after it steps sees them agree. */
const READINGS = 20_000;

test('the clock of a process agrees with the wall clock in the instant in which that steps', () => {
  const differencesMs = Array.from({ length: READINGS }, () => {
    const wall = Date.now();
    return systemClock.nowUs() / 1_000 - wall;
  });
  const leastMs = Math.min(...differencesMs);
  assert.ok(Math.abs(leastMs) < 0.5, String(leastMs));
});

test('the clock never steps back', () => {
  const readings = Array.from({ length: READINGS }, () => systemClock.nowUs());
  assert.deepEqual(
    readings,
    readings.toSorted((a, b) => a - b),
  );
});
