import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { midranks } from '../src/comparison/rank-tests.ts';
import { benjaminiHochberg, mannWhitney, ratioVerdict, roundsToSettle } from '../src/index.ts';
import { assertRelative } from './relative.ts';

const small = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 5 });

/** The definition: all ways to choose the labels, one by one. */
function permutationP(a: readonly number[], b: readonly number[]): number {
  const ranks = midranks([...a, ...b]);
  const centre = (b.length * (ranks.length + 1)) / 2;
  const distance = Math.abs(ranks.slice(a.length).reduce((sum, rank) => sum + rank, 0) - centre);
  let [extreme, all] = [0, 0];
  for (let labels = 0; labels < 2 ** ranks.length; labels++) {
    const chosen = ranks.filter((_, i) => (labels >> i) & 1);
    if (chosen.length !== b.length) continue;
    all++;
    if (Math.abs(chosen.reduce((sum, rank) => sum + rank, 0) - centre) >= distance - 1e-9) extreme++;
  }
  return extreme / all;
}

test('ten against ten, all apart: U = 100 and p = 2/C(20,10)', () => {
  const a = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const result = mannWhitney(
    a,
    a.map((value) => value + 20),
  );
  assert.equal(result?.u, 100);
  assertRelative(result?.p, 2 / 184_756, 1e-12);
});

test('the least p of four, five and six a side is .0286, .0079, .0022', () => {
  for (const [n, p] of [
    [4, 2 / 70],
    [5, 2 / 252],
    [6, 2 / 924],
  ] as const) {
    const a = Array.from({ length: n }, (_, i) => i);
    const b = a.map((value) => value + 100);
    assertRelative(mannWhitney(a, b)?.p, p, 1e-12);
  }
});

test('where benchstat says p = 0 with ties, the exact p is .0476', () => {
  assertRelative(mannWhitney([2, 1, 3, 5], [1, 1, 1, 1, 1])?.p, 6 / 126, 1e-12);
});

test('with any ties the exact p is that of all relabellings', () => {
  fc.assert(
    fc.property(small, small, (a, b) => {
      assertRelative(mannWhitney(a, b)?.p, permutationP(a, b), 1e-12);
    }),
  );
});

test('exchanging the samples mirrors U and keeps p', () => {
  const values = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const [there, back] = [mannWhitney(a, b), mannWhitney(b, a)];
      assert.equal((there?.u ?? 0) + (back?.u ?? 0), a.length * b.length);
      assertRelative(there?.p, back?.p ?? 0, 1e-9);
    }),
  );
});

test('beyond a hundred values the normal approximation continues the exact one', () => {
  const a = Array.from({ length: 50 }, (_, i) => (i * 37) % 101);
  const b = Array.from({ length: 50 }, (_, i) => ((i * 53) % 101) + 9);
  const exact = mannWhitney(a, b);
  const normal = mannWhitney([...a, 45], [...b, 55]);
  assert.equal(exact?.method, 'exact');
  assert.equal(normal?.method, 'normal');
  assert.ok(Math.abs((normal?.p ?? 0) - (exact?.p ?? 0)) < 0.02);
});

test("Benjamini and Hochberg's own example calls four of fifteen", () => {
  // The p-values of their section 3.2, thrombolysis data; at .05 the rule rejects the four smallest.
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  assert.equal(benjaminiHochberg(ps).filter((q) => q <= 0.05).length, 4);
});

test('adjusted values keep the order of the p-values and lie between p and Bonferroni', () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(ps, (given) => {
      const q = benjaminiHochberg(given);
      for (const [i, p] of given.entries()) {
        const qi = q[i] ?? Number.NaN;
        assert.ok(qi >= p * (1 - 1e-12) && qi <= Math.min(1, p * given.length) + 1e-12);
        for (const [j, other] of given.entries()) if (other < p) assert.ok((q[j] ?? 0) <= qi);
      }
    }),
  );
});

test('the four verdicts with a margin of 3 %', () => {
  const at = (low: number, high: number) => ({ low, high });
  assert.equal(ratioVerdict(at(0.99, 1.02), at(0.985, 1.025), 0.03), 'equivalent');
  assert.equal(ratioVerdict(at(1.06, 1.09), at(1.05, 1.1), 0.03), 'higher');
  assert.equal(ratioVerdict(at(0.8, 0.9), at(0.79, 0.91), 0.03), 'lower');
  assert.equal(ratioVerdict(at(0.9, 1.1), at(0.89, 1.12), 0.03), 'inconclusive');
  assert.equal(ratioVerdict(at(1.005, 1.02), at(1.001, 1.025), 0.03), 'equivalent');
});

test('the rounds that settle a comparison are the fewest that do', () => {
  const rounds = roundsToSettle(0.03, 0.03);
  // 2(t·0.03/ln 1.03)², t of 2n−2 degrees: 10 rounds give 8.85·… ≤ 10 with t = 2.1009, 9 give t = 2.1199.
  assert.equal(rounds, 10);
  assert.equal(roundsToSettle(0, 0.03), 2);
  assert.equal(roundsToSettle(50, 0.001), null);
});
