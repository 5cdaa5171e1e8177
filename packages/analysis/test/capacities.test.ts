import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Slo, TrialResult } from '@escala/model';
import { capacitiesOf } from '../src/study/capacities.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';

const levels = [10, 20, 40];
const cells = levels.map((clients) => simulatedCell({ replicas: 1, clients, messages: 100 }));
const study = analyseKnownStudy({ seed: 'capacities', cells, rounds: 3, noise: 0, truth: () => 400 });
const slo: Slo = { percentile: null, latencyUs: null, failureShare: 0.01 };

/** The capacity by failures of a thousand requests at each level, round by round. */
function capacityAt(failures: Readonly<Record<number, readonly number[]>>) {
  const trials = study.trials.map((trial): TrialResult => {
    const clients = cells.find(({ key }) => key === trial.cell)?.clients ?? 0;
    const reset = failures[clients]?.[trial.round - 1] ?? 0;
    const outcomes = { ...trial.counts.outcomes, answered: 1_000 - reset, reset };
    return { ...trial, verdict: 'VALID', counts: { ...trial.counts, requests: 1_000, outcomes } };
  });
  const [result] = capacitiesOf(study.cells, trials, simulatedExperiment(cells, { slo: [slo] }));
  return result?.capacity[0];
}

test('the load at which failures cross their limit lies between the levels around it', () => {
  const { interpolated } = capacityAt({ 10: [1, 2, 1], 20: [3, 4, 3], 40: [90, 80, 95] }) ?? {};
  assert.ok(interpolated && interpolated.value > 20 && interpolated.value < 40, JSON.stringify(interpolated));
});

test('a round without a failure has no logarithm, and is not passed over', () => {
  assert.equal(capacityAt({ 10: [1, 2, 1], 20: [3, 0, 3], 40: [90, 80, 95] })?.interpolated, null);
});
