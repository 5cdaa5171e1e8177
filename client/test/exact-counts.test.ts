import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExactCounts } from '../src/measure/exact-counts.ts';

const values = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 300 });

test('percentiles are the nearest ranks of the values themselves', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 1_000 }), (us, permille) => {
      const counts = new ExactCounts();
      for (const value of us) counts.add(value);
      const sorted = us.toSorted((a, b) => a - b);
      const rank = Math.ceil((permille * us.length) / 1_000);
      assert.equal(counts.percentile(permille / 1_000), sorted[rank - 1]);
      assert.equal(counts.min, sorted[0]);
      assert.equal(counts.max, sorted.at(-1));
    }),
  );
});

test('adding what several threads counted is the same as counting all in one', () => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (threads) => {
      const [merged, all] = [new ExactCounts(), new ExactCounts()];
      for (const us of threads) {
        const own = new ExactCounts();
        for (const value of us) {
          own.add(value);
          all.add(value);
        }
        merged.addAll(own.pages);
      }
      assert.deepEqual([...merged.entries()], [...all.entries()]);
      assert.equal(merged.sum, all.sum);
      assert.equal(merged.count, all.count);
    }),
  );
});
