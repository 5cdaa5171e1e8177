import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { mean, pairedRatio, powerOfT, welchRatio } from '../src/index.ts';

const close = (found: number, published: number, digits: number) =>
  assert.ok(Math.abs(found - published) < 10 ** -digits, `${found}, not ${published}`);

test("the power of two samples is that of R's power.t.test", () => {
  const two = { isPaired: false, sd: 1, difference: 1, alpha: 0.05 };
  close(powerOfT({ ...two, n: 20 }), 0.8689528, 6);
  close(powerOfT({ ...two, n: 22.0211 }), 0.9, 6);
  // One-sided at .05 is the same tail as two-sided at .1.
  close(powerOfT({ ...two, n: 17.84713, alpha: 0.1 }), 0.9, 6);
  close(powerOfT({ ...two, n: 100, sd: 2.5 }), 0.8036466, 6);
});

test('the power of pairs, and of a smaller level, is that of Dalgaard, Introductory Statistics with R', () => {
  const pairs = { isPaired: true, sd: 10 * Math.SQRT2, difference: 10, alpha: 0.05 };
  close(powerOfT({ ...pairs, n: 19.96892 }), 0.85, 6);
  close(powerOfT({ n: 417.898, isPaired: false, sd: 2, difference: 0.5, alpha: 0.02 }), 0.9, 5);
});

test('without a spread all is found that is there, and a difference at the limit by half', () => {
  const sure = { n: 3, isPaired: true, sd: 0, alpha: 0.05 };
  assert.equal(powerOfT({ ...sure, difference: 0.1, beyond: 0.05 }), 1);
  assert.equal(powerOfT({ ...sure, difference: 0.04, beyond: 0.05 }), 0);
  const n = { n: 200, isPaired: true, sd: 0.05, alpha: 0.05 };
  close(powerOfT({ ...n, difference: 0.1, beyond: 0.1 }), 0.5, 6);
  assert.equal(powerOfT({ ...n, n: 1, difference: 1 }), 0);
});

test('as many planted differences are found as the power says, with and without a least estimate', () => {
  const random = createRandom('power');
  const normal = () => random.normal();
  const studies = 4_000;
  for (const isPaired of [true, false])
    for (const beyond of [0, 0.05]) {
      const planned = { n: 6, isPaired, sd: 0.06, difference: 0.08, alpha: 0.05 };
      let found = 0;
      for (let i = 0; i < studies; i++) {
        const a = Array.from({ length: planned.n }, () => (isPaired ? 0 : planned.sd * normal()));
        const b = a.map((value) => planned.difference + planned.sd * normal() + (isPaired ? value : 0));
        const test = isPaired ? pairedRatio : welchRatio;
        const ratio = test(a.map(Math.exp), b.map(Math.exp), 0.95);
        if ((ratio?.interval.low ?? 0) > 1 && mean(b) - mean(a) > beyond) found++;
      }
      const power = powerOfT({ ...planned, beyond });
      const tolerance = 3 * Math.sqrt((power * (1 - power)) / studies) + (isPaired ? 0 : 0.01);
      assert.ok(Math.abs(found / studies - power) < tolerance, `${found / studies}, not ${power}`);
    }
});
