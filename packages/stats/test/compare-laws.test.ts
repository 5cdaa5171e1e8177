import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { compareLaws, fitLaws, type ScalabilityPoint } from '../src/index.ts';
import { assertRelative } from './relative.ts';
import { uslThroughput } from './scalability-data.ts';

function simulate(seed: string, alpha: number, beta: number, gamma: number): ScalabilityPoint[] {
  const random = createRandom(seed);
  return [1, 2, 4, 6, 8, 10].flatMap((n) =>
    [1, 2, 3].map(() => ({ n, x: uslThroughput(n, alpha, beta, gamma) * Math.exp(0.02 * random.normal()) })),
  );
}

test('two curves that differ in contention are told apart, and the difference is found', () => {
  const comparison = compareLaws(simulate('a', 0.02, 0.01, 100), simulate('b', 0.2, 0.01, 100));
  assert.ok(comparison?.alpha && comparison.p < 1e-6);
  assert.ok(comparison.alpha.ci95[0] < 0.18 && 0.18 < comparison.alpha.ci95[1]);
  assert.deepEqual(comparison.df, [3, 30]);
});

test('a system twice as fast at every N differs in γ alone, by ln 2', () => {
  const a = simulate('a', 0.05, 0.01, 100);
  const b = simulate('c', 0.05, 0.01, 200);
  const comparison = compareLaws(a, b);
  assert.ok(comparison?.logGammaRatio && comparison.alpha && comparison.beta && comparison.p < 1e-6);
  for (const [truth, { ci95 }] of [
    [Math.log(2), comparison.logGammaRatio],
    [0, comparison.alpha],
    [0, comparison.beta],
  ] as const) {
    assert.ok(ci95[0] < truth && truth < ci95[1]);
  }
});

test('the estimates are the differences of the separate fits', () => {
  const [a, b] = [simulate('d', 0.05, 0.01, 100), simulate('e', 0.1, 0.005, 90)];
  const [usl, other] = [fitLaws(a).result.models.usl, fitLaws(b).result.models.usl];
  const comparison = compareLaws(a, b);
  const difference = (other?.beta?.estimate ?? 0) - (usl?.beta?.estimate ?? 0);
  assertRelative(comparison?.beta?.estimate, difference, 1e-9);
});

test('one curve for both is refused in about one of twenty studies', () => {
  let refused = 0;
  const studies = 200;
  for (let i = 0; i < studies; i++) {
    const comparison = compareLaws(
      simulate(`left ${i}`, 0.05, 0.01, 100),
      simulate(`right ${i}`, 0.05, 0.01, 100),
    );
    if ((comparison?.p ?? 1) < 0.05) refused++;
  }
  assert.ok(refused >= 2 && refused <= 20, `${refused} of ${studies}`);
});

test('too few rows for two curves give no comparison', () => {
  const few = simulate('f', 0.05, 0.01, 100).filter((_, i) => i % 6 === 0);
  assert.equal(few.length, 3);
  assert.equal(compareLaws(few, few), null);
  assert.equal(compareLaws(few.slice(0, 2), few), null);
});
