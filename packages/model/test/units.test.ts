import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  describeDurationUs,
  describeNumber,
  describeShare,
  formatDurationUs,
  formatSizeBytes,
  parseDurationUs,
  parseSizeBytes,
} from '../src/index.ts';

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

test('measured values are said to people with the unit that suits them and three digits', () => {
  const durations = [0, 12, 52_345, 999_900, 1_234_567, 90_000_000, -7_100];
  assert.deepEqual(
    durations.map((us) => describeDurationUs(us)['pt-BR'].replace('\u00a0', ' ')),
    ['0 µs', '12 µs', '52,3 ms', '1.000 ms', '1,23 s', '1,5 min', '−7,1 ms'],
  );
  assert.deepEqual(
    [0.0823, 0.998, 1.034].map((share) => describeShare(share).en),
    ['8.23\u00a0%', '99.8\u00a0%', '103\u00a0%'],
  );
  assert.deepEqual(
    [9.876, 1234.567].map((value) => describeNumber(value).en),
    ['9.88', '1,235'],
  );
});
