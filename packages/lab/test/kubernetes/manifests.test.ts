import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerStorage } from '@escala/model';
import type { V1PodSpec } from '@kubernetes/client-node';
import { parseExperiment } from '../../src/index.ts';
import { clientSettings, clientWorkload } from '../../src/targets/kubernetes/objects/client-workload.ts';
import {
  keepTogether,
  probePort,
  setEnvironment,
  setImage,
  setLabels,
  setResources,
} from '../../src/targets/kubernetes/objects/fields.ts';
import {
  clientSource,
  collectorSource,
  loadManifests,
  required,
  sourceOf,
} from '../../src/targets/kubernetes/objects/manifests.ts';
import { claimLabel, labelValue, namespaceName } from '../../src/targets/kubernetes/objects/names.ts';
import { setStorage } from '../../src/targets/kubernetes/objects/storage.ts';
import { serverWorkload } from '../../src/targets/kubernetes/objects/workload.ts';

const systems = ['node', 'python', 'go'].map((name) => sourceOf({ name, ledger: 'api' }));
const claimsOfTheFiles = { storageClass: null, accessMode: null };

async function podsOfAllFiles(): Promise<[string, V1PodSpec | undefined][]> {
  const servers = await Promise.all(
    systems.map(async ({ manifests }) => [
      manifests,
      required(await loadManifests(manifests), 'Deployment').spec?.template.spec,
    ]),
  );
  const job = required(await loadManifests(clientSource.manifests), 'Job').spec?.template.spec;
  const collector = required(await loadManifests(collectorSource.manifests), 'Pod').spec;
  return [...servers, ['client', job], ['collector', collector]] as [string, V1PodSpec | undefined][];
}

test('every pod of the files is restricted, bounded and probed', async () => {
  for (const [name, pod] of await podsOfAllFiles()) {
    assert.equal(pod?.securityContext?.runAsNonRoot, true, name);
    assert.equal(pod?.securityContext?.seccompProfile?.type, 'RuntimeDefault', name);
    assert.equal(pod?.automountServiceAccountToken, false, name);
    for (const container of pod?.containers ?? []) {
      assert.equal(container.securityContext?.allowPrivilegeEscalation, false, name);
      assert.equal(container.securityContext?.readOnlyRootFilesystem, true, name);
      assert.deepEqual(container.securityContext?.capabilities?.drop, ['ALL'], name);
      assert.ok(container.resources?.requests?.['cpu'] && container.resources.limits?.['memory'], name);
      assert.ok(container.startupProbe && container.readinessProbe && container.livenessProbe, name);
      assert.ok(container.lifecycle?.preStop, name);
    }
  }
});

test('preStop and drain end before the kubelet kills', async () => {
  for (const { manifests } of systems) {
    const pod = required(await loadManifests(manifests), 'Deployment').spec?.template.spec;
    const container = pod?.containers[0];
    const sleep = container?.lifecycle?.preStop?.sleep?.seconds ?? Number.NaN;
    const drain = Number.parseInt(container?.env?.find(({ name }) => name === 'DRAIN')?.value ?? '', 10);
    assert.ok((pod?.terminationGracePeriodSeconds ?? 0) > sleep + drain, manifests);
  }
});

test('a hundred client pods and ten servers fit on two cores', async () => {
  const requests = new Map(
    (await podsOfAllFiles()).map(([name, pod]) => [name, pod?.containers[0]?.resources?.requests]),
  );
  const milli = (name: string) => Number.parseInt(requests.get(name)?.['cpu'] ?? '', 10);
  assert.ok(100 * milli('client') + 10 * milli('server/k8s') + milli('collector') <= 2_000);
});

test('fields are set in place of those of the file, and selectors stay', async () => {
  const deployment = required(await loadManifests('server/k8s'), 'Deployment');
  const pod = deployment.spec?.template.spec;
  const before = structuredClone(deployment.spec?.selector);
  setImage(pod, 'other:2');
  setEnvironment(pod, { DATA_DIR: '/data/b1', SERVICE_TIME: '1ms' });
  setLabels(deployment, { 'escala/block': 'b1' });
  const environment = pod?.containers[0]?.env ?? [];
  assert.equal(pod?.containers[0]?.image, 'other:2');
  assert.deepEqual(
    environment.filter(({ name }) => name === 'DATA_DIR'),
    [{ name: 'DATA_DIR', value: '/data/b1' }],
  );
  assert.equal(deployment.spec?.template.metadata?.labels?.['escala/block'], 'b1');
  assert.deepEqual(deployment.spec?.selector, before);
});

test('resources that the experiment names are asked for and bounded; the others are the file’s', async () => {
  const pod = required(await loadManifests('server/k8s'), 'Deployment').spec?.template.spec;
  const container = pod?.containers[0];
  const before = structuredClone(container?.resources);
  setResources(pod, { cpu: null, memory: null });
  assert.deepEqual(container?.resources, before);
  setResources(pod, { cpu: '2', memory: null });
  assert.equal(container?.resources?.limits?.['cpu'], '2');
  assert.equal(container?.resources?.requests?.['cpu'], '2');
  assert.equal(container?.resources?.limits?.['memory'], before?.limits?.['memory']);
});

test('a foreign service is probed by its port, as often as the file says', async () => {
  const pod = required(await loadManifests('server/k8s'), 'Deployment').spec?.template.spec;
  const { periodSeconds } = pod?.containers[0]?.readinessProbe ?? {};
  probePort(pod);
  const { startupProbe, readinessProbe, livenessProbe } = pod?.containers[0] ?? {};
  for (const probe of [startupProbe, readinessProbe, livenessProbe])
    assert.deepEqual([probe?.httpGet, probe?.tcpSocket], [undefined, { port: 'http' }]);
  assert.equal(readinessProbe?.periodSeconds, periodSeconds);
});

test('an experiment says where an image listens, and where servers, clients and collector go and what they may use', async () => {
  const tolerations = [{ key: 'lab', operator: 'Exists' as const, effect: 'NoSchedule' as const }];
  const placed = { nodeSelector: { disk: 'ssd' }, tolerations };
  const limits = { cpu: '200m', memory: '64Mi' };
  const experiment = parseExperiment(
    JSON.stringify({
      systems: [{ name: 'shop', image: 'shop:3', ledger: 'none', port: 3000 }],
      replicas: 1,
      clients: 1,
      messages: 1,
      kubernetes: { servers: placed, clients: { ...placed, resources: limits } },
    }),
    'study.yaml',
  );
  const place = { namespace: 'n', run: 'r', imageName: (image: string) => image };
  const [system] = experiment.systems;
  assert.ok(system);
  const block = { name: 'b', replicas: 1, storage: 'shared' } as const;
  const { servers } = await serverWorkload(system, experiment, place, block);
  const server = servers.spec?.template.spec;
  assert.equal(server?.containers[0]?.ports?.[0]?.containerPort, 3000);
  assert.equal(server?.containers[0]?.env?.find(({ name }) => name === 'PORT')?.value, '3000');
  const { job } = await clientWorkload(place, clientSettings(experiment));
  const client = job.spec?.template.spec;
  for (const pod of [server, client]) {
    assert.deepEqual(pod?.nodeSelector, placed.nodeSelector);
    assert.deepEqual(pod?.tolerations?.at(-1), tolerations[0]);
    assert.ok((pod?.tolerations?.length ?? 0) > 1, 'those of the files stay');
  }
  assert.deepEqual(client?.containers[0]?.resources?.limits, limits);
  const before = { systems: 'node', replicas: 1, clients: 1, messages: 1 };
  const plain = parseExperiment(JSON.stringify({ ...before, systems: ['node'] }), 'study.yaml');
  const { job: unchanged } = await clientWorkload(place, clientSettings(plain));
  assert.equal(unchanged.spec?.template.spec?.containers[0]?.resources?.limits?.['cpu'], undefined);
});

test('clients that keep together do so by a label that they all carry', async () => {
  const job = required(await loadManifests(clientSource.manifests), 'Job');
  const { spec, metadata } = job.spec?.template ?? {};
  keepTogether(spec, { 'app.kubernetes.io/component': 'client' });
  const [term] = spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  for (const [name, value] of Object.entries(term?.labelSelector?.matchLabels ?? {}))
    assert.equal(metadata?.labels?.[name], value);
});

test('a claim that one node mounts keeps its servers and its collector on that node', async () => {
  const collector = required(await loadManifests(collectorSource.manifests), 'Pod');
  for (const { manifests } of systems) {
    const template = required(await loadManifests(manifests), 'Deployment').spec?.template;
    const [term] =
      template?.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const claim = template?.spec?.volumes?.find(({ name }) => name === 'data')?.persistentVolumeClaim
      ?.claimName;
    assert.deepEqual(term?.labelSelector?.matchLabels, { [claimLabel]: claim });
    assert.equal(template?.metadata?.labels?.[claimLabel], claim);
  }
  assert.equal(collector.metadata?.labels?.[claimLabel], 'servidor-dados');
});

test('storage decides the kind, the claim and whether replicas stay together', async () => {
  const files = await loadManifests('server/k8s');
  const stored = (storage: LedgerStorage) =>
    setStorage(
      required(files, 'Deployment'),
      required(files, 'PersistentVolumeClaim'),
      storage,
      claimsOfTheFiles,
    );
  const [shared, own, none] = [stored('shared'), stored('per-replica'), stored('ephemeral')];
  assert.equal(shared.claim?.metadata?.name, 'servidor-dados');
  assert.ok(shared.workload.spec?.template.spec?.affinity?.podAffinity);
  assert.equal(own.workload.kind, 'StatefulSet');
  assert.equal(own.claim, null);
  assert.equal(own.workload.spec?.template.spec?.affinity, undefined);
  const [volume] = none.workload.spec?.template.spec?.volumes ?? [];
  assert.deepEqual(volume, { name: 'data', emptyDir: {} });
});

test("the policy's peers survive loading", async () => {
  const policy = required(await loadManifests('server/k8s'), 'NetworkPolicy') as unknown as {
    spec: { ingress: { from: { podSelector: { matchLabels: Record<string, string> } }[] }[] };
  };
  const peer = policy.spec.ingress[0]?.from[0]?.podSelector.matchLabels;
  assert.deepEqual(peer, { 'app.kubernetes.io/component': 'client' });
});

test('a run gives a namespace and a label that Kubernetes takes, however long its name', () => {
  const run = `20261123T093000Z-${'long-'.repeat(20)}`;
  assert.match(namespaceName(run), /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])$/);
  assert.match(labelValue(run), /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])$/);
});
