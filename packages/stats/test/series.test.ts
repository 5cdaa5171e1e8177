import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import fc from 'fast-check';
import { variance } from '../src/describe/moments.ts';
import {
  isotonicRegression,
  karpFlatt,
  MAD_DISTANCE_MAX,
  madDistances,
  mean,
  mser5,
  theilSen,
} from '../src/index.ts';
import { assertRelative } from './relative.ts';

const numbers = (minLength: number) =>
  fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength, maxLength: 60 });

test('a line is found through a quarter of wild points', () => {
  const xs = Array.from({ length: 40 }, (_, i) => i);
  const ys = xs.map((x) => (x % 4 === 1 ? 1e6 : 3 * x - 7));
  const line = theilSen(xs, ys);
  assertRelative(line?.slope, 3, 1e-9);
  assert.ok(line?.interval && line.interval.low <= 3 && 3 <= line.interval.high);
});

test("the seven points of Sen's paper have slope 4 and intercept 6", () => {
  const line = theilSen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78], 0.93);
  assertRelative(line?.slope, 4, 1e-12);
  assertRelative(line?.intercept, 6, 1e-12);
});

test("Sen's interval holds 0 in at least 95 % of all 40,320 orders of eight values", () => {
  const xs = [1, 2, 3, 4, 5, 6, 7, 8];
  let [held, all] = [0, 0];
  for (const ys of ordersOf(xs)) {
    const { interval } = theilSen(xs, ys) ?? {};
    assert.ok(interval);
    if (interval.low <= 0 && 0 <= interval.high) held++;
    all++;
  }
  assert.equal(all, 40_320);
  // Left out are the orders with at most five inversions (1 + 7 + 27 + 76 + 174 + 343), and as many at the other end.
  assert.equal(held, all - 2 * 628);
});

function* ordersOf(values: readonly number[]): Generator<number[]> {
  if (values.length === 0) yield [];
  for (const [i, first] of values.entries())
    for (const rest of ordersOf(values.toSpliced(i, 1))) yield [first, ...rest];
}

test('no two x differ: no slope', () => {
  assert.equal(theilSen([1, 1], [2, 3]), null);
  assert.equal(theilSen([1, 2, 3], [1, 2, 3])?.interval, null);
});

test('MSER-5 cuts a warm-up that is there and nothing that is not', () => {
  const random = createRandom('mser');
  const steady = Array.from({ length: 500 }, () => 10 + random.normal());
  const warming = steady.map((value, i) => (i < 50 ? value + 40 * (1 - i / 50) : value));
  assert.ok((mser5(steady)?.cut ?? 500) < 100);
  const cut = mser5(warming);
  assert.ok(cut?.isSteady && cut.cut >= 40 && cut.cut <= 100, `cut ${cut?.cut}`);
});

test('a series that climbs to its end never settles', () => {
  assert.equal(mser5(Array.from({ length: 200 }, (_, i) => i))?.isSteady, false);
  assert.equal(mser5([1, 2, 3]), null);
});

test('the cut of MSER-5 has the least statistic of all, by the definition', () => {
  fc.assert(
    fc.property(numbers(10), (values) => {
      const means = values
        .slice(0, values.length - (values.length % 5))
        .flatMap((_, i) => (i % 5 === 0 ? [mean(values.slice(i, i + 5))] : []));
      const statistic = (d: number) => {
        const left = means.slice(d);
        return (variance(left.length > 1 ? left : [0, 0]) * (left.length - 1)) / left.length ** 2;
      };
      const chosen = statistic((mser5(values)?.cut ?? 0) / 5);
      for (let d = 0; d <= Math.floor(means.length / 2); d++) assert.ok(chosen <= statistic(d) + 1e-9);
    }),
  );
});

test('isotonic regression ascends, keeps the mean, and leaves an ascending series alone', () => {
  fc.assert(
    fc.property(numbers(1), (ys) => {
      const fitted = isotonicRegression(ys);
      assert.equal(fitted.length, ys.length);
      for (let i = 1; i < fitted.length; i++) assert.ok((fitted[i] ?? 0) >= (fitted[i - 1] ?? 0));
      assert.ok(Math.abs(mean(fitted) - mean(ys)) < 1e-9);
      const sorted = ys.toSorted((a, b) => a - b);
      for (const [i, value] of isotonicRegression(sorted).entries()) {
        assert.ok(Math.abs(value - (sorted[i] ?? 0)) < 1e-9);
      }
    }),
  );
});

test('isotonic regression is the nearest ascending series, by weight', () => {
  assert.deepEqual(isotonicRegression([1, 3, 2, 4]), [1, 2.5, 2.5, 4]);
  assert.deepEqual(isotonicRegression([3, 1], [3, 1]), [2.5, 2.5]);
});

test("Karp and Flatt's fraction of an Amdahl speed-up is its serial share", () => {
  for (const p of [2, 4, 10]) assertRelative(karpFlatt(1 / (0.1 + 0.9 / p), p), 0.1, 1e-12);
  assert.equal(karpFlatt(1, 1), null);
});

test('a run far from the others is flagged and the others are not', () => {
  const distances = madDistances([10, 11, 9, 10.5, 9.5, 60]);
  assert.deepEqual(
    distances.map((distance) => distance > MAD_DISTANCE_MAX),
    [false, false, false, false, false, true],
  );
});

test('a robust line moves with its points: steeper by what is added, scaled by the unit', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 4,
    maxLength: 25,
  });
  let intervals = 0;
  fc.assert(
    fc.property(points, fc.integer({ min: -5, max: 5 }), (given, steeper) => {
      const xs = given.map(([x]) => x);
      const line = theilSen(
        xs,
        given.map(([, y]) => y),
      );
      if (!line) return;
      const tilted = theilSen(
        xs,
        given.map(([x, y]) => 2 * (y + steeper * x)),
      );
      assert.ok(Math.abs((tilted?.slope ?? 0) - 2 * (line.slope + steeper)) < 1e-9);
      const { interval, slope } = line;
      if (line.interval) intervals++;
      assert.ok(!interval || (interval.low <= slope + 1e-12 && slope <= interval.high + 1e-12));
    }),
  );
  assert.ok(intervals > 0);
});
