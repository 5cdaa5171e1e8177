import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import {
  byHand,
  environment,
  FIRST_BUILD_MS_MAX,
  options,
  recordOf,
  shell,
  skipped,
  study,
  studyNamespaces,
} from './place.ts';

/** A control plane, which takes no pods, and two nodes that do. */
const twoWorkers = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
  - role: worker
  - role: worker
`;

before(
  async () => {
    if (skipped) return;
    const file = `${environment['KUBECONFIG']}-two-workers.yaml`;
    await writeFile(file, twoWorkers);
    await byHand('kind delete', 'docker build');
    await shell(`kind create cluster --config ${file} --name cliente-servidor`);
    // Three nodes take three times as long; the references are not needed here.
    await shell('kind load docker-image meu-servidor meu-cliente --name cliente-servidor');
  },
  { timeout: FIRST_BUILD_MS_MAX },
);

// The other tests want the cluster of the manual way.
after(async () => {
  if (!skipped) await byHand('kind delete');
});

async function nodesOfReplicas(out: string, cell: string, round: number): Promise<Set<string | null>> {
  return new Set((await recordOf(out, cell, round)).replicas.map(({ node }) => node));
}

test(
  'replicas that share a ReadWriteOnce claim go to one node, and a ReadWriteMany claim spreads them',
  options,
  async () => {
    const cell = 'node-r2-c4-m5';
    const lines = (mode: string, cpu: string) => `name: spread
replicas: [2]
clients: [4]
messages: [5]
rounds: 2
kubernetes: { accessMode: ${mode}, clientsPerPod: 2, resources: { cpu: ${cpu} } }
`;
    // A node has two processors: it has room for both small replicas, and for only one of the large ones.
    for (const [mode, cpu, nodes] of [
      ['ReadWriteOnce', '50m', 1],
      ['ReadWriteMany', '1200m', 2],
    ] as const) {
      const { code, stderr, out } = await study(lines(mode, cpu));
      assert.equal(code, 0, stderr);
      assert.equal((await recordOf(out, cell)).counts.ledger.recorded, 20);
      const [first, second] = [await nodesOfReplicas(out, cell, 1), await nodesOfReplicas(out, cell, 2)];
      assert.equal(first.size, nodes, mode);
      assert.deepEqual(second, first, 'each round on the same nodes');
    }
  },
);

// Last: the node stays down.
test('nothing acknowledged is lost when a node with replicas stops in mid-cell', options, async () => {
  const { code, stderr, out } = await study(`name: node-stops
replicas: [4]
clients: [10]
messages: [400]
timeout: 1s
service: { time: 5ms, parallelism: 1, kind: wait }
faults: [{ at: 300ms, kind: stop-node }]
kubernetes: { accessMode: ReadWriteMany, clientsPerPod: 5 }
`);
  assert.equal(code, 0, stderr);
  const cell = 'node-r4-c10-m400';
  const { counts, incidents, agents } = await recordOf(out, cell);
  const codes = incidents.map(({ code, detail }) => `${code} ${detail}`);
  assert.ok(
    codes.some((text) => text.startsWith('fault-injected')),
    codes.join(),
  );
  assert.equal(new Set(agents.map(({ node }) => node)).size, 1, 'the agents keep to one node');
  assert.equal(counts.requests, 4_000);
  assert.ok(counts.outcomes.answered < 4_000, 'the clients saw the node go');
  assert.equal(counts.ledger.missing + counts.ledger.duplicated + counts.ledger.unexpected, 0);
  assert.deepEqual(await studyNamespaces('node-stops'), []);
});
