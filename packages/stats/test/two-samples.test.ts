import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pairedRatio, welchRatio } from '../src/index.ts';
import { assertRelative } from './relative.ts';

const sample = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 3, maxLength: 12 });

// Student's sleep data (Cushny & Peebles 1905), which R ships: t.test(extra ~ group) prints t = -1.8608, df = 17.776,
// p-value = 0.07939, interval -3.3654832 to 0.2054832; paired: t = -4.0621, df = 9, p-value = 0.002833. The ratio is
// taken on logarithms, so the data are given as exponentials.
const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0].map(Math.exp);
const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4].map(Math.exp);

test("Welch's t gives what R prints for Student's sleep data", () => {
  const result = welchRatio(drug1, drug2);
  assertRelative(result?.df, 17.776, 1e-4);
  assertRelative(result?.p, 0.07939, 1e-4);
  assertRelative(Math.log(result?.interval.low ?? 0), -0.2054832, 1e-6);
  assertRelative(Math.log(result?.interval.high ?? 0), 3.3654832, 1e-6);
});

test("the paired t gives what R prints for Student's sleep data", () => {
  const result = pairedRatio(drug1, drug2);
  assertRelative(result?.p, 0.002833, 1e-3);
  assertRelative(Math.log(result?.interval.low ?? 0), 0.7001142, 1e-6);
  assertRelative(Math.log(result?.interval.high ?? 0), 2.4598858, 1e-6);
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
  assert.equal(welchRatio([1], [2, 3]), null);
  assert.equal(welchRatio([1, 0], [2, 3]), null);
  assert.throws(() => pairedRatio([1, 2], [1]), RangeError);
});
