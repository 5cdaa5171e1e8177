import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import fc from 'fast-check';
import { fitLaws, lawCurve, lawResiduals, type ScalabilityPoint } from '../src/index.ts';
import { assertRelative } from './relative.ts';
import { lawRows, uslThroughput } from './scalability-data.ts';

const levels = [1, 2, 4, 6, 8, 10];
const noise = [1.02, 0.99, 1.01, 0.98];

/** The same at every level would be a shift of γ: turn the factors so that levels differ as repetitions do. */
function noisyRows(law: readonly [number, number, number], seed: string, sd = 0.02): ScalabilityPoint[] {
  const random = createRandom(seed);
  return lawRows(levels, law, noise).map(({ n, x }) => ({ n, x: x * Math.exp(sd * random.normal()) }));
}

test('exact data of each law give that law back and choose it', () => {
  const laws = { linear: [0, 0, 50], amdahl: [0.05, 0, 50], usl: [0.05, 0.01, 50] } as const;
  for (const scale of ['log', 'linear'] as const) {
    for (const [name, law] of Object.entries(laws)) {
      const { chosen, models } = fitLaws(lawRows(levels, law), scale).result;
      assert.equal(chosen, name);
      assertRelative(models[name as keyof typeof laws]?.gamma?.estimate, 50, 1e-12);
    }
  }
});

test('any law is found again from exact data, wherever N and X lie', () => {
  const law = fc.record({
    alpha: fc.double({ min: -0.001, max: 0.9, noNaN: true }),
    beta: fc.double({ min: 0, max: 0.05, noNaN: true }),
    exponent: fc.integer({ min: -120, max: 120 }),
  });
  fc.assert(
    fc.property(law, fc.integer({ min: 1, max: 50 }), ({ alpha, beta, exponent }, step) => {
      const gamma = 10 ** exponent;
      const rows = lawRows(
        [1, 2, 3, 5, 8].map((k) => k * step),
        [alpha, beta, gamma],
      );
      const { usl } = fitLaws(rows).result.models;
      assert.ok(usl?.converged);
      for (const { n, x } of rows) {
        const { alpha: a, beta: b, gamma: g } = usl;
        const fitted = uslThroughput(n, a?.estimate ?? 0, b?.estimate ?? 0, g?.estimate ?? 0);
        assertRelative(fitted, x, 1e-9);
      }
    }),
  );
});

test('the order of the rows does not matter, nor does the unit of X', () => {
  const rows = noisyRows([0.1, 0.005, 300], 'order');
  const { result } = fitLaws(rows);
  const other = fitLaws(
    createRandom('turn')
      .shuffled(rows)
      .map(({ n, x }) => ({ n, x: x * 3600 })),
  ).result;
  assertRelative(other.models.usl?.alpha?.estimate, result.models.usl?.alpha?.estimate ?? 0, 1e-9);
  assertRelative(other.models.usl?.rss, result.models.usl?.rss ?? 0, 1e-9);
  assertRelative(other.peak.x, 3600 * (result.peak.x ?? 0), 1e-9);
  assert.equal(other.chosen, result.chosen);
});

test('a larger law never fits worse than the one it contains', () => {
  const rows = fc.array(
    fc.record({ n: fc.integer({ min: 1, max: 12 }), x: fc.double({ min: 1, max: 100, noNaN: true }) }),
    { minLength: 4, maxLength: 20 },
  );
  fc.assert(
    fc.property(rows, fc.constantFrom('log' as const, 'linear' as const), (points, scale) => {
      const { linear, amdahl, usl } = fitLaws(points, scale).result.models;
      const bound = (rss: number) => rss * (1 + 1e-9) + 1e-12;
      if (linear && amdahl) assert.ok(amdahl.rss <= bound(linear.rss));
      if (amdahl && usl) assert.ok(usl.rss <= bound(amdahl.rss));
    }),
    { numRuns: 60 },
  );
});

test('superlinear data are said to be, with α below 0 and not clamped', () => {
  const { chosen, models, remarks } = fitLaws(noisyRows([-0.04, 0.006, 50], 'superlinear', 0.005)).result;
  assert.equal(chosen, 'usl');
  assert.ok((models.usl?.alpha?.estimate ?? 0) < 0);
  assert.ok(remarks?.some(({ code }) => code === 'superlinear'));
});

test('a curve that bends upwards again is no USL: refused by its repetitions, undecided without them', () => {
  const rows = noisyRows([0.3, -0.006, 50], 'negative', 0.002);
  assert.deepEqual([fitLaws(rows).result.chosen, fitLaws(rows).result.peak.status], ['none', 'none']);
  const once = fitLaws(rows.filter((_, i) => i % noise.length === 0)).result;
  assert.deepEqual([once.chosen, once.reasonCode, once.peak.status], ['undecided', 'upward', 'none']);
  assert.ok(Number(once.reasonValues['betaHigh']) < 0);
});

test('a peak inside the data is a finding, beyond them an extrapolation, far beyond nothing', () => {
  const statusAt = (n: number) => fitLaws(lawRows(levels, [0.02, 0.98 / n ** 2, 50])).result.peak;
  assert.equal(statusAt(7).status, 'inside');
  assertRelative(statusAt(7).n, 7, 1e-9);
  assert.equal(statusAt(15).status, 'extrapolated');
  assert.deepEqual(statusAt(25), { n: null, x: null, stderrN: null, stderrX: null, status: 'none' });
});

test('a peak below the data is an extrapolation, too, and the sentence says where the data lie', () => {
  const { peak, remarks } = fitLaws(lawRows([10, 20, 40, 60, 80, 100], [0.02, 0.98 / 25, 50])).result;
  assert.equal(peak.status, 'extrapolated');
  const { n, ...range } = remarks?.find(({ code }) => code === 'peak-extrapolated')?.values ?? {};
  assertRelative(Number(n), 5, 1e-9);
  assert.deepEqual(range, { nMin: 10, nMax: 100 });
});

test('where no peak is seen, the data still bound it, and the true one lies beyond the bound', () => {
  const { chosen, peak, remarks } = fitLaws(noisyRows([0.1, 0.0005, 300], 'bound')).result;
  assert.notEqual(chosen, 'none');
  assert.equal(peak.status, 'none');
  const bound = remarks?.find(({ code }) => code === 'peak-bound');
  assert.ok(Number(bound?.values['n']) > 10 && Number(bound?.values['n']) < Math.sqrt(0.9 / 0.0005));
});

test('a hard cap fits no law, and the repetitions say so', () => {
  const capped = [1, 2, 4, 8, 16, 32].flatMap((n) =>
    [1.01, 0.99, 1].map((factor) => ({ n, x: Math.min(100 * n, 800) * factor })),
  );
  const { chosen, lackOfFit, reasonCode, peak } = fitLaws(capped).result;
  assert.equal(chosen, 'none');
  assert.equal(reasonCode, 'cap');
  assert.deepEqual(lackOfFit?.df, [3, 12]);
  assert.ok((lackOfFit?.p ?? 1) < 0.01);
  assert.equal(peak.status, 'none');
});

test('copies of rows are no repetitions: lack of fit cannot be tested', () => {
  const once = noisyRows([0.05, 0.01, 50], 'copies').filter((_, i) => i % noise.length === 0);
  const { lackOfFit, remarks } = fitLaws([...once, ...once]).result;
  assert.equal(lackOfFit, null);
  assert.ok(remarks?.some(({ code }) => code === 'copies'));
});

test('too few rows or levels: fewer laws, and never a chosen USL', () => {
  const one = fitLaws([{ n: 4, x: 10 }]).result;
  assert.deepEqual([one.chosen, one.models.amdahl, one.models.usl], ['none', null, null]);
  assert.equal(one.models.linear?.gamma?.stderr, null);
  const oneLevel = fitLaws([1, 2, 3].map((x) => ({ n: 4, x }))).result;
  assert.deepEqual([oneLevel.chosen, oneLevel.reasonCode], ['none', 'one-level']);
  const five = fitLaws(
    noisyRows([0.05, 0.05, 50], 'five')
      .slice(0, 20)
      .filter((_, i) => i % 4 === 0),
  ).result;
  assert.equal(five.rows, 5);
  assert.ok(five.models.usl && five.chosen !== 'usl');
  const threeLevels = fitLaws(noisyRows([0.05, 0.05, 50], 'three').filter(({ n }) => n > 4)).result;
  assert.equal(threeLevels.levels, 3);
  assert.notEqual(threeLevels.chosen, 'usl');
});

test('without degrees of freedom there are estimates and no errors', () => {
  const { usl } = fitLaws(lawRows([1, 4, 9], [0.1, 0.01, 5], [1])).result.models;
  assertRelative(usl?.alpha?.estimate, 0.1, 1e-9);
  assert.deepEqual(
    [usl?.df, usl?.alpha?.stderr, usl?.alpha?.ci95, usl?.alpha?.profileCi95],
    [0, null, null, null],
  );
  assert.equal(usl?.aicc, null);
});

test('zero throughput is a row like others on the linear scale, and a bug of the caller on the log scale', () => {
  const rows = [...noisyRows([0.05, 0.01, 50], 'zero'), { n: 12, x: 0 }];
  assert.equal(fitLaws(rows, 'linear').result.rows, 25);
  assert.throws(() => fitLaws(rows, 'log'), RangeError);
  assert.throws(() => fitLaws([]), RangeError);
  assert.throws(() => fitLaws([{ n: 0, x: 1 }]), RangeError);
});

test('values eighteen orders apart are fitted, and a fit that fails is not held against the rows', () => {
  const wild = [5, 1e9, 1e-9, 4, 7, 1, 2].map((x, i) => ({ n: 10 ** i, x }));
  const { models, chosen } = fitLaws(wild).result;
  assert.equal(models.linear?.converged, true);
  // ln γ̂ is the mean of ln(x/n).
  const logs = wild.map(({ n, x }) => Math.log(x / n));
  assertRelative(models.linear?.gamma?.estimate, Math.exp(logs.reduce((a, b) => a + b) / 7), 1e-12);
  assert.notEqual(chosen, 'usl');
  const tiny = [1, 2, 2.9, 3.8, 4.6, 5.2].map((x, i) => ({ n: (i + 1) * 1e-5, x }));
  const { result } = fitLaws(tiny);
  const isSaid = result.remarks?.some(({ code }) => code === 'usl-unconverged');
  assert.equal(isSaid, result.models.usl?.converged === false);
});

test('on the linear scale the linear law has its exact interval, also where it passes zero', () => {
  const { gamma } =
    fitLaws(
      [
        { n: 1, x: 9 },
        { n: 2, x: 1 },
        { n: 4, x: 1 },
      ],
      'linear',
    ).result.models.linear ?? {};
  // γ̂ = Σnx/Σn² = 15/21, s² = (83 − 15²/21)/2, t of 2 degrees of freedom.
  const reach = 4.302652729749464 * Math.sqrt((83 - 225 / 21) / 2 / 21);
  assertRelative(gamma?.profileCi95?.[0], 15 / 21 - reach, 1e-12);
  assertRelative(gamma?.profileCi95?.[1], 15 / 21 + reach, 1e-12);
});

test('the band holds the curve, is narrowest among the data, and the curve meets the law', () => {
  for (const scale of ['log', 'linear'] as const) {
    const rows = noisyRows([0.1, 0.005, 300], 'band');
    const { chosen } = fitLaws(rows, scale);
    assert.ok(chosen);
    const curve = lawCurve(chosen, [1, 4, 6, 20]);
    for (const { x, low, high } of curve) assert.ok(low !== null && high !== null && low < x && x < high);
    const widths = curve.map(({ x, low, high }) => ((high ?? 0) - (low ?? 0)) / x);
    assert.ok((widths[3] ?? 0) > (widths[1] ?? 0) && (widths[0] ?? 0) > (widths[1] ?? 0));
    const squares = lawResiduals(chosen, rows).reduce((sum, residual) => sum + residual ** 2, 0);
    assertRelative(squares, fitLaws(rows, scale).result.models[chosen.law]?.rss ?? 0, 1e-9);
  }
});

test('a hundred thousand rows at a few levels are fitted like their sufficient statistics', () => {
  const random = createRandom('many');
  const rows = Array.from({ length: 100_000 }, (_, i) => {
    const n = 1 + (i % 20);
    return { n, x: uslThroughput(n, 0.05, 0.002, 10) * Math.exp(0.1 * random.normal()) };
  });
  const { models, lackOfFit } = fitLaws(rows).result;
  const { alpha } = models.usl ?? {};
  assert.ok(alpha?.ci95 && alpha.ci95[0] < 0.05 && 0.05 < alpha.ci95[1]);
  assert.deepEqual(lackOfFit?.df, [17, 99_980]);
});
