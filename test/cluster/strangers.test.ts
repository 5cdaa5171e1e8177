import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  escala,
  experiment,
  FIRST_BUILD_MS_MAX,
  haveCluster,
  kubectl,
  onCluster,
  options,
  shell,
  startEscala,
  study,
  studyNamespaces,
  untilEvent,
} from './place.ts';

/** The folder of podinfo's source, with its authors' own kustomization and chart, and the image that these name. */
const { PODINFO_SOURCE: source, PODINFO_IMAGE: image } = process.env;
const ran = {
  ...options,
  skip: options.skip || (source && image ? false : 'needs PODINFO_SOURCE and PODINFO_IMAGE'),
};

before(
  async () => {
    await haveCluster();
    if (!ran.skip) await shell(`kind load docker-image ${image} --name cliente-servidor`);
  },
  { timeout: FIRST_BUILD_MS_MAX },
);

const scaled = 'workload: deployment/podinfo, service: podinfo, port: http';

const lines = (system: string, kubernetes = '') => `name: strangers
systems: [{ name: podinfo, ${system}, path: /version }]
replicas: [1, 2, 3]
clients: [2]
messages: [20]
kubernetes: { images: none${kubernetes} }
`;

/** podinfo as somebody else deployed it, with two replicas. */
async function deployed(namespace: string): Promise<{ state: () => Promise<unknown> }> {
  await kubectl(`create namespace ${namespace}`);
  for (const file of ['deployment', 'service'])
    await kubectl(`apply -n ${namespace} -f ${source}/kustomize/${file}.yaml`);
  await kubectl(`scale -n ${namespace} deployment/podinfo --replicas=2`);
  /** All that could be touched: what it is to be, what is written on it, and on what it makes. */
  const state = async () => {
    // Its ReplicaSet follows a moment later.
    await kubectl(`rollout status -n ${namespace} deployment/podinfo --timeout=60s`);
    const text = await kubectl(`get deployments,replicasets,services -n ${namespace} -o json`);
    const { items } = JSON.parse(text) as {
      items: { spec: unknown; metadata: { name: string; labels: unknown; annotations: unknown } }[];
    };
    return items.map(({ spec, metadata: { name, labels, annotations } }) => ({
      name,
      spec,
      labels,
      annotations,
    }));
  };
  return { state };
}

test(
  'a workload that runs already is measured with 1, 2 and 3 replicas, and left as it was',
  ran,
  async (t) => {
    const namespace = 'shop-deployed';
    const { state } = await deployed(namespace);
    t.after(() => kubectl(`delete namespace ${namespace} --wait=false`));
    const before = await state();
    const text = lines(`deployed: { namespace: ${namespace}, ${scaled} }`);
    const first = await experiment(text);
    const running = escala(['run', first.file, ...onCluster, '--out', first.out]);
    await untilEvent(first.out, 'block-started', { running });
    const second = await study(text);
    assert.equal(second.code, 4, second.stderr);
    assert.match(second.stderr, /WORKLOAD_BUSY.*deployment\/podinfo/);
    const { code, stderr } = await running;
    assert.equal(code, 0, stderr);
    assert.deepEqual(await state(), before);
    assert.deepEqual(await studyNamespaces('strangers'), []);
  },
);

test('a study that was killed puts the workload back when it goes on', ran, async (t) => {
  const namespace = 'shop-killed';
  const { state } = await deployed(namespace);
  t.after(() => kubectl(`delete namespace ${namespace} --wait=false`));
  const before = await state();
  const { file, out } = await experiment(lines(`deployed: { namespace: ${namespace}, ${scaled} }`));
  const child = startEscala(['run', file, ...onCluster, '--out', out]);
  const ended = new Promise((resolve) => child.on('close', resolve));
  await untilEvent(out, 'trial-started', { running: ended });
  child.kill('SIGKILL');
  await ended;
  assert.notDeepEqual(await state(), before, 'what the study found is written on the workload');
  const { code, stderr } = await escala(['run', '--resume', out]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(await state(), before);
});

test('an autoscaler that owns the workload is told before anything is changed', ran, async (t) => {
  const namespace = 'shop-autoscaled';
  const { state } = await deployed(namespace);
  t.after(() => kubectl(`delete namespace ${namespace} --wait=false`));
  await kubectl(`apply -n ${namespace} -f ${source}/kustomize/hpa.yaml`);
  const before = await state();
  const { code, stderr } = await study(lines(`deployed: { namespace: ${namespace}, ${scaled} }`));
  assert.equal(code, 4, stderr);
  assert.match(stderr, /WORKLOAD_AUTOSCALED.*podinfo/);
  assert.deepEqual(await state(), before);
});

test('its authors’ own kustomization is measured as it is, and goes with the study', ran, async () => {
  const system = `manifests: { command: [kubectl, kustomize, ${source}/kustomize], ${scaled} }`;
  const refused = await study(lines(system));
  assert.equal(refused.code, 4, refused.stderr);
  assert.match(refused.stderr, /POD_INSECURE.*restricted[\s\S]*podSecurity: baseline/);
  const { code, stderr } = await study(lines(system, ', podSecurity: baseline'));
  assert.equal(code, 0, stderr);
  assert.deepEqual(await studyNamespaces('strangers'), []);
});
