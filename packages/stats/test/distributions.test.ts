import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fUpperQuantile, fUpperTail } from '../src/distributions/f.ts';
import { normalCdf, normalQuantile } from '../src/distributions/normal.ts';
import { studentTQuantile, studentTUpperTail } from '../src/distributions/student-t.ts';
import { binomialCdf, binomialUpperTail } from '../src/intervals/order-statistic.ts';
import { assertRelative } from './relative.ts';

// Expected values with 40 digits by mpmath 1.3 (betainc, erfc), rounded to 17.
test('the normal distribution keeps its digits in both tails', () => {
  assertRelative(normalCdf(-8), 6.220960574271784e-16, 1e-13);
  assertRelative(normalCdf(-3.5), 0.00023262907903552504, 1e-13);
  assertRelative(normalCdf(1.96), 0.9750021048517795, 1e-15);
  assertRelative(normalQuantile(0.975), 1.9599639845400543, 1e-15);
  assertRelative(normalQuantile(1e-20), -9.262340089798409, 1e-14);
  assert.equal(normalQuantile(0.5), 0);
  assert.equal(normalQuantile(0), Number.NEGATIVE_INFINITY);
  assert.ok(Number.isNaN(normalQuantile(1.1)));
});

test("Student's t has its quantiles from one to a billion degrees of freedom", () => {
  assertRelative(studentTQuantile(0.975, 1), 12.706204736174705, 1e-14);
  assertRelative(studentTQuantile(0.975, 4), 2.7764451051977987, 1e-14);
  assertRelative(studentTQuantile(0.975, 29), 2.045229642132703, 1e-14);
  assertRelative(studentTQuantile(0.975, 357), 1.966631204365736, 1e-14);
  assertRelative(studentTQuantile(0.975, 1e9), 1.959963986912326, 1e-13);
  assertRelative(studentTUpperTail(5, 3), 0.00769621903665115, 1e-13);
  assert.equal(studentTQuantile(0.5, 7), 0);
});

test('the F distribution gives the p-values of tables', () => {
  assertRelative(fUpperTail(2.5, 5, 100000), 0.02854985974550511, 1e-13);
  assertRelative(fUpperTail(10, 1, 100000), 0.001565869817958231, 1e-13);
  assertRelative(fUpperQuantile(0.05, 3, 10), 3.7082648190468435, 1e-12);
  assert.equal(fUpperTail(0, 3, 4), 1);
  assert.equal(fUpperTail(Number.POSITIVE_INFINITY, 3, 4), 0);
});

test('a squared t is an F with one degree of freedom', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 20, noNaN: true }),
      fc.integer({ min: 1, max: 5000 }),
      (t, df) => {
        assertRelative(fUpperTail(t * t, 1, df), 2 * studentTUpperTail(t, df), 1e-11);
      },
    ),
  );
});

test('distribution functions undo their quantiles', () => {
  const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
  fc.assert(
    fc.property(share, fc.double({ min: 0.5, max: 1e6, noNaN: true }), (p, df) => {
      assertRelative(normalCdf(normalQuantile(p)), p, 1e-12);
      assertRelative(studentTUpperTail(-studentTQuantile(p, df), df), p, 1e-11);
    }),
  );
});

test('binomial tails are the sums of their probabilities', () => {
  const trials = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(trials, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(60), (n, p, any) => {
      const k = any % (n + 1);
      let [below, probability] = [0, (1 - p) ** n];
      for (let i = 0; i <= k; i++) {
        below += probability;
        probability *= ((n - i) / (i + 1)) * (p / (1 - p));
      }
      assertRelative(binomialCdf(k, n, p), below, 1e-11);
      assertRelative(binomialUpperTail(k + 1, n, p) + below, 1, 1e-11);
    }),
  );
});
