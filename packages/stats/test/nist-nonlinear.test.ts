import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { solveTransposed } from '../src/regression/householder.ts';
import { levenbergMarquardt } from '../src/regression/levenberg-marquardt.ts';
import { agreeingDigits, nistRows } from './nist.ts';
import { nonlinearModels, nonlinearProblem } from './nist-models.ts';

interface Certified {
  readonly starts: readonly (readonly number[])[];
  readonly parameters: readonly number[];
  readonly stderrs: readonly number[];
  readonly rss: number;
}

/** NIST certifies eleven digits; rounding of the last may cost a fraction of a digit. */
const certifiedDigits = 11;
const parameterDigits = 9;
const stderrDigits = 8;

const file = join(import.meta.dirname, '../../../test/data/nist/nls/certified.json');
const sets = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Certified>);

for (const [name, { starts, parameters, stderrs, rss }] of sets) {
  for (const [i, start] of starts.entries()) {
    test(`NIST ${name}: from start ${i + 1} the fit reaches the certified digits`, (t) => {
      const model = nonlinearModels[name];
      assert.ok(model);
      const rows = nistRows(`nls/${name}.csv`);
      const fit = levenbergMarquardt(nonlinearProblem(model, rows), start);
      assert.ok(fit?.converged, 'not converged');
      const sd = Math.sqrt(fit.rss / (rows.length - parameters.length));
      const errors = parameters.map((_, k) => {
        const unit = parameters.map((_, j) => (j === k ? 1 : 0));
        return sd * Math.hypot(...solveTransposed(fit.r, unit));
      });
      const least = (computed: readonly number[], exact: readonly number[]) =>
        Math.min(
          ...exact.map((value, k) => agreeingDigits(computed[k] ?? Number.NaN, value, certifiedDigits)),
        );
      const reached = [least(fit.parameters, parameters), least(errors, stderrs), least([fit.rss], [rss])];
      const digits = reached.map((digit) => digit.toFixed(1)).join(' ');
      t.diagnostic(`${name} start ${i + 1}: digits ${digits} in ${fit.iterations} iterations`);
      assert.ok((reached[0] ?? 0) >= parameterDigits, `parameters: ${digits}`);
      assert.ok((reached[1] ?? 0) >= stderrDigits, `standard errors: ${digits}`);
      assert.ok((reached[2] ?? 0) >= parameterDigits, `squares: ${digits}`);
    });
  }
}

test('where the minimum is not reached, the fit says so', () => {
  for (const [name, start, reach] of [
    ['MGH10', [2, 400_000, 25_000], 0.1],
    ['BoxBOD', [1, 1], 100],
  ] as const) {
    const model = nonlinearModels[name];
    assert.ok(model);
    const fit = levenbergMarquardt(nonlinearProblem(model, nistRows(`nls/${name}.csv`)), start, { reach });
    assert.equal(fit?.converged, false);
  }
});

test('a start outside the domain gives no fit', () => {
  const problem = { rows: 1, magnitude: 1, residuals: () => false, jacobian: () => {} };
  assert.equal(levenbergMarquardt(problem, [1]), null);
});
