import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { parse, stringify } from 'yaml';
import {
  configOf,
  environment,
  escala,
  experiment,
  FIRST_BUILD_MS_MAX,
  haveCluster,
  kubectl,
  options,
  root,
} from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

interface Role {
  readonly rules: readonly { readonly resources: string[]; readonly verbs: string[] }[];
}

/** Without these a study runs, and one named thing is switched off (`lab/test/kubernetes/rights.test.ts`). */
const optional = ['pods/log', 'events', 'resourcequotas', 'limitranges'];

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
  const { file, out } = await experiment(`name: given
replicas: [2]
clients: [4]
messages: [5]
kubernetes: { clientsPerPod: 2 }
`);
  const given = ['--target', 'kubernetes', '--namespace', namespace];
  const ended = await escala(['run', file, ...given, '--out', out], config);
  assert.equal(ended.code, 0, ended.stderr);
  const left = await kubectl(`get all,pvc,secret,lease,networkpolicy -n ${namespace} -l escala/run -o name`);
  assert.equal(left, '');

  const role = parse(await readFile(join(root, 'rights/role.yaml'), 'utf8')) as Role;
  const changed = `${environment['KUBECONFIG']}-role.yaml`;
  const never = `${out}-never`;
  for (const [index, rule] of role.rules.entries()) {
    if (rule.resources.every((resource) => optional.includes(resource))) continue;
    const rules = role.rules.filter((_rule, i) => i !== index);
    await writeFile(changed, stringify({ ...role, rules }));
    await kubectl(`apply -n ${namespace} -f ${changed}`);
    const refused = await escala(['run', file, ...given, '--out', never], config);
    assert.equal(refused.code, 4, refused.stderr);
    for (const verb of rule.verbs) {
      for (const resource of rule.resources) {
        const [name = '', sub] = resource.split('/');
        assert.match(refused.stderr, new RegExp(`RIGHT_MISSING.*${verb} ${name}\\S*${sub ? `/${sub}` : ''}`));
      }
    }
  }
  const doctor = await escala(['doctor', ...given], config);
  assert.equal(doctor.code, 4, 'a right is still missing');
  assert.match(doctor.stdout, /✗ .*leases/);
  assert.match(doctor.stdout, /! .*nodes\/proxy/);
});
