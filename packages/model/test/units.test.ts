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

test('durations are read as Go, k6 and Kubernetes print them, the larger unit first', () => {
  const minute = 60_000_000;
  const read: Record<string, number> = {
    '1m30s': 1.5 * minute,
    '1h': 60 * minute,
    '1h0m0s': 60 * minute,
    '2h45m': 165 * minute,
    '1h15m30.5s': 75 * minute + 30_500_000,
    '1m0.5s': minute + 500_000,
    '1.5s': 1_500_000,
    '100ms': 100_000,
    '1ms500us': 1_500,
    '1.5µs': 2,
    '2\u03bcs': 2,
    '1min 30s': 1.5 * minute,
    '0s': 0,
  };
  for (const [text, us] of Object.entries(read)) assert.equal(parseDurationUs(text), us, text);
  for (const text of [
    '1m30',
    '30s1m',
    '1m1m',
    '1h-5m',
    'm',
    '1',
    '1m30s!',
    '1:30',
    '1e3s',
    '',
    ' ',
    '1,5s',
  ]) {
    assert.equal(parseDurationUs(text), undefined, text);
  }
});
