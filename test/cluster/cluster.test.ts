import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import {
  context,
  environment,
  escala,
  experiment,
  kubectl,
  records,
  root,
  shell,
  skipped,
  small,
  startEscala,
  studyNamespaces,
} from './place.ts';

// One file, since there is one cluster: tests run in turn, and the first one makes it.
const options = { skip: skipped, timeout: 240_000 };
/** On a new machine every layer of four images is made for the first time. */
const FIRST_BUILD_MS_MAX = 900_000;
const cells = ['node-r2-c4-m1', 'node-r2-c4-m5'];

before(async () => {
  // One test alone runs on the cluster that an earlier run left, where there is one.
  if (!skipped) await shell('kind export kubeconfig --name cliente-servidor || true');
});

/** The aim is ten seconds on a quiet machine; a test only tells it from waiting for pods that never come. */
const IMAGE_TOLD_S_MAX = 60;

/** The README's block of the manual way, a command a line. */
function manualCommands(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const block = /^```sh\n(kind [\s\S]*?)^```/m.exec(readme)?.[1];
  assert.ok(block, 'the README has the manual way');
  return block.trim().split('\n');
}

const restrict = (namespace: string) =>
  kubectl(`label --overwrite namespace ${namespace} pod-security.kubernetes.io/enforce=restricted`);

test('the manual way ends with the ledger of every message in hand', {
  ...options,
  timeout: FIRST_BUILD_MS_MAX,
}, async () => {
  const ledgers = join(root, 'ledgers');
  await rm(ledgers, { recursive: true, force: true });
  for (const command of manualCommands()) {
    // The pods must pass the strictest of PodSecurity's profiles, also by hand.
    if (command.startsWith('kubectl apply')) await restrict('default');
    await shell(command);
  }
  const folder = ledgers;
  const rows = await Promise.all(
    (await readdir(folder))
      .filter((name) => name.startsWith('ledger-'))
      .map(async (name) => (await readFile(join(folder, name), 'utf8')).trim().split('\n').slice(1)),
  );
  const ids = rows.flat().map((row) => row.split(',')[1]);
  assert.equal(ids.length, 100);
  assert.equal(new Set(ids).size, 100);
  await rm(ledgers, { recursive: true });
  await shell('kubectl delete -f server/k8s/ -f client/k8s/ --wait=false');
});

test('./deploy.sh kind runs a study and leaves its results beside the README', options, async () => {
  const { file } = await experiment(`name: by-deploy
replicas: [2]
clients: [4]
messages: [5]
`);
  await shell(`./deploy.sh kind ${file}`);
  const rows = (await readFile(join(root, 'requests.csv'), 'utf8')).trim().split('\n').slice(1);
  assert.equal(rows.length, 20);
  assert.ok(rows.every((row) => row.endsWith(',recorded')));
});

test('images of client and server are at most 20 MB above their base', options, async () => {
  const size = async (image: string) => Number(await shell(`docker image inspect -f '{{.Size}}' ${image}`));
  const base = await size('node:24-slim');
  for (const image of ['meu-servidor', 'meu-cliente']) {
    assert.ok(
      (await size(image)) - base <= 20e6,
      `${image} is ${(await size(image)) - base} bytes above its base`,
    );
  }
});

test(
  'a study gives the same result set on processes and on the cluster, and leaves nothing',
  options,
  async () => {
    const there = await experiment(small);
    const here = await experiment(small);
    const ended = await escala(['run', there.file, '--target', 'kind', '--out', there.out]);
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal((await escala(['run', here.file, '--out', here.out])).code, 0);
    const [cluster, local] = [await records(there.out, cells), await records(here.out, cells)];
    for (const cell of cells) {
      assert.deepEqual(cluster.get(cell)?.counts, local.get(cell)?.counts);
      assert.equal(cluster.get(cell)?.counts.ledger['missing'], 0);
    }
    assert.deepEqual(await studyNamespaces(), []);
  },
);

test('the ledger closes although a replica is killed while requests are under way', options, async () => {
  const { file, out } = await experiment(`name: killed
replicas: [3]
clients: [10]
messages: [200]
service: { time: 2ms, parallelism: 1, kind: wait }
faults: [{ at: 300ms, kind: kill-replica }]
kubernetes: { clientsPerPod: 5 }
`);
  const ended = await escala(['run', file, '--target', 'kubernetes', '--context', context, '--out', out]);
  assert.equal(ended.code, 0, ended.stderr);
  const record = (await records(out, ['node-r3-c10-m200'])).get('node-r3-c10-m200');
  assert.equal(record?.counts.requests, 2_000);
  assert.equal(record?.counts.ledger['missing'], 0);
  assert.equal(record?.counts.ledger['duplicated'], 0);
  const codes = record?.incidents.map(({ code }) => code) ?? [];
  assert.ok(codes.includes('fault-injected') && codes.includes('replica-ended'), codes.join());
});

test(
  'a study whose orchestrator was killed is resumed, and cleaned only when nobody runs it',
  options,
  async () => {
    const { file, out } = await experiment(`${small}rounds: 4\n`);
    const child = startEscala(['run', file, '--target', 'kubernetes', '--context', context, '--out', out]);
    while (!existsSync(join(out, 'cells', cells[0] ?? '', '1', 'cell.json'))) await sleep(50);
    child.kill('SIGKILL');
    await once(child, 'close');
    assert.equal((await studyNamespaces()).length, 1);
    const clean = await escala(['clean', '--context', context]);
    assert.match(clean.stdout, /is running in/);
    const resumed = await escala(['run', '--resume', out, '--context', context]);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal((await readdir(join(out, 'cells', cells[0] ?? ''))).length, 4);
    assert.deepEqual(await studyNamespaces(), []);
  },
);

test('a study lives on although the API server is gone for ten seconds', options, async () => {
  // How the API server is stopped is the cluster's own affair, so whoever runs these tests says it.
  const { CLUSTER_STOP_API: stop, CLUSTER_START_API: start } = process.env;
  assert.ok(stop && start, 'CLUSTER_STOP_API and CLUSTER_START_API name the commands');
  const { file, out } = await experiment(`name: api-gone
replicas: [2]
clients: [10]
messages: [400]
service: { time: 4ms, parallelism: 1, kind: wait }
kubernetes: { clientsPerPod: 5 }
`);
  const running = escala(['run', file, '--target', 'kubernetes', '--context', context, '--out', out]);
  const events = join(out, 'events.ndjson');
  while (!existsSync(events) || !(await readFile(events, 'utf8')).includes('trial-started')) await sleep(50);
  await shell(stop);
  await sleep(10_000);
  await shell(start);
  const ended = await running;
  assert.equal(ended.code, 0, ended.stderr);
  const record = (await records(out, ['node-r2-c10-m400'])).get('node-r2-c10-m400');
  assert.equal(record?.counts.ledger['recorded'], 4_000);
  assert.deepEqual(await studyNamespaces(), []);
});

test(
  'an image that is not there is told of by name, long before the servers’ time is over',
  options,
  async (context_) => {
    const { file, out } = await experiment(`name: no-image
systems: [{ name: mine, image: "mine.invalid/none:1" }]
replicas: [1]
clients: [1]
messages: [1]
`);
    const startedAt = performance.now();
    const ended = await escala(['run', file, '--target', 'kubernetes', '--context', context, '--out', out]);
    assert.equal(ended.code, 4, ended.stderr);
    assert.match(ended.stderr, /IMAGE_MISSING.*mine\.invalid\/none:1/);
    const seconds = (performance.now() - startedAt) / 1_000;
    context_.diagnostic(`told after ${seconds.toFixed(1)} s`);
    assert.ok(seconds < IMAGE_TOLD_S_MAX, `it took ${seconds.toFixed(1)} s`);
    assert.deepEqual(await studyNamespaces(), []);
  },
);

test('a context that is not there is an error of the world with the known ones', options, async () => {
  const ended = await escala(['doctor', '--target', 'kubernetes', '--context', 'nowhere']);
  assert.equal(ended.code, 4);
  assert.match(ended.stderr, /CLUSTER_UNKNOWN.*nowhere.*kind-cliente-servidor/);
});

test('the Role is enough in a given namespace, and each missing right is named', options, async (t) => {
  const namespace = 'given';
  await kubectl(`create namespace ${namespace}`);
  t.after(() => kubectl(`delete namespace ${namespace} --wait=false`));
  await kubectl(`label namespace ${namespace} pod-security.kubernetes.io/enforce=restricted`);
  await kubectl(`apply -n ${namespace} -f rights/role.yaml`);
  await kubectl(`create serviceaccount student -n ${namespace}`);
  await kubectl(
    `create rolebinding escala --role=escala --serviceaccount=${namespace}:student -n ${namespace}`,
  );
  const config = await configOf(namespace, 'student');
  const { file, out } = await experiment(small);
  const given = ['--target', 'kubernetes', '--namespace', namespace];
  const ended = await escala(['run', file, ...given, '--out', out], config);
  assert.equal(ended.code, 0, ended.stderr);
  const left = await kubectl(`get all,pvc,secret,lease,networkpolicy -n ${namespace} -l escala/run -o name`);
  assert.equal(left, '');

  const role = parse(await readFile(join(root, 'rights/role.yaml'), 'utf8')) as {
    rules: { resources: string[]; verbs: string[] }[];
  };
  const without = await experiment(small);
  for (const [index, rule] of role.rules.entries()) {
    const rules = role.rules.filter((_rule, i) => i !== index);
    const changed = join(await mkdtemp(join(tmpdir(), 'escala-role-')), 'role.yaml');
    await writeFile(changed, stringify({ ...role, rules }));
    await kubectl(`apply -n ${namespace} -f ${changed}`);
    const refused = await escala(['run', without.file, ...given, '--out', without.out], config);
    assert.equal(refused.code, 4, refused.stderr);
    for (const verb of rule.verbs) {
      for (const resource of rule.resources) {
        const [name = '', sub] = resource.split('/');
        assert.match(refused.stderr, new RegExp(`RIGHT_MISSING.*${verb} ${name}\\S*${sub ? `/${sub}` : ''}`));
      }
    }
  }
  await rm(without.out, { recursive: true, force: true });
});

/** kubectl's configuration of a service account. */
async function configOf(namespace: string, account: string): Promise<string> {
  const token = await kubectl(`create token ${account} -n ${namespace}`);
  const raw = await kubectl('config view --raw --minify -o json');
  const config = JSON.parse(raw) as { users: { user: object }[] };
  for (const entry of config.users) entry.user = { token };
  const file = `${environment['KUBECONFIG']}-${account}`;
  await writeFile(file, JSON.stringify(config));
  return file;
}
