import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fUpperQuantile } from '../src/distributions/f.ts';
import { fitLaws, jointRegion } from '../src/index.ts';
import { assertRelative } from './relative.ts';
import { publishedSet } from './scalability-data.ts';

test('the joint region of α and β reaches √(2F) standard errors from the estimate, and runs from α to −β', () => {
  const { chosen, result } = fitLaws(publishedSet('cisco'), 'linear');
  const usl = result.models.usl;
  assert.ok(chosen && usl?.alpha?.stderr && usl.beta?.stderr);
  const region = jointRegion(chosen);
  const reach = Math.sqrt(2 * fUpperQuantile(0.05, 2, usl.df));
  for (const name of ['alpha', 'beta'] as const) {
    const parameter = usl[name];
    const values = region.map((point) => point[name]);
    const half = (Math.max(...values) - Math.min(...values)) / 2;
    // The farthest corner of the polygon lies within a few thousandths of the ellipse's own end.
    assertRelative(half / (parameter?.stderr ?? 0), reach, 3e-3);
    assertRelative((Math.max(...values) + Math.min(...values)) / 2, parameter?.estimate ?? 0, 1e-9);
  }
  const rightmost = region.reduce((most, point) => (point.alpha > most.alpha ? point : most));
  assert.ok(rightmost.beta < (usl.beta?.estimate ?? 0), 'more contention leaves less to coherency');
});

test('a law without β has no such region', () => {
  const { chosen } = fitLaws([1, 2, 3, 4, 5, 6].map((n) => ({ n, x: n * (n % 2 ? 1.01 : 0.99) })));
  assert.ok(chosen && chosen.law === 'linear');
  assert.deepEqual(jointRegion(chosen), []);
});
