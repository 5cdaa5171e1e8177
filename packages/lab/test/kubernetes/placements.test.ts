import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { V1PodSpec } from '@kubernetes/client-node';
import { preferNodes } from '../../src/targets/kubernetes/objects/fields.ts';
import type { KubernetesTarget } from '../../src/targets/kubernetes/target.ts';
import { PlantedApiServer, plantedExperiment, plantedStudy } from './planted-api-server.ts';

async function incidentsOf(target: KubernetesTarget, block: string) {
  const [system] = plantedExperiment.systems;
  assert.ok(system);
  const experiment = { ...plantedExperiment, systems: [{ ...system, ledger: 'none' as const }] };
  const [stranger] = experiment.systems;
  assert.ok(stranger);
  await using deployment = await target.deploy({ system: stranger, experiment, replicas: 1, block });
  return deployment.incidents();
}

test('a block is told to go where as many replicas were, and an incident tells when it could not', async (context) => {
  const planted = await PlantedApiServer.start(context, 1);
  await using target = plantedStudy(planted.connect(), undefined);
  await target.prepare();
  assert.deepEqual(await incidentsOf(target, 'b1'), []);
  assert.deepEqual(await incidentsOf(target, 'b2'), []);
  planted.node = 'two';
  const [incident] = await incidentsOf(target, 'b3');
  assert.equal(incident?.code, 'placed-elsewhere');
  assert.equal(incident.detail, 'two ×1; before: one ×1');
});

test('a study that goes on knows from the life before where as many replicas were first', async (context) => {
  const planted = await PlantedApiServer.start(context, 1);
  const before = [
    { replicas: 1, nodes: { two: 1 } },
    { replicas: 1, nodes: { one: 1 } },
    { replicas: 2, nodes: { one: 2 } },
  ];
  await using target = plantedStudy(planted.connect(), undefined, before);
  await target.prepare();
  const [incident] = await incidentsOf(target, 'b4');
  assert.equal(incident?.detail, 'one ×1; before: two ×1');
  planted.node = 'two';
  assert.deepEqual(await incidentsOf(target, 'b5'), []);
});

test('a node is wanted by its share of the pods, beside what the file asks for', () => {
  const pod: V1PodSpec = { containers: [], affinity: { podAffinity: {} } };
  preferNodes(
    pod,
    new Map([
      ['a', 2],
      ['b', 1],
    ]),
  );
  const terms = pod.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  assert.deepEqual(
    terms?.map(({ weight, preference }) => [weight, preference.matchFields?.[0]?.values]),
    [
      [100, ['a']],
      [50, ['b']],
    ],
  );
  assert.ok(pod.affinity?.podAffinity);
});
