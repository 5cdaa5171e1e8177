import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  fiellerRatioInterval,
  pairedDifference,
  pairedRatio,
  welchDifference,
  welchRatio,
} from '../src/index.ts';
import { assertRelative } from './relative.ts';

const sample = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 3, maxLength: 12 });

// Student's sleep data (Cushny & Peebles 1905), which R ships: t.test(extra ~ group) prints t = -1.8608, df = 17.776,
// p-value = 0.07939, interval -3.3654832 to 0.2054832; paired: t = -4.0621, df = 9, p-value = 0.002833.
const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

test("Welch's t gives what R prints for Student's sleep data", () => {
  const result = welchDifference(drug1, drug2);
  assertRelative(result?.df, 17.776, 1e-4);
  assertRelative(result?.p, 0.07939, 1e-4);
  assertRelative(result?.interval.low, -0.2054832, 1e-6);
  assertRelative(result?.interval.high, 3.3654832, 1e-6);
});

test("the paired t gives what R prints for Student's sleep data", () => {
  const result = pairedDifference(drug1, drug2);
  assertRelative(result?.p, 0.002833, 1e-3);
  assertRelative(result?.interval.low, 0.7001142, 1e-6);
  assertRelative(result?.interval.high, 2.4598858, 1e-6);
});

test('the ratio of a to b is one over that of b to a', () => {
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const [there, back] = [welchRatio(a, b), welchRatio(b, a)];
      assertRelative(there?.estimate, 1 / (back?.estimate ?? 0), 1e-9);
      assertRelative(there?.interval.low, 1 / (back?.interval.high ?? 0), 1e-9);
      assertRelative(there?.p, back?.p ?? 0, 1e-9);
    }),
  );
});

test('a pair ratio that is always the same is known exactly', () => {
  const result = pairedRatio([1, 2, 4], [2, 4, 8]);
  assertRelative(result?.estimate, 2, 1e-14);
  assertRelative(result?.interval.high, 2, 1e-12);
});

test('one run a side gives no interval, and zero throughput no ratio', () => {
  assert.equal(welchDifference([1], [2, 3]), null);
  assert.equal(welchRatio([1, 0], [2, 3]), null);
  assert.throws(() => pairedDifference([1, 2], [1]), RangeError);
});

test("Fieller's limits are where the weighted means meet t", () => {
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const interval = fiellerRatioInterval(a, b);
      if (!interval) return;
      const ratio = b.reduce((x, y) => x + y) / b.length / (a.reduce((x, y) => x + y) / a.length);
      assert.ok(interval.low <= ratio * (1 + 1e-12) && ratio <= interval.high * (1 + 1e-12));
    }),
  );
});

test('without spread in a, Fieller is the t interval of b divided by it', () => {
  const interval = fiellerRatioInterval([2, 2, 2], [1, 2, 3]);
  const reach = 4.302652729749464 / Math.sqrt(3);
  assertRelative(interval?.low, (2 - reach) / 2, 1e-9);
  assertRelative(interval?.high, (2 + reach) / 2, 1e-9);
});

test('a denominator that may be zero has no bounded ratio', () => {
  assert.equal(fiellerRatioInterval([-1, 1, 2], [5, 6, 7]), null);
});
