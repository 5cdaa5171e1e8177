import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { type FitScale, fitLaws } from '../src/index.ts';
import { fitHardCap } from '../src/laws/hard-cap.ts';
import { groupLevels } from '../src/laws/levels.ts';
import { assertRelative } from './relative.ts';
import { lawRows } from './scalability-data.ts';

const levels = [1, 2, 4, 8, 16, 32];
const scales: readonly FitScale[] = ['log', 'linear'];
const capped = (factors: readonly number[]) =>
  levels.flatMap((n) => factors.map((factor) => ({ n, x: Math.min(100 * n, 630) * factor })));

test('an exact cap gives its slope, its capacity and where they meet', () => {
  for (const scale of scales) {
    const cap = fitHardCap(groupLevels(capped([1]), scale));
    assertRelative(cap?.gamma, 100, 1e-14);
    assertRelative(cap?.capacity, 630, 1e-14);
    assertRelative(cap?.n, 6.3, 1e-14);
  }
});

test('no slope and capacity nearby, nor anywhere on a grid, have fewer squares', () => {
  const random = createRandom('caps');
  for (let i = 0; i < 40; i++) {
    const rows = levels.map((n) => ({ n, x: Math.min(100 * n, 900) * Math.exp(0.5 * random.normal()) }));
    for (const scale of scales) {
      const cap = fitHardCap(groupLevels(rows, scale));
      assert.ok(cap);
      // The meeting point is searched where two levels lie on each side of it.
      for (let meeting = 2; meeting <= 16; meeting *= 1.05) {
        for (let gamma = 20; gamma < 500; gamma *= 1.05) {
          const squares = rows.reduce((sum, { n, x }) => {
            const fitted = gamma * Math.min(n, meeting);
            return sum + (scale === 'log' ? Math.log(x / fitted) : x - fitted) ** 2;
          }, 0);
          assert.ok(cap.rss <= squares * (1 + 1e-12), `${scale} ${i}: ${gamma} up to ${meeting}`);
        }
      }
    }
  }
});

test('where a cap describes the data better than any law, it is said and no law is claimed, nor its peak', () => {
  for (const factors of [[1.01, 0.99, 1], [1]]) {
    const rows = capped(factors).map(({ n, x }, i) => ({ n, x: x * (1 + 0.01 * ((i % 3) - 1)) }));
    const { chosen, reasonCode, reasonValues, hardCap, peak } = fitLaws(rows).result;
    assert.deepEqual([chosen, reasonCode, peak.status], ['none', 'cap', 'none']);
    assert.ok(hardCap && Math.abs(hardCap.capacity / 630 - 1) < 0.02);
    assert.equal(reasonValues['capacity'], hardCap.capacity);
  }
});

test('data of a law are no cap, and too few levels show none', () => {
  const rows = lawRows(levels, [0.05, 0.002, 50], [1.01, 0.99, 1]);
  assert.notEqual(fitLaws(rows).result.reasonCode, 'cap');
  assert.equal(fitLaws(lawRows([1, 2, 4], [0.05, 0.002, 50], [1.01, 0.99])).result.hardCap, null);
});
