import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellResult, Results, TrialResult } from '@escala/model';
import { comparisonsOf } from '../src/compare/comparable-cells.ts';
import { lawsOf } from '../src/study/laws.ts';
import { speedupsOf } from '../src/study/speedups.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

/** Start and end take as long as the window itself: over the makespan, throughput is half as much. */
function withSlowEnds(trials: readonly TrialResult[]): TrialResult[] {
  return trials.map((trial) => ({ ...trial, throughputMakespan: (trial.throughputWindow ?? 0) / 2 }));
}

const asBurst = (cells: readonly CellResult[], isBurst: (cell: CellResult) => boolean): CellResult[] =>
  cells.map((cell) => (isBurst(cell) ? { ...cell, kind: 'burst' } : cell));

function study(systems: readonly string[]): Results {
  const cells = systems.flatMap((system) =>
    [1, 2, 4].map((replicas) => simulatedCell({ system, replicas, clients: 40, messages: 100 })),
  );
  return analyseKnownStudy({
    seed: 'measure',
    cells,
    rounds: 5,
    noise: 0.01,
    truth: ({ replicas }) => 400 * replicas,
  });
}

test('equal systems stay equal where one was too short for a window', () => {
  const { cells, trials, experiment } = study(['node', 'twin']);
  const mixed = asBurst(cells, ({ cell }) => cell.system === 'twin');
  const [comparison] = comparisonsOf(mixed, withSlowEnds(trials), experiment);
  assert.equal(comparison?.cells.length, 3);
  for (const { ratio } of comparison?.cells ?? [])
    assert.ok(Math.abs((ratio ?? 0) - 1) < 0.05, String(ratio));
});

test('a speed-up and a law take one measure for all their cells', () => {
  const { cells, trials } = study(['node']);
  const mixed = asBurst(cells, ({ cell }) => cell.replicas === 4);
  const [series] = speedupsOf(mixed, withSlowEnds(trials));
  const last = series?.points.at(-1)?.speedup.value ?? 0;
  assert.ok(Math.abs(last - 4) < 0.2, `the speed-up on four replicas is ${last}`);

  const alongDiagonal = (cells: typeof mixed) =>
    lawsOf(cells, withSlowEnds(trials)).find(({ held }) => held.what === 'clients-per-replica');
  const points = alongDiagonal(mixed)?.points ?? [];
  assert.equal(points.length, 0, 'no two of these cells have the same clients per replica');
  const onDiagonal = mixed.map(({ cell, ...rest }) => ({
    ...rest,
    cell: { ...cell, clients: 10 * cell.replicas },
  }));
  const law = alongDiagonal(onDiagonal);
  assert.equal(law?.points.length, 15);
  for (const { n, x } of law?.points ?? []) assert.ok(Math.abs(x / (200 * n) - 1) < 0.1, `${x} at ${n}`);
});
