import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Cell, systemClock } from '@escala/model';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { parseExperiment } from '../../src/index.ts';
import { KubernetesTarget } from '../../src/targets/kubernetes/target.ts';
import { PlantedApiServer, plantedExperiment, plantedStudy } from './planted-api-server.ts';
import { withPlantedCluster } from './planted-cluster.ts';

test('a study holds its lease from the moment its namespace is made, so that no clean takes it', async (context) => {
  const changes: string[] = [];
  const experiment = parseExperiment(
    'replicas: 1\nclients: 1\nmessages: 1\nkubernetes: { images: none }',
    'study.yaml',
  );
  const target = new KubernetesTarget({
    run: '20261120t120000-planted',
    experiment,
    clock: systemClock,
    signal: new AbortController().signal,
    kind: false,
    isResumed: false,
    placed: [],
    context: 'planted',
    namespace: undefined,
  });
  const namespace = 'escala-20261120t120000-planted';
  const objects = (path: string) =>
    path.endsWith('/leases') && changes.length > 1 ? [{ metadata: { name: 'escala-run' } }] : [];
  const prepared = withPlantedCluster(
    context,
    (request, response) => {
      const path = new URL(request.url ?? '', 'http://planted').pathname;
      const isChange = request.method !== 'GET' && !path.endsWith('/selfsubjectaccessreviews');
      if (isChange) changes.push(`${request.method} ${path.split('/').slice(-2).join('/')}`);
      // Here the study ends, whatever else it would make.
      if (path.includes('/secrets') && isChange) response.writeHead(403).end('{"message":"no more"}');
      else
        response.end(
          JSON.stringify(
            isChange
              ? { kind: 'Any', metadata: { name: 'any' } }
              : { gitVersion: 'v1', items: objects(path), status: { allowed: true } },
          ),
        );
    },
    () => target.prepare(),
  );
  await assert.rejects(prepared, { code: 'RIGHT_MISSING' });
  assert.deepEqual(changes, ['POST v1/namespaces', `POST ${namespace}/leases`, 'PATCH secrets/escala-run']);
  await target[Symbol.asyncDispose]();
  assert.deepEqual(changes.slice(3, 4), ['DELETE leases/escala-run']);
  assert.match(changes[4] ?? '', /^DELETE namespaces\//);
});

test('agents and collector start beside the first servers, and no later block makes them again', async (context) => {
  const planted = await PlantedApiServer.start(context, 1);
  await using target = plantedStudy(planted.connect(), undefined);
  await target.prepare();
  const experiment = plantedExperiment;
  const [system] = experiment.systems;
  assert.ok(system);
  const made = () => planted.calls.filter((call) => /^PATCH .*\/(jobs|pods)\/\*$/.test(call)).length;
  await using first = await target.deploy({ system, experiment, replicas: 1, block: 'b1' });
  assert.equal(made(), 2);
  const agents = await target.agents({ clients: 1 } as Cell);
  await first[Symbol.asyncDispose]();
  await using _second = await target.deploy({ system, experiment, replicas: 1, block: 'b2' });
  assert.deepEqual(await target.agents({ clients: 1 } as Cell), agents);
  assert.equal(made(), 2);
});

test('secrets lie in the study’s Secret and in no other object, and agents are made again for a new value', async (context) => {
  const file = join(temporaryFolder(context), 'token');
  writeFileSync(file, 'first-s3cr3t\n');
  const experiment = parseExperiment(
    `systems: [{ name: node, headers: { authorization: { file: ${file}, prefix: "Bearer " } } }]
replicas: 1
clients: 1
messages: 1
kubernetes: { images: none }`,
    'study.yaml',
  );
  const planted = await PlantedApiServer.start(context, 1);
  await using target = plantedStudy(planted.connect(), undefined, [], experiment);
  await target.prepare();
  const holding = (text: string) =>
    [...planted.objects].filter(([, object]) => JSON.stringify(object).includes(text)).map(([path]) => path);
  const jobs = () => planted.calls.filter((call) => /^PATCH .*\/jobs\/\*$/.test(call)).length;
  const [agent] = await target.agents({ clients: 1 } as Cell);
  await target.agents({ clients: 1 } as Cell);
  assert.equal(agent?.holdsSecrets, true);
  assert.equal(jobs(), 1);
  const secret = '/api/v1/namespaces/escala-20261120t120000-planted/secrets/escala-run';
  assert.deepEqual(holding('s3cr3t'), [secret]);
  const held = planted.objects.get(secret)?.stringData?.['request-secrets'];
  assert.deepEqual(JSON.parse(held ?? ''), { node: { headers: ['authorization: Bearer first-s3cr3t'] } });

  writeFileSync(file, 'second-s3cr3t\n');
  await target.agents({ clients: 1 } as Cell);
  assert.equal(jobs(), 2);
  assert.deepEqual([holding('first-s3cr3t'), holding('second-s3cr3t')], [[], [secret]]);
});
