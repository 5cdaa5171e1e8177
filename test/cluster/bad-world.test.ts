import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import {
  environment,
  escala,
  FIRST_BUILD_MS_MAX,
  haveCluster,
  kubectl,
  options,
  study,
  studyNamespaces,
  tiny,
} from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

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
    assert.deepEqual(await studyNamespaces('tiny'), []);
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
