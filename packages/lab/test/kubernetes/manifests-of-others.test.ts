import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EscalaError } from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { parseExperiment } from '../../src/index.ts';
import { ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import { applied, readDocuments, titleOf } from '../../src/targets/kubernetes/foreign/documents.ts';
import { withReplicas } from '../../src/targets/kubernetes/foreign/manifests.ts';
import { requireFreeNames } from '../../src/targets/kubernetes/study/free-names.ts';
import { withPlantedCluster } from './planted-cluster.ts';

const hpa = (name: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec: { scaleTargetRef: { kind: Deployment, name: ${name} } }
`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: theirs, labels: { app: api } }
spec: { minReadySeconds: 3 }
`;
const place = { namespace: 'study', run: 'run-1', imageName: (image: string) => image };

/** The manifests of an experiment that lies beside a folder `k8s` with these files. */
function manifestsOf(context: TestContext, files: Readonly<Record<string, string>>, given = 'files: [k8s]') {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'k8s'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'k8s', name), text);
  const [system] = parseExperiment(
    `systems: [{ name: a, manifests: { ${given}, workload: deployment/api, service: api } }]\nreplicas: 1\nclients: 1\nmessages: 1\n`,
    join(folder, 'experiment.yaml'),
  ).systems;
  assert.ok(system?.manifests);
  assert.equal(system.ledger, 'none');
  return system.manifests;
}

test('manifests are taken as they are, but for namespace, label and an autoscaler of the workload', async (context) => {
  const list = `apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings } }]\n`;
  const manifests = manifestsOf(context, {
    'a.yaml': `---\n${deployment}---\n${hpa('api')}---\n${hpa('other')}---\n`,
    'b.yml': list,
    'notes.txt': 'no YAML: at all: ["',
  });
  const documents = await readDocuments('a', manifests);
  const { objects, leftOut } = applied('a', manifests, { documents, place });
  assert.deepEqual(objects.map(titleOf), [
    'Deployment/api',
    'HorizontalPodAutoscaler/other',
    'ConfigMap/settings',
  ]);
  assert.deepEqual(leftOut.map(titleOf), ['HorizontalPodAutoscaler/api']);
  const [server] = objects as [KubernetesObject];
  assert.deepEqual(withReplicas(server, 3), {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'api',
      namespace: 'study',
      labels: { app: 'api', 'app.kubernetes.io/managed-by': 'escala', 'escala/run': 'run-1' },
    },
    spec: { minReadySeconds: 3, replicas: 3 },
  });
});

test('manifests that outlive a study, or are none, are refused by what is wrong', async (context) => {
  const refused = async (text: string, code: string, says: RegExp) => {
    const manifests = manifestsOf(context, { 'a.yaml': text });
    await assert.rejects(
      async () => applied('a', manifests, { documents: await readDocuments('a', manifests), place }),
      (cause: EscalaError) => cause instanceof EscalaError && cause.code === code && says.test(cause.says.en),
    );
  };
  const wide = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
  await refused(`${deployment}---\n${wide}`, 'MANIFESTS_WIDE', /Namespace\/shop/);
  await refused('kind: Deployment\n', 'MANIFESTS_UNFIT', /no object with apiVersion/);
  await refused('# nothing\n', 'MANIFESTS_UNFIT', /holds no objects/);
  await refused('a: [\n', 'MANIFESTS_UNFIT', /a\.yaml/);
});

test('a command prints manifests beside the experiment, and its failure is told in its own words', async (context) => {
  const printing = manifestsOf(context, { 'a.yaml': deployment }, 'command: [cat, k8s/a.yaml]');
  assert.deepEqual((await readDocuments('a', printing)).map(titleOf), ['Deployment/api']);
  const failing = { ...printing, command: ['sh', '-c', 'echo no such chart >&2; exit 3'] };
  await assert.rejects(
    readDocuments('a', failing),
    (cause: EscalaError) => cause.code === 'MANIFESTS_UNFIT' && /no such chart/.test(cause.says.en),
  );
  await assert.rejects(readDocuments('a', { ...printing, command: ['no-such-program'] }), {
    code: 'TOOL_MISSING',
  });
});

test('what lies in a given namespace is not taken over by manifests that name it', async (context) => {
  const manifests = manifestsOf(context, { 'a.yaml': deployment });
  const collection = '/apis/apps/v1/namespaces/study/deployments';
  const { objects } = applied('a', manifests, { documents: await readDocuments('a', manifests), place });
  const experiment = parseExperiment('replicas: 1\nclients: 1\nmessages: 1\n', 'experiment.yaml');
  let run: string | undefined;
  const api = await withPlantedCluster(
    context,
    ({ url = '' }, response) => {
      const isThere = url.startsWith(collection);
      const labels = run === undefined ? {} : { 'escala/run': run };
      response.end(JSON.stringify({ items: isThere ? [{ metadata: { name: 'api', labels } }] : [] }));
    },
    () => ClusterApi.connect('planted'),
  );
  const wanted = { experiment, manifests: objects.map((object) => ({ object, collection })) };
  await assert.rejects(requireFreeNames(api, place, wanted), (cause: EscalaError) => {
    assert.equal(cause.code, 'NAMESPACE_LITTERED');
    assert.match(cause.says.en, /Deployment\/api/);
    return true;
  });
  run = place.run;
  await requireFreeNames(api, place, wanted);
});
