import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { fitLaws } from '../src/index.ts';
import { assertRelative } from './relative.ts';
import { uslThroughput } from './scalability-data.ts';

const random = createRandom('influence');
const rows = [1, 2, 4, 6, 8, 10].flatMap((n) =>
  [1, 2, 3].map(() => ({ n, x: uslThroughput(n, 0.05, 0.01, 100) * Math.exp(0.01 * random.normal()) })),
);

test('each level left out gives the fit of the others', () => {
  const { chosen, influence } = fitLaws(rows).result;
  assert.equal(chosen, 'usl');
  assert.deepEqual(
    influence?.map(({ n }) => n),
    [1, 2, 4, 6, 8, 10],
  );
  for (const { n, alpha, beta, gamma } of influence ?? []) {
    const { usl } = fitLaws(rows.filter((row) => row.n !== n)).result.models;
    assertRelative(alpha, usl?.alpha?.estimate ?? 0, 1e-9);
    assertRelative(beta, usl?.beta?.estimate ?? 0, 1e-9);
    assertRelative(gamma, usl?.gamma?.estimate ?? 0, 1e-9);
  }
});

test('a level that decides alone is named, and where none does, none is', () => {
  const slowBase = rows.map(({ n, x }) => ({ n, x: n === 1 ? x * 0.95 : x }));
  const { chosen, remarks } = fitLaws(slowBase).result;
  assert.equal(chosen, 'usl');
  assert.equal(remarks?.find(({ code }) => code === 'level-decides')?.values['n'], 1);
  assert.ok(fitLaws(rows).result.remarks?.every(({ code }) => code !== 'level-decides'));
});

test('too few levels leave none to leave out', () => {
  const few = rows.filter(({ n }) => n <= 6);
  assert.deepEqual(fitLaws(few.filter(({ n }) => n > 1)).result.influence, []);
});
