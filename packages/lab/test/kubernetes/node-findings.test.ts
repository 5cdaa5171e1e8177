import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '@escala/model';
import type { V1Node, V1NodeSpec, V1Pod } from '@kubernetes/client-node';
import { nodeFindings } from '../../src/targets/kubernetes/doctor/node-findings.ts';

// Planted nodes: whoever runs the tests has one, and it is well.
function node(
  name: string,
  { ready = true, images = ['meu-servidor', 'meu-cliente'], spec = {} as V1NodeSpec } = {},
): V1Node {
  return {
    metadata: { name },
    spec,
    status: {
      allocatable: { cpu: '1930m', memory: '4Gi', pods: '110' },
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }],
      // A kubelet also tells of layers without a name.
      images: [
        { names: null } as never,
        ...images.map((image) => ({ names: [`docker.io/library/${image}:latest`] })),
      ],
    },
  };
}

const pod = (nodeName: string, cpu: string, phase = 'Running', memory = '1Gi'): V1Pod => ({
  spec: { nodeName, containers: [{ name: 'any', resources: { requests: { cpu, memory } } }] },
  status: { phase },
});

const lines = (nodes: readonly V1Node[], pods: readonly V1Pod[] | null) =>
  nodeFindings(nodes, pods).map(({ status, says, values }) => `${status} ${fill(says, 'en', values)}`);

test('free is what no pod has asked for, on nodes where a pod may stand', () => {
  const pods = [pod('one', '500m'), pod('one', '1', 'Succeeded'), pod('two', '1')];
  const found = lines([node('one'), node('two', { ready: false })], pods);
  const open = 'ok pods without tolerations may stand on 1 of 2 nodes, with 1.93 processors and 4.00 GiB';
  assert.ok(found.includes(open), found.join('\n'));
  const free = 'ok 1.43 processors and 3.00 GiB are free: no pod has asked for them';
  assert.ok(found.includes(free), found.join('\n'));
});

test('a cluster whose processors or memory are all asked for, or without an open node, fails', () => {
  const fails = (pods: readonly V1Pod[]) =>
    lines([node('one')], pods).some((line) => /^fail .* are free/.test(line));
  assert.ok(fails([pod('one', '2')]));
  assert.ok(fails([pod('one', '1m', 'Running', '4Gi')]));
  assert.ok(!fails([pod('one', '1m', 'Running', '3Gi')]));
  const closed = lines([node('one', { ready: false })], []);
  assert.ok(
    closed.some((line) => /^fail pods without tolerations may stand on 0 of 1 node,/.test(line)),
    closed.join('\n'),
  );
});

test('of a node that is left out the reason is told, and how an experiment may use it', () => {
  const gpu = { key: 'lab', value: 'gpu', effect: 'NoSchedule' };
  const pressed = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };
  const found = lines(
    [
      node('one'),
      node('two', { spec: { taints: [gpu] } }),
      node('three', { spec: { unschedulable: true } }),
      node('four', { ready: false }),
      node('five', { spec: { taints: [pressed] } }),
      node('six', { spec: { taints: [{ key: 'soft', effect: 'PreferNoSchedule' }] } }),
    ],
    null,
  );
  assert.equal(
    found[0],
    'ok pods without tolerations may stand on 2 of 6 nodes, with 3.86 processors and 8.00 GiB',
  );
  const left = found.filter((line) => line.includes('left out'));
  assert.deepEqual(left, [
    'warn left out: two takes only pods that tolerate lab=gpu:NoSchedule (kubernetes.servers.tolerations, ' +
      'kubernetes.clients.tolerations: [ { key: lab, operator: Equal, value: gpu, effect: NoSchedule } ])',
    'warn left out: three is cordoned (kubectl uncordon three)',
    'warn left out: four is not ready',
    'warn left out: five takes no pods while it has node.kubernetes.io/memory-pressure:NoSchedule, which Kubernetes sets and removes',
  ]);
});

test('where tolerations alone open a node, doctor warns with them, and looks at those nodes', () => {
  const taints = [{ key: 'lab', value: 'gpu', effect: 'NoSchedule' }];
  const [open, left, ...more] = lines([node('one', { spec: { taints } })], []);
  assert.match(open ?? '', /^warn pods without tolerations may stand on 0 of 1 node,/);
  assert.match(
    left ?? '',
    /^warn left out: one .*\{ key: lab, operator: Equal, value: gpu, effect: NoSchedule \}/,
  );
  assert.ok(more.includes('ok 1.93 processors and 4.00 GiB are free: no pod has asked for them'));
  const pressed = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };
  const closed = lines([node('one', { spec: { taints: [...taints, pressed] } })], []);
  assert.match(closed[0] ?? '', /^fail /);
});

test('without the right to list pods nothing is said of free processors', () => {
  assert.ok(!lines([node('one')], null).some((line) => line.includes('free')));
});

test('an image that a node lacks is a warning with the node and the setting', () => {
  const found = lines(
    [node('one'), node('two', { images: ['meu-cliente', 'other/not-meu-servidor'] })],
    null,
  );
  const says = 'warn the image meu-servidor is not on two: say with kubernetes.images how it gets there';
  assert.ok(found.includes(says), found.join('\n'));
  assert.ok(
    found.includes('ok the image meu-cliente is on every node where a pod may stand'),
    found.join('\n'),
  );
});

test('on several nodes it is said where the replicas of a ReadWriteOnce claim go', () => {
  const says = /^warn .*ReadWriteOnce all replicas go to one of 2 nodes/;
  assert.ok(lines([node('one'), node('two')], null).some((line) => says.test(line)));
  assert.ok(!lines([node('one')], null).some((line) => says.test(line)));
});
