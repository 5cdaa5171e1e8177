import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { findings, type Results } from '@escala/model';
import { resultsJsonSchema } from '@escala/model/study';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { analyzeRun } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const published = join(import.meta.dirname, '../../../docs/reference/results.schema.json');
const systems = ['node', 'go'];

/** Closed cells of two systems, bursts and an open cell, over two rounds, under an SLO. */
async function variedRun(folder: string) {
  const cells = systems.flatMap((system) =>
    [1, 2, 4].flatMap((replicas) =>
      [4, 8, 16].map((clients) => simulatedCell({ system, replicas, clients, messages: 40 })),
    ),
  );
  const trials = [1, 2].flatMap((round) =>
    cells.map((cell) => {
      const { clients, messages, replicas } = cell;
      const load = { kind: 'closed', clients, messages, thinkUs: 0, thinkDistribution: 'fixed' } as const;
      const seed = `${cell.key} ${round}`;
      const rows = rowsOf(
        simulateQueue({
          seed,
          replicas,
          parallelism: 1,
          serviceUs: 1_000,
          serviceDistribution: 'fixed',
          load,
        }),
      );
      return { cell, round, rows, planned: rows.length };
    }),
  );
  const slo = [{ percentile: 0.95, latencyUs: 6_000, failureShare: null }];
  await writeSimulatedRun(folder, simulatedExperiment(cells, { rounds: 2, slo }), trials);
  return await analyzeRun(folder);
}

test('results.json fits its published schema, and every key of a sentence has one', async (t) => {
  const folder = temporaryFolder(t);
  const results = JSON.parse(JSON.stringify(await variedRun(folder))) as Results;
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
    JSON.parse(await readFile(published, 'utf8')),
  );
  assert.ok(validate(results), JSON.stringify(validate.errors?.slice(0, 5), null, 1));
  assert.ok(!validate({ ...results, surprise: 1 }), 'an unknown field does not fit');
  for (const part of ['laws', 'speedups', 'capacities', 'knees', 'asymptotes', 'comparisons'] as const) {
    const [first, ...rest] = results[part];
    assert.ok(first, part);
    assert.ok(!validate({ ...results, [part]: [{ ...first, surprise: 1 }, ...rest] }), `nor one in ${part}`);
  }

  assert.ok(results.laws.length >= 4 && results.speedups.length > 0);
  assert.equal(results.comparisons.length, 2);
  assert.equal(results.capacities.length, 2);
  const keys = [
    ...results.exclusions.map(({ reason }) => reason),
    ...results.laws.flatMap(({ problem }) => problem ?? []),
  ];
  for (const key of keys) assert.ok(key in findings, key);
});

test('the published schema is the one that the code gives', async () => {
  const text = `${JSON.stringify(resultsJsonSchema(), null, 2)}\n`;
  assert.equal(await readFile(published, 'utf8'), text, 'run: npm run generate');
});
