import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { type ComparablePair, compareCells } from '../src/compare/compare-cells.ts';

/** A round makes both sides slower or faster by up to half; B itself is 2 to 6 % faster than A. */
const rounds = [1, 2, 3, 4, 5, 6];
const weather = [0.6, 1.5, 0.9, 1.2, 0.7, 1.4];
const gain = [1.02, 1.06, 1.04, 1.05, 1.03, 1.04];

function pairOf(replicas: number): ComparablePair {
  const cell = { replicas, clients: 10, messages: 100 };
  const side = (factor: (i: number) => number) => ({
    cell,
    factors: cell,
    byRound: new Map(rounds.map((round, i) => [round, 100 * replicas * (weather[i] ?? 1) * factor(i)])),
  });
  return { a: side(() => 1), b: side((i) => gain[i] ?? 1) };
}

const settings = { metric: 'throughput', margin: 0.03 } as const;
const pairs = [pairOf(1), pairOf(2)];

test('of rounds side by side, what a round did to both is in no interval', () => {
  const paired = compareCells(pairs, { ...settings, paired: true }).overall?.ci95;
  const apart = compareCells(pairs, { ...settings, paired: false }).overall?.ci95;
  assert.ok(paired && (paired.low ?? 0) > 1.02 && (paired.high ?? 9) < 1.06, JSON.stringify(paired));
  assert.ok(apart && (apart.low ?? 9) < 0.95 && (apart.high ?? 0) > 1.1, JSON.stringify(apart));
});

test('rounds that would settle a cell are counted from the differences of its pairs', () => {
  const small = pairs.map(({ a, b }) => ({
    a,
    b: { ...b, byRound: new Map([...a.byRound].map(([round, x], i) => [round, x * (1 + (-1) ** i * 0.04)])) },
  }));
  const [paired] = compareCells(small, { ...settings, paired: true }).cells;
  const [apart] = compareCells(small, { ...settings, paired: false }).cells;
  assert.equal(paired?.verdict, 'inconclusive');
  // s of the differences is .044: (2.23·.044/ln 1.03)² = 11 pairs; s of a side is .4, which needs a thousand.
  assert.ok(
    (paired.roundsNeeded ?? 0) >= 9 && (paired.roundsNeeded ?? 99) <= 14,
    String(paired.roundsNeeded),
  );
  assert.ok((apart?.roundsNeeded ?? 0) > 500, String(apart?.roundsNeeded));
});

test('overall says over how many cells it is', () => {
  const once = pairOf(4);
  const single = {
    a: { ...once.a, byRound: new Map([[1, 100]]) },
    b: { ...once.b, byRound: new Map([[1, 300]]) },
  };
  const { cells, overall } = compareCells([...pairs, single], { ...settings, paired: true });
  assert.equal(cells.length, 3);
  assert.equal(overall?.cells, 2);
  assert.ok(Math.abs((overall?.value ?? 0) - 1.04) < 0.001, String(overall?.value));
});

test('overall of one cell has the interval of this cell', () => {
  for (const paired of [true, false]) {
    const { cells, overall } = compareCells([pairOf(1)], { ...settings, paired });
    const [low, high] = cells[0]?.ci95 ?? [0, 0];
    assert.ok(Math.abs((overall?.ci95?.low ?? 0) / low - 1) < 1e-12);
    assert.ok(Math.abs((overall?.ci95?.high ?? 0) / high - 1) < 1e-12);
  }
});

for (const count of [2, 5]) {
  test(`95 % intervals of overall cover the truth with ${count} rounds, too`, (t) => {
    const studies = 600;
    for (const paired of [true, false]) {
      const random = createRandom(`overall ${count} ${paired}`);
      let hits = 0;
      for (let i = 0; i < studies; i++) {
        const side = () => ({
          cell: { replicas: 1, clients: 10, messages: 100 },
          factors: {},
          byRound: new Map(rounds.slice(0, count).map((round) => [round, Math.exp(0.05 * random.normal())])),
        });
        const three = Array.from({ length: 3 }, () => ({ a: side(), b: side() }));
        const { low, high } = compareCells(three, { ...settings, paired }).overall?.ci95 ?? {};
        if ((low ?? 2) <= 1 && 1 <= (high ?? 0)) hits++;
      }
      t.diagnostic(`${paired ? 'paired' : 'apart'}: ${hits} of ${studies}`);
      assert.ok(hits / studies >= 0.92, `${hits} of ${studies}`);
    }
  });
}
