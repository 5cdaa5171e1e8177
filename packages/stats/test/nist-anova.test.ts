import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { oneWayAnova, sumOfSquares } from '../src/index.ts';
import { agreeingDigits, nistRows } from './nist.ts';
import { assertRelative } from './relative.ts';

/** NIST's certified sums of squares between and within, F, R² and residual sd, and the digits of each that must agree. */
const smallLeast = [1.68, 1.8, 21, 0.482758620689655, 0.1];
const sets: Record<string, { certified: readonly number[]; digits: number }> = {
  SiRstvt: {
    certified: [5.11462616e-2, 2.1663656e-1, 1.18046237440255, 1.90999039051129e-1, 1.04076068334656e-1],
    digits: 12,
  },
  AtmWtAgt: {
    certified: [
      3.638341875e-9, 1.04951729166667e-8, 1.5946733567793e1, 2.57426544538321e-1, 1.5104831444641e-5,
    ],
    digits: 8,
  },
  SmLs01t: { certified: smallLeast, digits: 13 },
  // 1000000.4 and 1000000000000.4 are not doubles; what is lost on reading them cannot be computed back.
  SmLs04t: { certified: smallLeast, digits: 9 },
  SmLs07t: { certified: smallLeast, digits: 2 },
};

function groupsOf(name: string): number[][] {
  const groups = new Map<number, number[]>();
  for (const [treatment = 0, y = Number.NaN] of nistRows(`anova/${name}.csv`)) {
    groups.set(treatment, [...(groups.get(treatment) ?? []), y]);
  }
  return [...groups.values()];
}

for (const [name, { certified, digits }] of Object.entries(sets)) {
  test(`NIST ${name}: the analysis of variance has the certified digits`, (t) => {
    const result = oneWayAnova(groupsOf(name));
    assert.ok(result);
    const { betweenSquares, withinSquares, f, rSquared, residualSd } = result;
    const computed = [betweenSquares, withinSquares, f, rSquared, residualSd];
    const reached = computed.map((value, i) => agreeingDigits(value, certified[i] ?? Number.NaN));
    t.diagnostic(`${name}: digits ${reached.map((digit) => digit.toFixed(1)).join(' ')}`);
    for (const digit of reached) assert.ok(digit >= digits, `${reached} digits, ${digits} wanted`);
  });
}

test('SmLs01t has variance components 0.01 within and 0.00952380952 between', () => {
  const components = oneWayAnova(groupsOf('SmLs01t'))?.components;
  assertRelative(components?.within, 0.01, 1e-12);
  assertRelative(components?.between, 0.2 / 21, 1e-12);
});

test('one value a group leaves no freedom to judge groups by', () => {
  assert.equal(oneWayAnova([[1], [2]]), null);
  assert.equal(oneWayAnova([[1, 2, 3]]), null);
});

test('squares between and within groups add up to all squares', () => {
  const group = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(group, { minLength: 2, maxLength: 6 }), (groups) => {
      const result = oneWayAnova(groups);
      const total = sumOfSquares(groups.flat());
      assert.ok(
        Math.abs((result?.betweenSquares ?? 0) + (result?.withinSquares ?? 0) - total) <= 1e-9 * (total + 1),
      );
    }),
  );
});
