import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDurationUs, formatSizeBytes, parseDurationUs, parseSizeBytes } from '../src/index.ts';

test('durations and sizes come back from their shortest text', () => {
  fc.assert(
    fc.property(fc.nat(), (value) => {
      assert.equal(parseDurationUs(formatDurationUs(value)), value);
      assert.equal(parseSizeBytes(formatSizeBytes(value)), value);
    }),
  );
});

test('a unit is required, except for zero', () => {
  assert.equal(parseDurationUs('10'), undefined);
  assert.equal(parseDurationUs('0'), 0);
  assert.equal(parseDurationUs('1.5ms'), 1_500);
  assert.equal(parseDurationUs('2m'), 120_000_000);
  assert.equal(parseSizeBytes('64KiB'), 65_536);
  assert.equal(parseDurationUs('-1ms'), undefined);
  assert.equal(parseSizeBytes('1 parsec'), undefined);
});
