import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Slo, type TrialResult } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { analyzeRun } from '../src/index.ts';
import { capacitiesOf } from '../src/study/capacities.ts';
import { analyseKnownStudy } from './coverage-study.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

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

for (const rounds of [2, 5]) {
  test(`95 % intervals of a capacity cover the truth with ${rounds} rounds, too`, (t) => {
    const noisy = { percentile: null, latencyUs: null, failureShare: 0.02 } as const;
    const random = createRandom(`capacity ${rounds}`);
    const plain = analyseKnownStudy({ seed: 'plain', cells, rounds, noise: 0, truth: () => 400 });
    const experiment = simulatedExperiment(cells, { slo: [noisy] });
    // The share of failures passes 2 % between 20 and 40 clients.
    const truth = { 10: 0.005, 20: 0.02 / 1.2, 40: 0.08 } as Record<number, number>;
    const [below, above] = [Math.log(0.02 / 1.2), Math.log(0.08)];
    const crossing = 20 + (20 * (Math.log(0.02) - below)) / (above - below);
    const requests = 1e6;
    let [hits, known] = [0, 0];
    for (let i = 0; i < 150; i++) {
      const trials = plain.trials.map((trial): TrialResult => {
        const clients = cells.find(({ key }) => key === trial.cell)?.clients ?? 0;
        const reset = Math.round(requests * (truth[clients] ?? 0) * Math.exp(0.1 * random.normal()));
        const outcomes = { ...trial.counts.outcomes, answered: requests - reset, reset };
        return { ...trial, verdict: 'VALID', counts: { ...trial.counts, requests, outcomes } };
      });
      const [result] = capacitiesOf(plain.cells, trials, experiment);
      const interval = result?.capacity[0]?.interpolated?.ci95;
      if (!interval) continue;
      known++;
      if ((interval.low ?? 0) <= crossing && crossing <= (interval.high ?? Number.POSITIVE_INFINITY)) hits++;
    }
    t.diagnostic(`${hits} of ${known}`);
    assert.ok(known > 75 && hits / known >= 0.92, `${hits} of ${known}`);
  });
}

test('a service level is judged in an open loop, too', async (t) => {
  const folder = temporaryFolder(t);
  const cell = simulatedCell({ replicas: 1, clients: 1, messages: 1, ratePerSecond: 100 });
  const service = { parallelism: 1, serviceUs: 2_000, serviceDistribution: 'fixed' } as const;
  const load = { kind: 'open', ratePerSecond: 100, requests: 300 } as const;
  const trials = [1, 2, 3, 4, 5].map((round) => {
    const rows = rowsOf(simulateQueue({ seed: `open ${round}`, replicas: 1, ...service, load }));
    return { cell, round, rows, planned: rows.length };
  });
  const p50 = (latencyUs: number): Slo => ({ percentile: 0.5, latencyUs, failureShare: null });
  const slos = [p50(1_000), p50(60_000)];
  await writeSimulatedRun(folder, simulatedExperiment([cell], { rounds: 5, slo: slos }), trials);
  const results = await analyzeRun(folder);
  assert.deepEqual(results.cells[0]?.sloVerdicts, ['violated', 'met']);
  assert.deepEqual(results.capacities, [], 'capacity is over clients, and an open loop has none');
});
