import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { openAnalysis } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

/** Busier systems than in `known-queues.test.ts`: their means settle slowly, so several runs are pooled by their mean. */
const systems = [
  { name: 'M/M/1 at 80 of 100/s', rate: 80, parallelism: 1, meanUs: 50_000, p99Us: 230_258.5 },
  { name: 'M/M/4 at 350 of 400/s', rate: 350, parallelism: 4, meanUs: 24_757.2, p99Us: null },
];
const runs = 12;
const requests = 200_000;

for (const { name, rate, parallelism, meanUs, p99Us } of systems) {
  test(`${name}: mean latency within 2 % over ${runs} runs of ${requests} requests`, async (t) => {
    const folder = temporaryFolder(t);
    await using analysis = await openAnalysis();
    const cell = simulatedCell({ replicas: 1, clients: 100, messages: 1, ratePerSecond: rate });
    const service = { timeUs: 10_000, parallelism, kind: 'wait' } as const;
    let [mean, p99] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const load = { kind: 'open', ratePerSecond: rate, requests } as const;
      const seed = `${name} ${run}`;
      const rows = rowsOf(
        simulateQueue({
          seed,
          replicas: 1,
          parallelism,
          serviceUs: 10_000,
          serviceDistribution: 'exponential',
          load,
        }),
      );
      await writeSimulatedRun(folder, simulatedExperiment([cell], { service }), [
        { cell, round: 1, rows, planned: rows.length },
      ]);
      const [trial] = (await analysis.analyzeRun(folder)).trials;
      mean += (trial?.latencyUs?.mean ?? 0) / runs;
      p99 += (trial?.latencyUs?.p99 ?? 0) / runs;
    }
    t.diagnostic(`mean ${mean.toFixed(1)} of ${meanUs}, p99 ${p99.toFixed(0)} of ${p99Us}`);
    assert.ok(Math.abs(mean / meanUs - 1) < 0.02, `mean ${mean}`);
    if (p99Us !== null) assert.ok(Math.abs(p99 / p99Us - 1) < 0.03, `p99 ${p99}`);
  });
}
