import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { CoreV1Event, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
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

/** A pretend watch of one pod that never changes, over planted answers of the API server. */
function awaiting(
  pod: V1Pod,
  { claims = [], events = [] }: { claims?: V1PersistentVolumeClaim[]; events?: CoreV1Event[] },
) {
  const told: string[] = [];
  const waiting = untilReady({
    api: {
      patience,
      list: async (path: string) => (path.endsWith('/events') ? events : claims),
      bytes: async () => Buffer.from(''),
    } as unknown as ClusterApi,
    watch: { list: () => [pod], nextChange: () => turn() } as unknown as PodWatch,
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

test('a claim that no provisioner takes is told with its class and event, also where it waited for its pod', async () => {
  const pod: V1Pod = {
    metadata: { name: 'servidor-1' },
    spec: { containers: [], volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'dados' } }] },
    status: { phase: 'Pending' },
  };
  const claims = [
    { metadata: { name: 'dados' }, spec: { storageClassName: 'nobody' }, status: { phase: 'Pending' } },
  ];
  const message = 'Waiting for a volume to be created by the external provisioner nobody';
  const { waiting, told } = awaiting(pod, {
    claims,
    events: [event('PersistentVolumeClaim', 'dados', 'ExternalProvisioning', message)],
  });
  await assert.rejects(waiting, {
    code: 'CLAIM_PENDING',
    values: { claim: 'dados', class: 'nobody', detail: message },
  });
  assert.deepEqual(told, ['0 of 2: Pending']);
});

test('a pod in which nothing answers its probe is told with the probe’s own words, at its first restart', async () => {
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
  const { waiting } = awaiting(pod, { events: [unhealthy, killing] });
  await assert.rejects(waiting, { code: 'POD_SILENT', values: { pod: 'shop-1', detail: refused } });

  const crashed = containerStatuses.map((status) => ({ ...status, restartCount: 2 }));
  const ending: V1Pod = { ...pod, status: { ...pod.status, containerStatuses: crashed } };
  await assert.rejects(awaiting(ending, { events: [unhealthy] }).waiting, { code: 'POD_CRASHES' });
});
