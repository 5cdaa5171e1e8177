import assert from 'node:assert/strict';

/** Fails unless |actual − expected| ≤ tolerance · |expected|. */
export function assertRelative(
  actual: number | null | undefined,
  expected: number,
  tolerance: number,
  what = 'value',
): void {
  const isClose = typeof actual === 'number' && Math.abs(actual - expected) <= tolerance * Math.abs(expected);
  assert.ok(isClose, `${what} is ${actual}, expected ${expected} within a relative ${tolerance}`);
}
