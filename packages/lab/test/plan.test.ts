import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { blockKey, cellsOf, runFiles } from '@escala/model';
import { readManifest } from '@escala/model/study';
import fc from 'fast-check';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { simulatedManifest } from '../../analysis/test/oracle/simulated-run.ts';
import { parseExperiment, planStudy, readExperiment } from '../src/index.ts';

const experiments = join(import.meta.dirname, '../../../experiments');
const { experiment: founding } = await readExperiment(join(experiments, 'founding.yaml'));

test('the founding matrix is exactly as it was written', () => {
  assert.deepEqual(founding.replicas, [2, 4, 6, 8, 10]);
  assert.deepEqual(founding.clients, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  assert.deepEqual(founding.messages, [1, 10, 100]);
  assert.deepEqual(founding.service, { timeUs: 1_000, parallelism: 1, kind: 'wait' });
  const cells = cellsOf(founding);
  assert.equal(cells.length, 150);
  assert.equal(
    cells.reduce((sum, { clients, messages }) => sum + clients * messages, 0),
    305_250,
  );
  assert.equal(new Set(cells.map(({ key }) => key)).size, 150);
});

test('the long form has six message counts and ten rounds', async () => {
  const { experiment } = await readExperiment(join(experiments, 'founding-long.yaml'));
  assert.deepEqual(experiment.messages, [1, 10, 100, 500, 1_000, 10_000]);
  assert.equal(experiment.rounds, 10);
});

test('every round runs each cell once, whatever the seed', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 4 }), (seed, rounds) => {
      const plan = planStudy({ ...founding, seed, rounds });
      const trials = plan.flatMap((block) => block.trials);
      assert.deepEqual(
        trials.map(({ planIndex }) => planIndex),
        trials.map((_, i) => i),
      );
      for (let round = 1; round <= rounds; round++) {
        const keys = trials.filter((trial) => trial.round === round).map(({ cell }) => cell.key);
        assert.equal(new Set(keys).size, 150);
        assert.equal(keys.length, 150);
      }
    }),
    { numRuns: 20 },
  );
});

test('the same seed gives the same plan, another seed another one, and rounds differ in order', () => {
  const order = (seed: number) =>
    planStudy({ ...founding, seed, rounds: 2 }).flatMap((block) => block.trials.map(({ cell }) => cell.key));
  assert.deepEqual(order(7), order(7));
  assert.notDeepEqual(order(7), order(8));
  assert.notDeepEqual(order(7).slice(0, 150), order(7).slice(150));
});

test('the blocks of the systems are adjacent inside a level of replicas', () => {
  const experiment = parseExperiment(
    'systems: [node, python, go]\nreplicas: [2, 4, 6]\nclients: 3\nmessages: 1\nrounds: 3',
    'x.yaml',
  );
  const levels = planStudy(experiment).map(({ round, replicas }) => `${round}/${replicas}`);
  const changes = levels.filter((level, i) => level !== levels[i - 1]);
  assert.equal(changes.length, new Set(levels).size);
});

test('kinds of storage are blocks of their own, clients per pod are cells of one', () => {
  const kubernetes = '{ storage: [shared, per-replica], clientsPerPod: [1, 5] }';
  const text = `systems: [node, go]\nreplicas: [2, 4]\nclients: 10\nmessages: [1, 9]\nkubernetes: ${kubernetes}`;
  const plan = planStudy(parseExperiment(text, 'x.yaml'));
  assert.equal(plan.length, 2 * 2 * 2);
  assert.equal(new Set(plan.map(blockKey)).size, plan.length);
  const keys = plan.flatMap((block) => block.trials.map(({ cell }) => cell.key));
  assert.equal(new Set(keys).size, plan.length * 2 * 2);
  assert.ok(keys.includes('go-r4-c10-m9-per-replica-perpod5'));
  for (const { storage, trials } of plan) {
    assert.deepEqual(new Set(trials.map(({ cell }) => cell.storage)), new Set([storage]));
    assert.deepEqual(new Set(trials.map(({ cell }) => cell.clientsPerPod)), new Set([1, 5]));
  }
});

test('a factor of the cluster with one level leaves the cells as they are on processes', () => {
  const text = 'replicas: 2\nclients: 10\nmessages: 1\n';
  const settings = 'kubernetes: { storage: ephemeral, clientsPerPod: 1 }';
  const [here, there] = [text, text + settings].map((lines) => parseExperiment(lines, 'x.yaml'));
  assert.deepEqual(there?.kubernetes.storage, ['ephemeral']);
  assert.deepEqual(there && cellsOf(there), here && cellsOf(here));
});

test('a run from before storage and clients per pod were factors is read with one level of each', async (context) => {
  const folder = temporaryFolder(context);
  const kubernetes = { ...founding.kubernetes, storage: 'per-replica', clientsPerPod: 1 };
  const manifest = {
    ...simulatedManifest(founding, []),
    experiment: { ...founding, kubernetes },
    plan: planStudy(founding),
  };
  await writeFile(join(folder, runFiles.manifest), JSON.stringify(manifest));
  const { experiment } = await readManifest(folder);
  assert.deepEqual(experiment.kubernetes.storage, ['per-replica']);
  assert.deepEqual(planStudy(experiment), planStudy(founding));
});
