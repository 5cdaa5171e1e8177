import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  binomialCdf,
  binomialRuleP,
  isQuantileEstimable,
  logMeanInterval,
  meanInterval,
  orderStatisticRanks,
  quantileInterval,
  wilsonInterval,
} from '../src/index.ts';
import { assertRelative } from './relative.ts';

test('ranks of the median are the published ones, and there are none below six values', () => {
  assert.deepEqual(orderStatisticRanks(5, 0.5), { low: null, high: null });
  assert.deepEqual(orderStatisticRanks(6, 0.5), { low: 1, high: 6 });
  assert.deepEqual(orderStatisticRanks(10, 0.5), { low: 2, high: 9 });
  assert.deepEqual(orderStatisticRanks(20, 0.5), { low: 6, high: 15 });
  assert.deepEqual(orderStatisticRanks(30, 0.5), { low: 10, high: 21 });
  assert.deepEqual(orderStatisticRanks(1000, 0.5), { low: 469, high: 532 });
});

test('ranks of the tail percentiles are the published ones', () => {
  assert.deepEqual(orderStatisticRanks(1000, 0.95), { low: 936, high: 964 });
  assert.deepEqual(orderStatisticRanks(1000, 0.99), { low: 983, high: 997 });
  assert.deepEqual(orderStatisticRanks(10_000, 0.99), { low: 9880, high: 9920 });
});

test('a percentile needs 36, 72, 368 or 3,688 values for its upper limit', () => {
  for (const [p, least] of [
    [0.9, 36],
    [0.95, 72],
    [0.99, 368],
    [0.999, 3688],
  ] as const) {
    assert.equal(isQuantileEstimable(least - 1, p), false);
    assert.equal(isQuantileEstimable(least, p), true);
  }
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
  const interval = meanInterval([1, 2, 3]);
  assertRelative(interval?.high, 2 + 4.302652729749464 / Math.sqrt(3), 1e-14);
  assert.equal(meanInterval([1]), null);
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
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), share, (n, p) => {
      const { low, high } = orderStatisticRanks(n, p);
      if (low !== null) {
        assert.ok(binomialCdf(low - 1, n, p) <= 0.025 && binomialCdf(low, n, p) > 0.025);
      }
      if (high !== null) {
        assert.ok(
          1 - binomialCdf(high - 1, n, p) <= 0.025 + 1e-12 && 1 - binomialCdf(high - 2, n, p) > 0.025 - 1e-12,
        );
      }
      if (low !== null && high !== null) {
        assert.ok(binomialCdf(high - 1, n, p) - binomialCdf(low - 1, n, p) >= 0.95 - 1e-9);
      }
    }),
  );
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
