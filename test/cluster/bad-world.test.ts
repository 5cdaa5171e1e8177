import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import {
  context,
  environment,
  escala,
  FIRST_BUILD_MS_MAX,
  haveCluster,
  kubectl,
  options,
  study,
  studyNamespaces,
} from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

/** The aim is ten seconds on a quiet machine; a test only tells it from waiting for pods that never come. */
const TOLD_S_MAX = 60;

/** The smallest study, with these lines instead of the usual ones. */
const tiny = (lines: string) => `name: tiny
replicas: [1]
clients: [1]
messages: [1]
${lines}
`;

/** Each ends the study with 4 and a sentence that says this, and leaves nothing. */
const worlds = [
  {
    name: 'an image that is not there is told of by name',
    lines: 'systems: [{ name: mine, image: "mine.invalid/none:1" }]',
    says: /IMAGE_MISSING.*mine\.invalid\/none:1/,
  },
  {
    name: 'a server that crashes is told of with its last lines',
    lines: 'systems: [{ name: mine, image: meu-servidor, environment: { SERVICE_TIME: soon } }]',
    says: /POD_CRASHES[\s\S]*exit code 2[\s\S]*(service-time|SERVICE_TIME) is "soon"/,
  },
  {
    name: 'a storage class that is not there is told of with the claim',
    lines: 'kubernetes: { storageClass: nowhere }',
    says: /CLAIM_PENDING.*servidor-dados.*nowhere/,
  },
  {
    name: 'a replica that asks for more than any node has is told of with the scheduler’s reason',
    lines: 'kubernetes: { resources: { cpu: 900 } }',
    says: /POD_UNPLACED.*cpu/,
  },
] as const;

for (const { name, lines, says } of worlds) {
  test(name, options, async (t) => {
    const startedAt = performance.now();
    const { code, stderr } = await study(tiny(lines));
    const seconds = (performance.now() - startedAt) / 1_000;
    t.diagnostic(`told after ${seconds.toFixed(1)} s`);
    assert.equal(code, 4, stderr);
    assert.match(stderr, says);
    assert.ok(seconds < TOLD_S_MAX, `it took ${seconds.toFixed(1)} s`);
    assert.deepEqual(await studyNamespaces(), []);
  });
}

test(
  'a class that nobody serves is told within seconds, also where it waits for a pod',
  options,
  async (t) => {
    await kubectl(`apply -f - <<'YAML'
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: nobody }
provisioner: nobody.invalid/none
volumeBindingMode: WaitForFirstConsumer
YAML`);
    t.after(() => kubectl('delete storageclass nobody'));
    for (const storage of ['shared', 'per-replica']) {
      const { code, stderr } = await study(tiny(`kubernetes: { storageClass: nobody, storage: ${storage} }`));
      assert.equal(code, 4, stderr);
      assert.match(stderr, /CLAIM_PENDING.*nobody/);
    }
  },
);

test('a cluster without a default storage class is told of by doctor and by a study', options, async (t) => {
  const setDefault = (value: boolean) =>
    kubectl(
      `annotate --overwrite storageclass standard storageclass.kubernetes.io/is-default-class=${value}`,
    );
  await setDefault(false);
  t.after(() => setDefault(true));
  const doctor = await escala(['doctor', '--target', 'kubernetes', '--context', context]);
  assert.match(doctor.stdout, /! no default storage class/);
  const { code, stderr } = await study(tiny(''));
  assert.equal(code, 4, stderr);
  assert.match(stderr, /CLAIM_PENDING.*servidor-dados/);
});

test(
  'a tainted node is left out by doctor, and carries a study that tolerates the taint',
  options,
  async (t) => {
    const node = await kubectl("get nodes -o 'jsonpath={.items[0].metadata.name}'");
    await kubectl(`taint node ${node} lab=gpu:NoSchedule`);
    t.after(() => kubectl(`taint node ${node} lab-`));
    const doctor = await escala(['doctor', '--target', 'kubernetes', '--context', context]);
    assert.match(doctor.stdout, /may stand on 0 of 1 node[\s\S]*tolerate lab=gpu:NoSchedule/);
    const { code, stderr } = await study(tiny(''));
    assert.equal(code, 4, stderr);
    const toleration = '{ key: lab, operator: Equal, value: gpu, effect: NoSchedule }';
    assert.ok(stderr.includes(`(kubernetes.servers.tolerations: [ ${toleration} ])`), stderr);
    const placement = `{ tolerations: [${toleration}] }`;
    const tolerant = await study(tiny(`kubernetes: { servers: ${placement}, clients: ${placement} }`));
    assert.equal(tolerant.code, 0, tolerant.stderr);
  },
);

test('a quota that does not let the pods be made is told of with its name', options, async (t) => {
  await kubectl('create namespace bounded');
  t.after(() => kubectl('delete namespace bounded --wait=false'));
  await kubectl('create quota little --hard=pods=1 -n bounded');
  const { code, stderr } = await study(tiny('').replace('replicas: [1]', 'replicas: [3]'), {
    words: ['--namespace', 'bounded'],
  });
  assert.equal(code, 4, stderr);
  assert.match(stderr, /PODS_REFUSED.*little/);
  assert.equal(await kubectl('get all,pvc,lease -n bounded -l escala/run -o name'), '');
});

test(
  'a context that is not there is told of with the known ones, and a cluster that is off with its name',
  options,
  async () => {
    const unknown = await escala(['doctor', '--target', 'kubernetes', '--context', 'nowhere']);
    assert.equal(unknown.code, 4);
    assert.match(unknown.stderr, /CLUSTER_UNKNOWN.*nowhere.*kind-cliente-servidor/);
    const off = `${environment['KUBECONFIG']}-off`;
    const config = JSON.parse(await kubectl('config view --raw --minify -o json'));
    // The discard port: nothing listens there.
    config.clusters[0].cluster.server = 'https://127.0.0.1:9';
    await writeFile(off, JSON.stringify(config));
    const { code, stderr } = await study(tiny(''), { config: off });
    assert.equal(code, 4, stderr);
    assert.match(stderr, /CLUSTER_UNREACHABLE.*kind-cliente-servidor/);
  },
);
