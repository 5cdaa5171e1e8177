import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellResult, TrialResult } from '@escala/model';
import { poolCell } from '../src/pool-cells.ts';
import { lawsOf } from '../src/study/laws.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

const cells = [1, 2, 4, 6, 8, 10].map((replicas) =>
  simulatedCell({ replicas, clients: 10 * replicas, messages: 100 }),
);
const study = analyseKnownStudy({
  seed: 'left out',
  cells,
  rounds: 6,
  noise: 0.01,
  truth: ({ replicas }) => (1_000 * replicas) / (1 + 0.05 * (replicas - 1)),
});
const last = cells.at(-1)?.key;

function diagonal(results: readonly CellResult[], trials: readonly TrialResult[]) {
  const law = lawsOf(results, trials).find(({ held }) => held.what === 'clients-per-replica');
  assert.ok(law?.fit);
  return law;
}

test('where nothing is left out, no second fit is shown', () => {
  assert.equal(diagonal(study.cells, study.trials).fitWithExcluded, null);
});

test('a deployment that is INVALID is left out of the law, and the fit with it stands beside', () => {
  const trials = study.trials.map((trial) =>
    trial.cell === last && trial.round === 2
      ? { ...trial, verdict: 'INVALID' as const, throughputWindow: (trial.throughputWindow ?? 0) / 4 }
      : trial,
  );
  const { points, fit, fitWithExcluded } = diagonal(study.cells, trials);
  assert.deepEqual([points.length, fit?.rows, fitWithExcluded?.rows], [35, 35, 36]);
  const [without, withIt] = [fit, fitWithExcluded].map((one) => one?.models.amdahl?.rss ?? 0);
  assert.ok((withIt ?? 0) > 10 * (without ?? 0));
});

test('a cell limited by its clients is in no law over replicas, and the fit with it stands beside', () => {
  const results = study.cells.map((cell) =>
    cell.cell.key === last ? { ...cell, regime: 'client-limited' as const } : cell,
  );
  const { points, fitWithExcluded } = diagonal(results, study.trials);
  assert.ok(points.every(({ cell }) => cell !== last));
  assert.equal(fitWithExcluded?.rows, 36);
});

test('a fit that no law describes has no curve and no residuals', () => {
  const trials = study.trials.map((trial) =>
    trial.cell === cells[2]?.key ? { ...trial, throughputWindow: (trial.throughputWindow ?? 0) / 2 } : trial,
  );
  const { fit, curve, residuals } = diagonal(study.cells, trials);
  assert.equal(fit?.chosen, 'none');
  assert.deepEqual([curve, residuals], [[], []]);
});

test('an INVALID round that was too short for a window does not change how the others are measured', () => {
  const trials = study.trials.filter(({ cell }) => cell === last);
  const cell = cells.at(-1);
  assert.ok(cell);
  const [first, ...others] = trials;
  assert.ok(first);
  const invalid = { ...first, verdict: 'INVALID', kind: 'burst', throughputWindow: null } as const;
  const pooled = poolCell(cell, [invalid, ...others], others, { summary: null, spectrum: [] }, []);
  assert.deepEqual([pooled.verdict, pooled.kind, pooled.throughput?.n], ['INVALID', 'steady', 5]);
});

test('a round far from the others is flagged, and stays in', () => {
  const trials = study.trials.filter(({ cell }) => cell === last);
  const cell = cells.at(-1);
  assert.ok(cell);
  const pooled = (all: readonly TrialResult[]) =>
    poolCell(cell, all, all, { summary: null, spectrum: [] }, []);
  assert.deepEqual(pooled(trials).outlyingRounds, []);
  const slow = trials.map((trial) =>
    trial.round === 3 ? { ...trial, throughputWindow: (trial.throughputWindow ?? 0) / 2 } : trial,
  );
  assert.deepEqual(pooled(slow).outlyingRounds, [3]);
  assert.equal(pooled(slow).throughput?.n, 6);
});
