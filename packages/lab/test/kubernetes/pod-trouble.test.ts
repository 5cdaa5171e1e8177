import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { isReady, stateOf, troubleOf } from '../../src/targets/kubernetes/pods/pod-trouble.ts';

// Planted statuses, as an API server gives them: this machine's cluster cannot show all of these.
const pod = (status: V1Pod['status'], metadata = {}): V1Pod => ({ metadata, ...(status && { status }) });
const container = (rest: Partial<V1ContainerStatus>): V1ContainerStatus => ({
  name: 'server',
  image: 'mine:1',
  imageID: '',
  ready: false,
  restartCount: 0,
  ...rest,
});
const waiting = (reason: string, message = '') =>
  pod({ containerStatuses: [container({ state: { waiting: { reason, message } } })] });

test('an image that cannot be pulled is trouble with the name of the image', () => {
  for (const reason of ['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName']) {
    assert.deepEqual(troubleOf(waiting(reason, 'why')), { kind: 'image', image: 'mine:1', detail: 'why' });
  }
});

test('a container that is being created is no trouble', () => {
  assert.equal(troubleOf(waiting('ContainerCreating')), null);
});

test('a container that the kubelet cannot make is tried again, and says why: no crash, no missing image', () => {
  const detail = 'context deadline exceeded';
  const unmade = { kind: 'unmade', detail };
  const reasons = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'];
  for (const reason of [...reasons, 'ImageInspectError'])
    assert.deepEqual(troubleOf(waiting(reason, detail)), unmade);
  const terminated = { exitCode: 128, reason: 'StartError', message: detail };
  const backOff = { waiting: { reason: 'CrashLoopBackOff' } };
  const unstarted = container({ restartCount: 3, state: backOff, lastState: { terminated } });
  assert.deepEqual(troubleOf(pod({ containerStatuses: [unstarted] })), unmade);
});

test('one restart is a stumble, two are a crash with the exit code', () => {
  const ended = { terminated: { exitCode: 3, reason: 'Error' } };
  const restarted = (restartCount: number) =>
    pod({ containerStatuses: [container({ restartCount, lastState: ended, state: { running: {} } })] });
  assert.equal(troubleOf(restarted(1)), null);
  assert.deepEqual(troubleOf(restarted(2)), { kind: 'crash', restarts: 2, reason: 'Error, exit code 3' });
});

test('a pod that a node under pressure evicted says why', () => {
  const evicted = pod({
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
  });
  assert.deepEqual(troubleOf(evicted), { kind: 'evicted', detail: 'The node was low on resource: memory.' });
});

test('a pod without a node gives the reason of the scheduler', () => {
  const detail = '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.';
  const pending = pod({ conditions: [{ type: 'PodScheduled', status: 'False', message: detail }] });
  assert.deepEqual(troubleOf(pending), { kind: 'unscheduled', detail });
});

test('a pod that is being deleted is not ready any more', () => {
  const conditions = [{ type: 'Ready', status: 'True' }];
  assert.equal(isReady(pod({ conditions })), true);
  assert.equal(isReady(pod({ conditions }, { deletionTimestamp: new Date(0) })), false);
});

test('a pod that no node has while its claim waits is unscheduled, although the scheduler says nothing', () => {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'servidor-dados' } }];
  const waits = { spec: { containers: [], volumes }, status: { phase: 'Pending' } };
  assert.deepEqual(troubleOf(waits), { kind: 'unscheduled', detail: '' });
  assert.equal(troubleOf({ ...waits, spec: { ...waits.spec, nodeName: 'node1' } }), null);
  assert.equal(troubleOf({ ...waits, spec: { containers: [] } }), null);
});

test('what a pod that is not ready does is said in Kubernetes’ words', () => {
  assert.equal(stateOf(waiting('ContainerCreating')), 'ContainerCreating');
  assert.equal(stateOf(pod({ phase: 'Running' })), 'Running');
  assert.equal(stateOf(pod({ phase: 'Running' }, { deletionTimestamp: new Date(0) })), 'Terminating');
});
