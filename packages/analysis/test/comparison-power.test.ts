import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { type ComparablePair, compareCells } from '../src/compare/compare-cells.ts';
import { comparisonPower } from '../src/compare/power.ts';
import { slowerBeyondMargin } from '../src/compare-runs.ts';

const random = createRandom('comparison-power');

/** Cells with these spreads of the logarithm on each side, of which some are slower. */
function plantedPairs(spreads: readonly number[], n: number, slowdowns: readonly number[]): ComparablePair[] {
  return spreads.map((spread, i) => {
    const side = (mean: number) => {
      const byRound = Array.from(
        { length: n },
        (_, at) => [at + 1, mean * Math.exp(spread * random.normal())] as const,
      );
      const levels = { replicas: 1, clients: i + 1, messages: 40 };
      return { cell: levels, factors: levels, byRound: new Map(byRound) };
    };
    return { a: side(1_000), b: side(1_000 * (1 - (slowdowns[i] ?? 0))) };
  });
}

const settings = { metric: 'throughput', margin: 0.05, paired: true } as const;

/** The share of planted comparisons in which a cell is slower beyond the margin. */
function foundShare(spreads: readonly number[], n: number, slowdowns: readonly number[]): number {
  const studies = 600;
  let found = 0;
  for (let i = 0; i < studies; i++) {
    const comparison = {
      ...settings,
      a: 'a',
      b: 'b',
      ...compareCells(plantedPairs(spreads, n, slowdowns), settings),
    };
    if (slowerBeyondMargin(comparison).length > 0) found++;
  }
  return found / studies;
}

/** Values that have exactly this spread, so that the power is that of it: mirrored around the mean. */
function exactPairs(spreads: readonly number[], n: number): ComparablePair[] {
  const logs = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const scale = Math.sqrt((n - 1) / n);
  return plantedPairs(spreads, n, []).map(({ a, b }, i) => {
    const of = (sign: number) =>
      new Map(
        logs.map((log, at) => [at + 1, Math.exp((sign * log * scale * (spreads[i] ?? 0)) / Math.SQRT2)]),
      );
    return { a: { ...a, byRound: of(-1) }, b: { ...b, byRound: of(1) } };
  });
}

test('compare finds planted slowdowns as often as the power says, in one cell and in all', () => {
  const [spreads, n] = [[0.03, 0.08], 10];
  const power = comparisonPower(exactPairs(spreads, n), settings);
  assert.deepEqual(power?.rounds, [10, 20, 40]);
  power?.cells.forEach(({ spread }, i) => {
    assert.ok(Math.abs(spread - (spreads[i] ?? 0) * Math.SQRT2) < 1e-12, String(spread));
  });
  const near = (found: number, said = 0) => assert.ok(Math.abs(found - said) < 0.06, `${found}, not ${said}`);
  for (const [j, slowdown] of [0.05, 0.1].entries()) {
    near(foundShare(spreads, n, [slowdown, 0]), power?.cells[0]?.chances[0]?.[j]);
    near(foundShare(spreads, n, [0, slowdown]), power?.cells[1]?.chances[0]?.[j]);
    const everywhere = foundShare(spreads, n, [slowdown, slowdown]);
    assert.ok(everywhere > (power?.everywhere[0]?.[j] ?? 1) - 0.04, `${everywhere}`);
  }
});

test('with more rounds more is found, a slowdown of the margin never by more than half, and one round tells nothing', () => {
  const power = comparisonPower(exactPairs([0.02], 6), settings);
  const [now, twice, more] = power?.cells[0]?.chances.map(([, ten]) => ten ?? 0) ?? [];
  assert.ok((now ?? 1) < (twice ?? 0) && (twice ?? 1) < (more ?? 0) && (more ?? 0) > 0.99);
  for (const [atMargin] of power?.cells[0]?.chances ?? []) assert.ok((atMargin ?? 1) <= 0.5 + 1e-9);
  assert.equal(comparisonPower(exactPairs([0.02], 1), settings), null);
});
