import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Cell, Results } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openAnalysis } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { type QueueModel, simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const analysis = await openAnalysis();
after(() => analysis[Symbol.asyncDispose]());
const folder = temporaryFolder(test);

/** Within 2 % of the value that queueing theory gives. */
function near(value: number | null | undefined, truth: number, what: string): void {
  assert.ok(value !== null && value !== undefined, `${what} is there`);
  assert.ok(Math.abs(value / truth - 1) < 0.02, `${what}: ${value} is within 2 % of ${truth}`);
}

async function analyseOpen(name: string, model: QueueModel, changes: Partial<Cell> = {}): Promise<Results> {
  assert.equal(model.load.kind, 'open');
  const rate = model.load.kind === 'open' ? model.load.ratePerSecond : 0;
  const { replicas } = model;
  const cell = simulatedCell({ replicas, clients: 100, messages: 1, ratePerSecond: rate, ...changes });
  const rows = rowsOf(simulateQueue(model));
  const experiment = simulatedExperiment([cell], { service: service(model.parallelism) });
  await writeSimulatedRun(join(folder, name), experiment, [{ cell, round: 1, rows, planned: rows.length }]);
  return await analysis.analyzeRun(join(folder, name));
}

const service = (parallelism: number) => ({ timeUs: 10_000, parallelism, kind: 'wait' }) as const;

test('M/M/1 at λ = 50/s, μ = 100/s: mean 20 ms, p99 92.1 ms, throughput 50/s', async () => {
  const load = { kind: 'open', ratePerSecond: 50, requests: 200_000 } as const;
  const results = await analyseOpen('mm1', {
    seed: 'mm1-2',
    replicas: 1,
    parallelism: 1,
    serviceUs: 10_000,
    serviceDistribution: 'exponential',
    load,
  });
  const [trial] = results.trials;
  near(trial?.throughputWindow, 50, 'throughput');
  near(trial?.latencyUs?.mean, 20_000, 'mean latency');
  near(trial?.latencyUs?.p99, 92_103.4, 'p99');
  assert.equal(
    trial?.verdict,
    'VALID',
    JSON.stringify(trial?.audits.filter(({ status }) => status !== 'pass')),
  );
});

test('M/M/4 at λ = 200/s, μ = 100/s: mean 10.87 ms (Erlang C)', async () => {
  const load = { kind: 'open', ratePerSecond: 200, requests: 200_000 } as const;
  const results = await analyseOpen('mm4', {
    seed: 'mm4-2',
    replicas: 1,
    parallelism: 4,
    serviceUs: 10_000,
    serviceDistribution: 'exponential',
    load,
  });
  near(results.trials[0]?.throughputWindow, 200, 'throughput');
  near(results.trials[0]?.latencyUs?.mean, 10_869.6, 'mean latency');
});

const fixed = { parallelism: 1, serviceUs: 10_000, serviceDistribution: 'fixed' } as const;

test('M/D/1 at λ = 80/s and μ = 100/s: mean 30 ms, as the results’ own curve says; by Little’s law 2.4 in flight', async () => {
  const load = { kind: 'open', ratePerSecond: 80, requests: 200_000 } as const;
  const results = await analyseOpen('md1', { seed: 'md1', replicas: 1, load, ...fixed });
  const [cell] = results.cells;
  near(cell?.meanUs?.value, 30_000, 'mean latency');
  near(cell?.littlesLaw?.inFlight.value, 2.4, 'in flight');
  near(cell?.littlesLaw?.rateTimesResidence.value, 2.4, 'λW');
  const [queue] = results.queues ?? [];
  assert.equal(
    queue?.points.find(({ ratePerSecond }) => ratePerSecond === 80)?.meanUs?.toFixed(6),
    '30000.000000',
  );
});

test('arrivals at two replicas, spread at random, make two M/D/1 queues of half the rate', async () => {
  const load = { kind: 'open', ratePerSecond: 160, requests: 200_000 } as const;
  const results = await analyseOpen('md1-2', { seed: 'md1-2', replicas: 2, load, ...fixed });
  const point = results.queues?.[0]?.points.find(({ ratePerSecond }) => ratePerSecond === 160);
  assert.equal(point?.meanUs?.toFixed(6), '30000.000000');
  near(results.cells[0]?.meanUs?.value, 30_000, 'mean latency');
});

test('theory is silent where its service or its arrivals are others', async () => {
  const load = { kind: 'open', ratePerSecond: 50, requests: 2_000 } as const;
  const model = { seed: 'silent', replicas: 1, load, ...fixed };
  const others = [
    await analyseOpen('parallel', { ...model, parallelism: 2 }),
    await analyseOpen('not-simulated', { ...model, serviceUs: 7_000 }),
    await analyseOpen('uniform', model, { arrivals: 'uniform' }),
  ];
  for (const { queues } of others) assert.deepEqual(queues, []);
});

test('a closed network of 50 clients, Z = 100 ms, S = 10 ms, 4 servers: X = 388.5/s, R = 28.7 ms', async () => {
  const cell = simulatedCell({ replicas: 1, clients: 50, messages: 2_000, thinkTimeUs: 100_000 });
  const load = {
    kind: 'closed',
    clients: 50,
    messages: 2_000,
    thinkUs: 100_000,
    thinkDistribution: 'exponential',
  } as const;
  const rows = rowsOf(
    simulateQueue({
      seed: 'closed',
      replicas: 1,
      parallelism: 4,
      serviceUs: 10_000,
      serviceDistribution: 'exponential',
      load,
    }),
  );
  const experiment = simulatedExperiment([cell], { service: service(4) });
  await writeSimulatedRun(join(folder, 'closed'), experiment, [
    { cell, round: 1, rows, planned: rows.length },
  ]);
  const results = await analysis.analyzeRun(join(folder, 'closed'));
  const [trial] = results.trials;
  near(trial?.throughputWindow, 388.498232897, 'throughput');
  near(trial?.latencyUs?.mean, 28_700.7, 'mean latency');
  const [replica] = trial?.replicas ?? [];
  const meanServiceUs = (replica?.busyUs ?? 0) / (replica?.requests ?? 1);
  const utilisation = ((trial?.throughputWindow ?? 0) * meanServiceUs) / 1e6 / 4;
  near(utilisation, 0.971246, 'utilisation');
  assert.equal(trial?.verdict, 'VALID');
  assert.equal(trial?.kind, 'steady');
});
