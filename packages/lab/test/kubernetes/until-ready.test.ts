import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { EscalaError, type Sentence } from '@escala/model';
import type {
  CoreV1Event,
  V1Node,
  V1NodeSpec,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodSpec,
} from '@kubernetes/client-node';
import type { ApiPatience, ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import type { PodWatch } from '../../src/targets/kubernetes/pods/pod-watch.ts';
import { untilReady } from '../../src/targets/kubernetes/pods/until-ready.ts';

const patience = { podsMs: 180_000 } as ApiPatience;

test('an interruption ends the wait for pods that never come', async () => {
  const interruption = new AbortController();
  const pretendWatch = { list: () => [], nextChange: () => turn() } as unknown as PodWatch;
  const waiting = untilReady({
    api: { patience } as ClusterApi,
    watch: pretendWatch,
    namespace: 'n',
    labels: {},
    count: 1,
    owner: 'servidor',
    signal: interruption.signal,
  });
  interruption.abort('SIGINT');
  await assert.rejects(waiting, (reason) => reason === 'SIGINT');
});

/** A pretend watch of one pod that never changes, over planted answers of the API server. Each look is a second later. */
function awaiting(
  context: TestContext,
  pod: V1Pod,
  {
    claims = [],
    events = [],
    nodes = [],
  }: { claims?: V1PersistentVolumeClaim[]; events?: CoreV1Event[]; nodes?: V1Node[] | 'denied' },
) {
  const told: string[] = [];
  let nowMs = 0;
  context.mock.method(performance, 'now', () => nowMs);
  const nextChange = () => {
    nowMs += 1_000;
    return turn();
  };
  const waiting = untilReady({
    api: {
      patience,
      list: async (path: string) => {
        const denied = new EscalaError('RIGHT_MISSING', { right: path, context: 'c', file: 'f' });
        if (path.startsWith('/api/v1/nodes') && nodes === 'denied') throw denied;
        if (path === '/api/v1/pods') throw denied;
        return path === '/api/v1/nodes' ? nodes : path.endsWith('/events') ? events : claims;
      },
      bytes: async () => Buffer.from(''),
    } as unknown as ClusterApi,
    watch: { list: () => [pod], nextChange } as unknown as PodWatch,
    namespace: 'n',
    labels: {},
    count: 2,
    owner: 'servidor',
    onWait: ({ ready, count, reason }) => told.push(`${ready} of ${count}: ${reason}`),
    signal: new AbortController().signal,
  });
  return { waiting, told };
}

const event = (kind: string, name: string, reason: string, message: string): CoreV1Event => ({
  metadata: {},
  involvedObject: { kind, name },
  reason,
  message,
});

test('a claim that no provisioner takes is told with its class and event, also where it waited for its pod', async (context) => {
  const pod: V1Pod = {
    metadata: { name: 'servidor-1' },
    spec: { containers: [], volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'dados' } }] },
    status: { phase: 'Pending' },
  };
  const claims = [
    { metadata: { name: 'dados' }, spec: { storageClassName: 'nobody' }, status: { phase: 'Pending' } },
  ];
  const message = 'Waiting for a volume to be created by the external provisioner nobody';
  const { waiting, told } = awaiting(context, pod, {
    claims,
    events: [event('PersistentVolumeClaim', 'dados', 'ExternalProvisioning', message)],
  });
  await assert.rejects(waiting, {
    code: 'CLAIM_PENDING',
    values: { claim: 'dados', class: 'nobody', detail: message },
  });
  assert.deepEqual(told, ['0 of 2: Pending']);
});

test('a pod in which nothing answers its probe is told with the probe’s own words, at its first restart', async (context) => {
  const containerStatuses = [
    { name: 'server', image: 'i', imageID: '', ready: false, restartCount: 1, state: { running: {} } },
  ];
  const pod: V1Pod = { metadata: { name: 'shop-1' }, status: { phase: 'Running', containerStatuses } };
  const refused = 'dial tcp 10.244.1.5:8080: connect: connection refused';
  const unhealthy = event('Pod', 'shop-1', 'Unhealthy', `Startup probe failed: ${refused}`);
  const killing = event(
    'Pod',
    'shop-1',
    'Killing',
    'Container server failed startup probe, will be restarted',
  );
  const { waiting } = awaiting(context, pod, { events: [unhealthy, killing] });
  await assert.rejects(waiting, { code: 'POD_SILENT', values: { pod: 'shop-1', detail: refused } });

  const crashed = containerStatuses.map((status) => ({ ...status, restartCount: 2 }));
  const ending: V1Pod = { ...pod, status: { ...pod.status, containerStatuses: crashed } };
  await assert.rejects(awaiting(context, ending, { events: [unhealthy] }).waiting, { code: 'POD_CRASHES' });
});

const scheduler = '0/4 nodes are available: 1 Insufficient cpu.';

function node(name: string, spec: V1NodeSpec, labels: Record<string, string> = {}): V1Node {
  const conditions = [{ type: 'Ready', status: 'True' }];
  return {
    metadata: { name, labels },
    spec,
    status: { conditions, allocatable: { cpu: '2', memory: '2Gi' } },
  };
}

/** The `detail` of the error that a pod without a node ends with. */
async function whyUnplaced(
  context: TestContext,
  { component, ...spec }: { component: string } & Partial<V1PodSpec>,
  nodes: V1Node[] | 'denied',
) {
  const pod = {
    metadata: { name: 'any-1', labels: { 'app.kubernetes.io/component': component } },
    spec: { containers: [{ name: 'any', resources: { requests: { cpu: '1', memory: '3Gi' } } }], ...spec },
    status: { conditions: [{ type: 'PodScheduled', status: 'False', message: scheduler }] },
  } as V1Pod;
  const failure = await awaiting(context, pod, { nodes }).waiting.catch((cause: unknown) => cause);
  assert.ok(failure instanceof EscalaError && failure.code === 'POD_UNPLACED', String(failure));
  return failure.values['detail'];
}

test('a pod without a node is told what each node lacks for it, and the key that would change that', async (context) => {
  const effect = 'NoSchedule';
  const nodes = [
    node('one', {
      taints: [
        { key: 'lab', value: 'true', effect },
        { key: 'own', effect: 'NoExecute' },
      ],
    }),
    node('two', { unschedulable: true }),
    node('three', {}, { disk: 'ssd' }),
  ];
  const tolerations = [{ key: 'own', operator: 'Exists' }];
  const detail = await whyUnplaced(
    context,
    { component: 'client', nodeSelector: { disk: 'ssd' }, tolerations },
    nodes,
  );
  assert.equal(
    (detail as Sentence).en,
    [
      `${scheduler} Of the nodes: one takes only pods that tolerate lab=true:NoSchedule (kubernetes.clients.tolerations: [ { key: lab, operator: Equal, value: "true", effect: NoSchedule } ])`,
      'one has no label disk=ssd (kubernetes.clients.nodeSelector)',
      'one can give at most 2.00 GiB of 2.00 GiB of memory, and the pod asks for 3.00 GiB (kubernetes.clients.resources.memory)',
      'two is cordoned (kubectl uncordon two)',
      'three can give at most 2.00 GiB of 2.00 GiB of memory, and the pod asks for 3.00 GiB (kubernetes.clients.resources.memory)',
    ].join('; '),
  );
});

test('without the right to list nodes a pod without a node has the scheduler’s words', async (context) => {
  assert.equal(await whyUnplaced(context, { component: 'server' }, 'denied'), scheduler);
});
