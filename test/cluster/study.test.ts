import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { MachineLook, Results } from '@escala/model';
import { parse } from 'csv-parse/sync';
import {
  escala,
  experiment,
  haveCluster,
  kubectl,
  onCluster,
  options,
  recordOf,
  study,
  studyNamespaces,
} from './place.ts';

before(haveCluster, { timeout: 900_000 });

const hasLoad = ({ loadUs }: MachineLook) => loadUs !== null && loadUs > 0;

type Row = Readonly<{ [column: string]: string }>;

async function rowsOf(file: string): Promise<Row[]> {
  return parse(await readFile(file, 'utf8'), { columns: true });
}

/** What a row says apart from times, names of pods and the run's own name. */
function timeless({ request_id = '', ...row }: Row): string {
  const kept = ['cell', 'client', 'message', 'status', 'outcome', 'round', 'system', 'replicas', 'ledger'];
  return [request_id.replace(/^[^.]*\./, ''), ...kept.map((column) => row[column])].join();
}

test(
  'all systems give the same result set on processes and on the cluster, and leave nothing',
  options,
  async (t) => {
    const lines = `name: small
systems: [node, python, go]
replicas: [2]
clients: [4]
messages: [1, 5]
service: { time: 1ms, parallelism: 1, kind: wait }
kubernetes: { clientsPerPod: 1 }
`;
    const there = await study(lines);
    assert.equal(there.code, 0, there.stderr);
    assert.deepEqual(await studyNamespaces('small'), []);
    const here = await experiment(lines);
    const local = await escala(['run', here.file, '--out', here.out]);
    assert.equal(local.code, 0, local.stderr);
    const [cluster, processes] = await Promise.all(
      [there.out, here.out].map(async (out) =>
        (await rowsOf(join(out, 'requests.csv'))).map(timeless).sort(),
      ),
    );
    assert.equal(cluster?.length, 3 * 4 * (1 + 5));
    assert.deepEqual(cluster, processes);

    const record = await recordOf(there.out, 'go-r2-c4-m5');
    assert.equal(record.agents.length, 4, 'a pod for each client');
    for (const { name, clockOffsetUs, clockDelayUs, startSkewUs } of record.agents) {
      t.diagnostic(`${name}: clock ${clockOffsetUs} ± ${clockDelayUs / 2} µs, start ${startSkewUs} µs`);
      assert.ok(Math.abs(clockOffsetUs) <= clockDelayUs, 'pods here have this machine’s clock');
    }
    for (const system of ['node', 'python', 'go']) {
      const { machines = [], replicas } = await recordOf(there.out, `${system}-r2-c4-m5`);
      const told = machines.map(({ node, looks }) => [node, looks.length > 2 && looks.every(hasLoad)]);
      assert.deepEqual(told, [[replicas[0]?.node, true]], `${system} and its clients tell of their node`);
    }
  },
);

test('samples of every pod’s processor and memory lie beside the rows', options, async () => {
  const { code, stderr, out } = await study(`name: sampled
replicas: [2]
clients: [4]
messages: [100]
service: { time: 10ms, parallelism: 2, kind: cpu }
kubernetes: { clientsPerPod: 2, resources: { cpu: 200m, memory: 200Mi } }
`);
  assert.equal(code, 0, stderr);
  const cell = 'node-r2-c4-m100';
  const record = await recordOf(out, cell);
  const samples = await rowsOf(join(out, 'cells', cell, '1', 'resources.csv'));
  for (const { name, cpuLimit } of record.replicas) {
    assert.equal(cpuLimit, 0.2);
    const cpuUs = samples.filter((row) => row['name'] === name).map((row) => Number(row['cpu_us']));
    assert.ok((cpuUs.at(-1) ?? 0) > (cpuUs[0] ?? 0), `${name} used the processor: ${cpuUs.join()}`);
  }
  for (const { name } of record.agents)
    assert.ok(
      samples.some((row) => row['name'] === name && Number(row['memory_bytes']) > 1e6),
      name,
    );
  const { trials } = JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as Results;
  const findings = trials[0]?.audits.map(({ finding }) => finding);
  assert.ok(findings?.includes('platform.throttled'), findings?.join());
});

test(
  'kinds of storage and clients per pod are factors; each ledger closes, over two blocks',
  options,
  async () => {
    const kinds = ['shared', 'per-replica', 'ephemeral'];
    const { code, stderr, out } = await study(`name: stored
replicas: [1, 3]
clients: [6]
messages: [5]
kubernetes: { storage: [${kinds}], clientsPerPod: [2, 6] }
`);
    assert.equal(code, 0, stderr);
    for (const storage of kinds) {
      for (const clientsPerPod of [2, 6]) {
        for (const replicas of [1, 3]) {
          const cell = `node-r${replicas}-c6-m5-${storage}-perpod${clientsPerPod}`;
          const { agents, counts } = await recordOf(out, cell);
          assert.equal(counts.ledger.recorded, 30, cell);
          assert.equal(agents.length, 6 / clientsPerPod, cell);
        }
      }
    }
  },
);

test('--dry-run prints objects that the API server takes as they are', options, async () => {
  const { file, out } = await experiment(`name: dry
systems: [node, python, go]
replicas: [2]
clients: [10]
messages: [1]
`);
  const dry = await escala(['run', file, ...onCluster, '--namespace', 'default', '--out', out, '--dry-run']);
  assert.equal(dry.code, 0, dry.stderr);
  const objects = dry.stdout.slice(dry.stdout.indexOf('apiVersion:'));
  const taken = await kubectl(`apply --dry-run=server -f - <<'YAML'\n${objects}\nYAML`);
  for (const object of [
    'deployment.apps/servidor',
    'job.batch/cliente',
    'persistentvolumeclaim/servidor-go-dados',
  ])
    assert.match(taken, new RegExp(`^${object} created`, 'm'));
  await assert.rejects(readdir(out));
});
