import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCluster } from '../../src/targets/kubernetes/doctor/checkup.ts';
import { refusal } from './planted-answers.ts';
import { PlantedApiServer, plantedStudy } from './planted-api-server.ts';

/** Rights without which a study runs, each with the call that it stands for. */
const optional: Readonly<Record<string, RegExp>> = {
  'list events study': /^GET .*\/events$/,
  'get pods/log study': /\/log$/,
  'list resourcequotas study': /^GET .*\/resourcequotas$/,
  'list limitranges study': /^GET .*\/limitranges$/,
  'list nodes *': /^GET \/api\/v1\/nodes$/,
  'list pods *': /^GET \/api\/v1\/pods$/,
  'get nodes/proxy *': /^GET \/api\/v1\/nodes\/\*\/proxy/,
  'list storageclasses *': /^GET .*\/storageclasses$/,
  'create namespaces *': /^POST \/api\/v1\/namespaces$/,
  'list namespaces *': /^GET \/api\/v1\/namespaces$/,
  'patch namespaces *': /^PATCH \/api\/v1\/namespaces\/\*$/,
  'delete namespaces *': /^DELETE \/api\/v1\/namespaces\/\*$/,
};

async function begin(planted: PlantedApiServer, namespace: string | undefined): Promise<void> {
  await using target = plantedStudy(planted.connect(), namespace);
  await target.prepare();
}

async function findings(planted: PlantedApiServer, namespace: string | undefined) {
  const found = await checkCluster(planted.connect(), { namespace });
  return found.map(({ status, values }) => ({ status, rights: String(values['rights'] ?? '') }));
}

for (const [right, call] of Object.entries(optional))
  test(`without "${right}" a study in a namespace runs, and the doctor warns of one thing`, async (context) => {
    const planted = await PlantedApiServer.start(context, 1);
    const before = await findings(planted, 'study');
    planted.isDenied = (one) => one === right;
    planted.spoil = (one) => (call.test(one) ? refusal(403, `cannot ${right}`) : undefined);
    await begin(planted, 'study');
    const [verb = '', resource = ''] = right.split(' ');
    const denied = (await findings(planted, 'study')).filter(({ rights }) => rights !== '');
    assert.equal(before.filter(({ rights }) => rights !== '').length, 0);
    assert.deepEqual(
      denied.map(({ status }) => status),
      ['warn'],
    );
    assert.match(denied[0]?.rights ?? '', new RegExp(`^${verb} ${resource}(\\.[a-z0-9.]+)?$`));
  });

test('with the rights of cluster-role.yaml alone a namespace of its own is refused, with the way out, before it is made', async (context) => {
  const planted = await PlantedApiServer.start(context, 1);
  const clusterRole = ['namespaces', 'nodes', 'nodes/proxy', 'storageclasses'];
  planted.isDenied = (right) => {
    const [verb, resource = ''] = right.split(' ');
    return !clusterRole.includes(resource) && `${verb} ${resource}` !== 'list pods';
  };
  await assert.rejects(
    begin(planted, undefined),
    (cause: Error & { code: string; explain(l: string): string }) => {
      assert.equal(cause.code, 'OWN_NAMESPACE_FORBIDDEN');
      assert.match(cause.explain('en'), /--namespace/);
      assert.match(cause.explain('pt-BR'), /--namespace/);
      return true;
    },
  );
  const changes = planted.calls.filter((call) => !call.startsWith('GET') && !call.endsWith('reviews'));
  assert.deepEqual(changes, []);
  assert.ok(
    (await findings(planted, undefined)).some(({ status, rights }) => status === 'fail' && rights !== ''),
  );
});

test('with the rights of role.yaml in every namespace a study makes its own', async (context) => {
  const planted = await PlantedApiServer.start(context, 1);
  await begin(planted, undefined);
  assert.ok(planted.calls.includes('POST /api/v1/namespaces'));
});

test('without one right that a study needs it is refused by its name, in a namespace and in its own', async (context) => {
  for (const [right, namespace, code] of [
    ['patch deployments study', 'study', 'RIGHT_MISSING'],
    ['watch pods study', 'study', 'RIGHT_MISSING'],
    ['create leases *', undefined, 'OWN_NAMESPACE_FORBIDDEN'],
  ] as const) {
    const planted = await PlantedApiServer.start(context, 1);
    planted.isDenied = (one) => one === right;
    const name = right.split(' ').slice(0, 2).join(' ');
    await assert.rejects(begin(planted, namespace), { code, exit: 4, message: new RegExp(`: ${name}`) });
    const failed = (await findings(planted, namespace)).filter(({ status }) => status === 'fail');
    assert.match(failed[0]?.rights ?? '', new RegExp(`^${name}`));
  }
});
