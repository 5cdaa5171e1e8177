import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { V1Node } from '@kubernetes/client-node';
import { parseExperiment } from '../../src/index.ts';
import { carriersOf, imageFacts, nodeFacts } from '../../src/targets/kubernetes/study/node-facts.ts';

// Planted nodes: whoever runs the tests has one kind of them.
const node = (kernelVersion: string, cpu: string): V1Node => ({
  status: {
    capacity: { cpu, memory: '16384Ki' },
    nodeInfo: {
      kernelVersion,
      kubeletVersion: 'v1.34.4',
      operatingSystem: 'linux',
      architecture: 'arm64',
    } as never,
  },
});

test('the environment of a cluster is that of its nodes, and tells once each in what they differ', () => {
  assert.deepEqual(nodeFacts([node('6.8.0', '4'), node('6.1.0', '1930m'), node('6.8.0', '4')]), {
    nodes: 3,
    platform: 'linux',
    arch: 'arm64',
    kernel: '6.1.0, 6.8.0',
    kubelet: 'v1.34.4',
    cpuModel: 'unknown',
    cpus: 9.93,
    memoryBytes: 3 * 2 ** 24,
  });
});

test('an image that came from a registry is told by its digest, one that was loaded by none', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const images = [
    { names: [`registry.example/team/mine@${digest}`, 'registry.example/team/mine:7'] },
    { names: ['docker.io/library/meu-servidor:latest'] },
  ];
  const systems = '[{ name: mine, image: "registry.example/team/mine:7" }, node]';
  const experiment = parseExperiment(
    `systems: ${systems}\nreplicas: 1\nclients: 1\nmessages: 1`,
    'study.yaml',
  );
  const found = imageFacts([{ status: { images } }], experiment, (image) => image);
  assert.deepEqual(
    found.map((system) => [system.name, system.digest]),
    [
      ['mine', digest],
      ['node', null],
    ],
  );
});

test('a study is carried by the nodes where its servers or its agents may stand', () => {
  const node = (name: string, key?: string): V1Node => ({
    metadata: { name },
    spec: key === undefined ? {} : { taints: [{ key, effect: 'NoSchedule' }] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
  const nodes = [node('one'), node('two', 'lab'), node('three', 'node-role.kubernetes.io/control-plane')];
  const carriers = (kubernetes: string) => {
    const text = `replicas: 1\nclients: 1\nmessages: 1\nkubernetes: ${kubernetes}`;
    return carriersOf(nodes, parseExperiment(text, 'study.yaml').kubernetes).map(
      ({ metadata }) => metadata?.name,
    );
  };
  assert.deepEqual(carriers('{}'), ['one']);
  assert.deepEqual(carriers('{ clients: { tolerations: [{ key: lab, operator: Exists }] } }'), [
    'one',
    'two',
  ]);
  // Where none may carry it, the study will say so; what there is, is told as it is.
  const nowhere = '{ nodeSelector: { disk: ssd } }';
  assert.deepEqual(carriers(`{ servers: ${nowhere}, clients: ${nowhere} }`), ['one', 'two', 'three']);
});
