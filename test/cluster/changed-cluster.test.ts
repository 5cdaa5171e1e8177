// Tests that change what every study on the cluster sees, or look at all of it: no other test may run beside them.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { context, escala, FIRST_BUILD_MS_MAX, haveCluster, kubectl, options, study, tiny } from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

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

test('doctor tells what a study would find, and changes nothing', options, async () => {
  const before = await kubectl('get all,pvc,secret -A -o name');
  const { code, stdout } = await escala(['doctor', '--target', 'kubernetes', '--context', context]);
  assert.equal(code, 0, stdout);
  for (const line of [
    /✓ cluster kind-cliente-servidor, Kubernetes v1/,
    /✓ every right that a study needs/,
    /✓ pods without tolerations may stand on 1 of 1 node, with \d+ processors? and [\d.]+ \wiB/,
    /✓ [\d.]+ processors? and [\d.]+ \wiB are free/,
    /✓ the image meu-servidor is on every node/,
    /✓ default storage class standard/,
  ])
    assert.match(stdout, line);
  assert.equal(await kubectl('get all,pvc,secret -A -o name'), before);
});
