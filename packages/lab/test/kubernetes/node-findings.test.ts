import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '@escala/model';
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { nodeFindings } from '../../src/targets/kubernetes/doctor/node-findings.ts';

// Planted nodes: whoever runs the tests has one, and it is well.
function node(name: string, { ready = true, images = ['meu-servidor', 'meu-cliente'] } = {}): V1Node {
  return {
    metadata: { name },
    status: {
      allocatable: { cpu: '1930m' },
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }],
      // A kubelet also tells of layers without a name.
      images: [
        { names: null } as never,
        ...images.map((image) => ({ names: [`docker.io/library/${image}:latest`] })),
      ],
    },
  };
}

const pod = (nodeName: string, cpu: string, phase = 'Running'): V1Pod => ({
  spec: { nodeName, containers: [{ name: 'any', resources: { requests: { cpu } } }] },
  status: { phase },
});

const lines = (nodes: readonly V1Node[], pods: readonly V1Pod[] | null) =>
  nodeFindings(nodes, pods).map(({ status, says, values }) => `${status} ${fill(says, 'en', values)}`);

test('free processors are what no pod has asked for, on nodes that are ready', () => {
  const pods = [pod('one', '500m'), pod('one', '1', 'Succeeded'), pod('two', '1')];
  const found = lines([node('one'), node('two', { ready: false })], pods);
  assert.ok(found.includes('ok 1 of 2 nodes ready, 1.93 processors'), found.join('\n'));
  assert.ok(found.includes('ok 1.43 processors are free: no pod has asked for them'), found.join('\n'));
});

test('a cluster whose processors are all asked for, or without a node that is ready, fails', () => {
  assert.ok(lines([node('one')], [pod('one', '2')]).some((line) => /^fail 0 processors/.test(line)));
  assert.ok(lines([node('one', { ready: false })], []).some((line) => /^fail 0 of 1 node /.test(line)));
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
  assert.ok(found.includes('ok the image meu-cliente is on every node'), found.join('\n'));
});

test('on several nodes it is said where the replicas of a ReadWriteOnce claim go', () => {
  const says = /^warn .*ReadWriteOnce all replicas go to one of 2 nodes/;
  assert.ok(lines([node('one'), node('two')], null).some((line) => says.test(line)));
  assert.ok(!lines([node('one')], null).some((line) => says.test(line)));
});
