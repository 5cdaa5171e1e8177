import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellResult, TrialResult } from '@escala/model';
import { asymptotesOf, kneesOf } from '../src/study/knees.ts';
import { lawsOf } from '../src/study/laws.ts';
import { speedupsOf } from '../src/study/speedups.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell } from './oracle/simulated-experiment.ts';

const thinkTimesUs = [0, 90_000];
const study = analyseKnownStudy({
  seed: 'factors',
  cells: thinkTimesUs.flatMap((thinkTimeUs) =>
    [1, 2, 4].flatMap((replicas) =>
      [10, 20, 40].map((clients) => {
        const key = `think${thinkTimeUs}-r${replicas}-c${clients}`;
        return simulatedCell({ replicas, clients, messages: 100, thinkTimeUs, key });
      }),
    ),
  ),
  rounds: 1,
  noise: 0,
  truth: ({ replicas }) => 400 * replicas,
});
/** Every request takes 10 ms. The planted facts know no think time, so the audits are left aside here. */
const meanUs = 10_000;
const percentiles = { p50: meanUs, p90: null, p95: null, p99: null, p999: null };
const pooledLatencyUs = {
  n: 1,
  min: meanUs,
  mean: meanUs,
  max: meanUs,
  standardDeviation: null,
  ...percentiles,
};
const cells: CellResult[] = study.cells.map((cell) => ({
  ...cell,
  verdict: 'VALID',
  throughput: cell.throughputWithExcluded ?? null,
  pooledLatencyUs,
}));
const trials = study.trials.map((trial): TrialResult => ({ ...trial, verdict: 'VALID' }));

test('each think time has asymptotic knees of its own, where its own bounds meet', () => {
  const found = kneesOf(cells).filter(({ definition }) => definition === 'asymptotic');
  assert.deepEqual(
    found.map(({ factors, replicas, clients }) => [factors?.thinkTimeUs, replicas, Math.round(clients ?? 0)]),
    // (10 ms + think time) · 400/s a replica.
    [
      [0, 1, 4],
      [0, 2, 8],
      [0, 4, 16],
      [90_000, 1, 40],
      [90_000, 2, 80],
      [90_000, 4, 160],
    ],
  );
});

test('what is above cells names the factors of its curve, so that no two have the same name', () => {
  const laws = lawsOf(cells, trials).map(({ over, held, factors }) => ({ over, held, factors }));
  const speedups = speedupsOf(cells, trials).map(({ clients, factors }) => ({ clients, factors }));
  const bounds = asymptotesOf(cells).map(({ replicas, factors }) => ({ replicas, factors }));
  for (const names of [laws, speedups, bounds].map((list) => list.map((one) => JSON.stringify(one)))) {
    assert.ok(names.length >= 6);
    assert.equal(new Set(names).size, names.length);
  }
});
