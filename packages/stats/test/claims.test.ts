import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { fitFamily, fitLaws, type ScalabilityPoint } from '../src/index.ts';
import { describeTally, tallyClaims } from './planted-claims.ts';
import { assertRelative } from './relative.ts';
import { lawRows } from './scalability-data.ts';

const fewLevels = [2, 4, 6, 8, 10];
const points = (...rows: readonly (readonly [number, number])[]): ScalabilityPoint[] =>
  rows.map(([n, x]) => ({ n, x }));

// The long form, claims.long.ts, asks the same of every design with a thousand studies each.
for (const { name, right, ...planted } of [
  { name: 'nothing shared', right: 'linear', rounds: 3, noise: 0.02, alpha: 0, beta: 0 },
  { name: 'a serial share of 5 %', right: 'amdahl', rounds: 1, noise: 0.05, alpha: 0.05, beta: 0 },
  { name: 'a serial share of 20 %', right: 'amdahl', rounds: 3, noise: 0.05, alpha: 0.2, beta: 0 },
  { name: 'a peak inside', right: 'usl', rounds: 3, noise: 0.05, alpha: 0.05, beta: 0.95 / 36 },
] as const) {
  test(`of 60 studies of ${name}, at most three claim what is not so and most claim what is`, () => {
    const tally = tallyClaims({ levels: fewLevels, ...planted }, 60);
    assert.ok(tally.falseClaims <= 3 && tally.falsePeaks <= 3, describeTally(tally));
    assert.ok((tally.claims[right] ?? 0) >= 0.8 * 60, describeTally(tally));
    assert.ok(tally.covered >= 0.85 * 60, describeTally(tally));
  });
}

test('one round with noise leaves linear and Amdahl open, with the growth that the data allow', () => {
  const { chosen, reasonCode, growth, reasonValues } = fitLaws(
    points([2, 1000], [4, 1850], [6, 2900], [8, 3300], [10, 4600]),
  ).result;
  assert.deepEqual([chosen, reasonCode], ['undecided', 'open']);
  assert.deepEqual([growth?.nMin, growth?.nMax, growth?.ideal], [2, 10, 5]);
  assertRelative(growth?.measured, 4.6, 1e-12);
  const [low = 0, high = 0] = growth?.ci95 ?? [];
  assert.ok(low < 4.4 && 5 < high, `${low} to ${high}`);
  // Three degrees of freedom tell too little of the noise for advice.
  assert.equal(reasonValues['needed'], undefined);
});

test('as many rounds as are advised are more than were made, and tell in about as many studies as is said', () => {
  const random = createRandom('advice');
  const draw = (rounds: number) =>
    lawRows(
      fewLevels,
      [0.01, 0, 100],
      Array.from({ length: rounds }, () => 1),
    ).map(({ n, x }) => ({ n, x: x * Math.exp(0.05 * random.normal()) }));
  const advised = Array.from({ length: 100 }, () => fitLaws(draw(2)).result.reasonValues).flatMap(
    ({ needed, chance }) => (needed === undefined ? [] : [{ needed: Number(needed), chance }]),
  );
  assert.ok(advised.length > 20, `${advised.length}`);
  const told = advised.filter(({ needed, chance }) => {
    assert.equal(chance, 80);
    assert.ok(needed > 2, `${needed}`);
    return fitLaws(draw(needed)).result.chosen !== 'undecided';
  });
  assert.ok(told.length >= 0.7 * advised.length, `${told.length} of ${advised.length}`);
});

test('the limits of growth are those of α, wherever α has both', () => {
  const { growth, models } = fitLaws(lawRows([1, 2, 4, 6, 8, 10], [0.1, 0, 50], [1.03, 0.98, 0.99])).result;
  const at = (alpha: number | null | undefined) => 10 / (1 + 9 * (alpha ?? Number.NaN));
  const [low, high] = models.amdahl?.alpha?.profileCi95 ?? [];
  assertRelative(growth?.ci95?.[0], at(high), 1e-6);
  assertRelative(growth?.ci95?.[1], at(low), 1e-6);
});

test('a tiny contention that is sure is still linear within 10 %', () => {
  const { chosen, models } = fitLaws(
    lawRows([1, 2, 4, 6, 8], [0.0022, 0, 100], [1.0002, 0.9999, 0.9998]),
  ).result;
  assert.ok((models.amdahl?.alpha?.profileCi95?.[0] ?? 0) > 0);
  assert.equal(chosen, 'linear');
});

test('throughput that falls from the start is no law, and a share above 1 is said', () => {
  const { chosen, reasonCode, remarks } = fitLaws(
    points([1, 1000], [2, 800], [4, 600], [8, 400], [16, 250], [32, 120]),
  ).result;
  assert.deepEqual([chosen, reasonCode], ['none', 'falls']);
  const share = remarks?.find(({ code }) => code === 'contention-above-one');
  assertRelative(Number(share?.values['estimate']), 3.95, 0.01);
});

test('throughput that stays the same does not grow, exact or not, near N = 1 or far from it', () => {
  for (const start of [1, 100]) {
    for (const factors of [[1], [1.01, 0.99, 1]]) {
      const rows = [1, 2, 4, 8].flatMap((n) => factors.map((x) => ({ n: n * start, x })));
      const turned = rows.map(({ n, x }, i) => ({ n, x: x * (factors.length > 1 ? 1 + (i % 5) / 1e3 : 1) }));
      const { chosen, reasonCode } = fitLaws(turned).result;
      assert.ok(chosen === 'none' ? reasonCode === 'flat' : chosen === 'amdahl', `${chosen} ${reasonCode}`);
    }
  }
});

test('more than linear is superlinear and no law, unless it may still be linear', () => {
  const gain = (power: number) =>
    fitLaws([1, 2, 4, 6, 8].map((n, i) => ({ n, x: 100 * n ** power * (1 + 0.01 * (i % 2)) }))).result;
  assert.deepEqual([gain(1.3).chosen, gain(1.3).reasonCode], ['none', 'superlinear']);
  assert.equal(gain(1.01).chosen, 'linear');
});

test('the level that no law explains is named; those of a law are not, nor the knee of a cap', () => {
  const rows = points([1, 955], [2, 1878], [4, 3548], [8, 55310], [16, 7500], [32, 8000]);
  const { chosen, remarks } = fitLaws(rows).result;
  assert.equal(chosen, 'undecided');
  const named = remarks?.find(({ code }) => code === 'outlying-level')?.values;
  assert.deepEqual([named?.['n'], named?.['x']], [8, 55310]);
  assert.ok(Number(named?.['expected']) > 4000 && Number(named?.['expected']) < 7500);
  const random = createRandom('no outlier');
  let false_ = 0;
  for (let i = 0; i < 60; i++) {
    const true_ = lawRows([1, 2, 4, 8, 16, 32], [0.05, 0.0005, 900]).map(({ n, x }) => ({
      n,
      x: x * Math.exp(0.03 * random.normal()),
    }));
    if (fitLaws(true_).result.remarks?.some(({ code }) => code === 'outlying-level')) false_++;
  }
  assert.ok(false_ <= 3, `${false_} of 60`);
});

test('two levels are too few for a law, and one for anything', () => {
  const two = fitLaws(points([1, 10], [2, 18], [1, 10.1], [2, 18.1])).result;
  assert.deepEqual([two.chosen, two.reasonCode, two.growth?.ideal], ['undecided', 'few-levels', 2]);
  const one = fitLaws(points([4, 10], [4, 11])).result;
  assert.deepEqual([one.chosen, one.reasonCode, one.growth], ['none', 'one-level', null]);
});

test('of many curves without contention few claim any, and a lone strong curve is claimed among them', () => {
  const random = createRandom('family');
  const flatCurve = () => fewLevels.map((n) => ({ n, x: 100 * n * Math.exp(0.05 * random.normal()) }));
  let alone = 0;
  let together = 0;
  for (let study = 0; study < 6; study++) {
    const curves = Array.from({ length: 15 }, flatCurve);
    const isContention = ({ result }: { result: { chosen: string } }) => result.chosen === 'amdahl';
    alone += curves.some((curve) => isContention(fitLaws(curve))) ? 1 : 0;
    together += fitFamily(curves).some(isContention) ? 1 : 0;
  }
  assert.ok(together <= 1 && together <= alone, `${together} together, ${alone} alone`);
  const strong = lawRows(fewLevels, [0.4, 0, 100], [1.01, 0.99, 1.02]);
  assert.equal(fitFamily([...Array.from({ length: 14 }, flatCurve), strong]).at(-1)?.result.chosen, 'amdahl');
});
