import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { variance } from '../src/describe/moments.ts';
import { interpolatedQuantile } from '../src/describe/quantiles.ts';
import {
  geometricMean,
  jainIndex,
  maxOverMean,
  mean,
  meanResponseMD1,
  median,
  sortedCopy,
  standardDeviation,
} from '../src/index.ts';
import { assertRelative } from './relative.ts';

const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 });

test('timestamps of today keep the digits of their spread', () => {
  const base = 1_790_000_000_000_000;
  assert.equal(mean([base + 1, base + 2, base + 3]), base + 2);
  assert.equal(standardDeviation([base + 1, base + 2, base + 3]), 1);
});

test('no values have no mean, one value no deviation', () => {
  assert.ok(Number.isNaN(mean([])));
  assert.ok(Number.isNaN(standardDeviation([5])));
  assert.ok(Number.isNaN(median([])));
});

test('a shift moves the mean and leaves the variance', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2 }),
      fc.integer(),
      (values, by) => {
        const shifted = values.map((value) => value + by);
        assert.ok(Math.abs(mean(shifted) - mean(values) - by) <= 1e-6);
        assert.ok(Math.abs(variance(shifted) - variance(values)) <= 1e-3);
      },
    ),
  );
});

test('type 7 interpolates as R and NumPy do', () => {
  assert.equal(interpolatedQuantile([1, 2, 3, 4], 0.25), 1.75);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assertRelative(interpolatedQuantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9), 9.1, 1e-15);
});

test('quantiles stay inside the data and grow with the share', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(numbers, share, share, (values, p, q) => {
      const sorted = sortedCopy(values);
      const [low, high] = [Math.min(p, q), Math.max(p, q)];
      assert.ok(interpolatedQuantile(sorted, low) <= interpolatedQuantile(sorted, high));
      assert.equal(interpolatedQuantile(sorted, 0), Math.min(...values));
      assert.equal(interpolatedQuantile(sorted, 1), Math.max(...values));
    }),
  );
});

test('balance: Jain’s index is 1 for equal shares and 1/n when one has everything', () => {
  assert.equal(jainIndex([7, 7, 7]), 1);
  assert.equal(jainIndex([0, 9, 0, 0]), 0.25);
  assert.equal(jainIndex([0, 0]), null);
  assert.equal(maxOverMean([1, 3]), 1.5);
  assert.equal(maxOverMean([0]), null);
});

test('the geometric mean exists only above zero', () => {
  assertRelative(geometricMean([1, 10, 100]), 10, 1e-15);
  assert.ok(Number.isNaN(geometricMean([1, 0])));
});

test('Jain’s index lies between 1/n and 1 and does not depend on the unit', () => {
  const shares = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(shares, fc.integer({ min: 1, max: 1000 }), (given, unit) => {
      const index = jainIndex(given);
      if (index === null) return assert.ok(given.every((share) => share === 0));
      assert.ok(index >= 1 / given.length - 1e-12 && index <= 1 + 1e-12);
      assertRelative(jainIndex(given.map((share) => share * unit)), index, 1e-12);
    }),
  );
});

test('M/D/1 has the published mean response times', () => {
  // The example of textbooks, λ = 20 and μ = 30 an hour: 0.067 hours in the system, 0.033 of them in line, 1.333 in the system.
  const hours = meanResponseMD1(1 / 30, 20 / 30) ?? 0;
  assert.deepEqual(
    [hours, hours - 1 / 30, 20 * hours].map((value) => value.toFixed(3)),
    ['0.067', '0.033', '1.333'],
  );
  // M/M/1 at λ = 80 and μ = 100 a second responds in 0.05 s on average; the wait of M/D/1 is half as long at any load.
  assertRelative(meanResponseMD1(0.01, 0.8) ?? 0, 0.01 + (0.05 - 0.01) / 2, 1e-14);
  for (const rho of [0.1, 0.5, 0.9, 0.99])
    assertRelative((meanResponseMD1(1, rho) ?? 0) - 1, (1 / (1 - rho) - 1) / 2, 1e-12);
});

test('M/D/1 is the service alone without load, and has no mean from full use on', () => {
  assert.equal(meanResponseMD1(2_000, 0), 2_000);
  assert.deepEqual([meanResponseMD1(2_000, 1), meanResponseMD1(2_000, 1.2)], [null, null]);
});
