import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binomialRuleP, logMeanInterval, quantileInterval, wilsonInterval } from '../src/index.ts';
import { binomialCdf } from '../src/intervals/order-statistic.ts';
import { assertRelative } from './relative.ts';

/** The interval of the values 1 … n has the ranks as its limits. */
function ranksOf(n: number, p: number): [number, number] | null {
  const interval = quantileInterval(
    Array.from({ length: n }, (_, i) => i + 1),
    p,
  );
  return interval && [interval.low, interval.high];
}

test('ranks of the median are the published ones, and there are none below six values', () => {
  assert.deepEqual(ranksOf(5, 0.5), null);
  assert.deepEqual(ranksOf(6, 0.5), [1, 6]);
  assert.deepEqual(ranksOf(10, 0.5), [2, 9]);
  assert.deepEqual(ranksOf(20, 0.5), [6, 15]);
  assert.deepEqual(ranksOf(30, 0.5), [10, 21]);
  assert.deepEqual(ranksOf(1000, 0.5), [469, 532]);
});

test('ranks of the tail percentiles are the published ones', () => {
  assert.deepEqual(ranksOf(1000, 0.95), [936, 964]);
  assert.deepEqual(ranksOf(1000, 0.99), [983, 997]);
  assert.deepEqual(ranksOf(10_000, 0.99), [9880, 9920]);
});

test('the interval of the median holds the median, and is wider at a higher level', () => {
  const values = fc.array(fc.integer(), { minLength: 12, maxLength: 80 });
  fc.assert(
    fc.property(values, (any) => {
      const sorted = any.toSorted((a, b) => a - b);
      const narrow = quantileInterval(sorted, 0.5, 0.8);
      const wide = quantileInterval(sorted, 0.5, 0.99);
      assert.ok(narrow && wide);
      assert.ok(wide.low <= narrow.low && narrow.low <= narrow.high && narrow.high <= wide.high);
    }),
  );
});

test('the SLO rule gives the published tails', () => {
  assertRelative(binomialRuleP(5, 5), 1 / 32, 1e-13);
  assertRelative(binomialRuleP(7, 8), 9 / 256, 1e-13);
  assertRelative(binomialRuleP(9, 10), 11 / 1024, 1e-13);
  assertRelative(binomialRuleP(10, 12), 79 / 4096, 1e-13);
});

test('Wilson: 3 of 1000, and none of 300', () => {
  const some = wilsonInterval(3, 1000);
  assertRelative(some?.low, 0.0010207838811386, 1e-12);
  assertRelative(some?.high, 0.0087830140535032, 1e-12);
  const none = wilsonInterval(0, 300);
  assert.equal(none?.low, 0);
  assertRelative(none?.high, 0.012642971224546, 1e-12);
  assert.equal(wilsonInterval(0, 0), null);
});

test('the t interval of three values, by hand', () => {
  const interval = logMeanInterval([1, 2, 3].map(Math.exp));
  assertRelative(Math.log(interval?.high ?? 0), 2 + 4.302652729749464 / Math.sqrt(3), 1e-14);
  assert.equal(logMeanInterval([1]), null);
});

test('on logs the interval scales with the unit and refuses zero', () => {
  const values = fc.array(fc.double({ min: 1, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(values, (given) => {
      const interval = logMeanInterval(given);
      const scaled = logMeanInterval(given.map((value) => 1000 * value));
      assertRelative(scaled?.low, 1000 * (interval?.low ?? 0), 1e-9);
      assertRelative(scaled?.high, 1000 * (interval?.high ?? 0), 1e-9);
    }),
  );
  assert.equal(logMeanInterval([1, 0]), null);
});

test('order-statistic ranks cover at least their level, and the next narrower pair would not keep its tails', () => {
  const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  let found = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), share, (n, p) => {
      const ranks = ranksOf(n, p);
      if (ranks === null) return;
      found++;
      const [low, high] = ranks;
      assert.ok(binomialCdf(low - 1, n, p) <= 0.025 && binomialCdf(low, n, p) > 0.025);
      assert.ok(
        1 - binomialCdf(high - 1, n, p) <= 0.025 + 1e-12 && 1 - binomialCdf(high - 2, n, p) > 0.025 - 1e-12,
      );
      assert.ok(binomialCdf(high - 1, n, p) - binomialCdf(low - 1, n, p) >= 0.95 - 1e-9);
    }),
  );
  assert.ok(found > 0);
});

test('Wilson stays in [0, 1], holds the share, and mirrors success and failure', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(10_000), (n, any) => {
      const k = any % (n + 1);
      const [some, others] = [wilsonInterval(k, n), wilsonInterval(n - k, n)];
      assert.ok(some && others);
      assert.ok(some.low >= 0 && some.low <= k / n && k / n <= some.high && some.high <= 1);
      assert.ok(Math.abs(some.low - (1 - others.high)) < 1e-12);
    }),
  );
});
