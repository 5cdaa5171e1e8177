import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { drawMean, logMeanInterval, percentileInterval } from '../src/index.ts';
import { assertRelative } from './relative.ts';

const draws = (seed: string, values: readonly number[], count: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => drawMean(random, values));
};

test('one seed gives one set of draws, another seed another', () => {
  assert.deepEqual(draws('a', [1, 2, 3], 50), draws('a', [1, 2, 3], 50));
  assert.notDeepEqual(draws('a', [1, 2, 3], 50), draws('b', [1, 2, 3], 50));
});

test("the percentile interval of many draws is Student's", () => {
  const values = [98, 101, 103, 99, 104];
  const interval = percentileInterval(draws('many', values, 40_000));
  const exact = logMeanInterval(values.map((value) => Math.exp(value)));
  assertRelative(interval?.low, Math.log(exact?.low ?? 0), 1e-3);
  assertRelative(interval?.high, Math.log(exact?.high ?? 0), 1e-3);
});

test('one value has no draws, and draws that are no numbers have no interval', () => {
  assert.ok(Number.isNaN(drawMean(createRandom('one'), [4])));
  assert.equal(percentileInterval(Float64Array.of(1, Number.NaN)), null);
});
