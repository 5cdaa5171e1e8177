import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import fc from 'fast-check';
import { bcaInterval, bootstrapStrata, mean, percentileInterval, resample } from '../src/index.ts';

test('one seed gives one set of replicates, another seed another', () => {
  const statistic = ([cell = []]: readonly (readonly number[])[]) => mean(cell);
  const draw = (seed: string) => [...bootstrapStrata(createRandom(seed), [[1, 2, 3, 4, 5]], statistic, 50)];
  assert.deepEqual(draw('a'), draw('a'));
  assert.notDeepEqual(draw('a'), draw('b'));
});

test('strata keep their sizes and clusters stay whole', () => {
  const strata = [
    [
      [1, 1],
      [2, 2],
    ],
    [
      [3, 3],
      [4, 4],
      [5, 5],
    ],
  ];
  bootstrapStrata(
    createRandom('whole'),
    strata,
    (drawn) => {
      assert.deepEqual(
        drawn.map((clusters) => clusters.length),
        [2, 3],
      );
      for (const cluster of drawn.flat()) assert.equal(cluster[0], cluster[1]);
      return 0;
    },
    100,
  );
});

test('a resample holds only what was given', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.string(), (items, seed) => {
      const drawn = resample(createRandom(seed), items);
      assert.equal(drawn.length, items.length);
      assert.ok(drawn.every((item) => items.includes(item)));
    }),
  );
});

test('the BCa interval covers a skewed mean in about 95 of 100 studies of 40', () => {
  const random = createRandom('coverage');
  let covered = 0;
  const studies = 200;
  for (let i = 0; i < studies; i++) {
    const values = Array.from({ length: 40 }, () => random.exponential(1));
    const interval = bcaInterval(random, values, mean, 0.95, 400);
    if (interval && interval.low <= 1 && 1 <= interval.high) covered++;
  }
  assert.ok(covered / studies >= 0.88 && covered / studies <= 0.99, `covered ${covered} of ${studies}`);
});

test('an interval is not invented: too few clusters, equal ones, or a statistic that fails', () => {
  const random = createRandom('edge');
  assert.equal(bcaInterval(random, [1, 2], mean), null);
  assert.deepEqual(bcaInterval(random, [4, 4, 4], mean), { low: 4, high: 4, level: 0.95 });
  assert.equal(percentileInterval(Float64Array.of(1, Number.NaN)), null);
});
