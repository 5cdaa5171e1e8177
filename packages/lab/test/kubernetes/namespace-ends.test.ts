import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { languages } from '@escala/model';
import type { Deployment } from '../../src/targets/contract/target.ts';
import type { KubernetesTarget } from '../../src/targets/kubernetes/target.ts';
import { type BadAnswer, refusal } from './planted-answers.ts';
import { PlantedApiServer, plantedExperiment, plantedStudy } from './planted-api-server.ts';

const inNamespace = /^\w+ \/apis?\/.*namespaces\/\*\//;
const terminating =
  'services "servidor" is forbidden: unable to create new content in namespace study because it is being terminated';
const causes = [{ reason: 'NamespaceTerminating', message: 'namespace study is being terminated' }];

const forbidden = refusal(
  403,
  'services "servidor" is forbidden: User "aluno" cannot patch resource "services"',
);
const gone = refusal(404, 'leases.coordination.k8s.io "escala-run" not found', { kind: 'leases' });

/** What a namespace answers to each call while it goes; undefined where all is well with it. */
type Ending = (call: string) => BadAnswer | undefined;

const endings: Readonly<Record<string, { code: string; answer: Ending }>> = {
  'refuses what is new, by its cause': {
    code: 'NAMESPACE_ENDS',
    answer: (call) => (/services\/\*$/.test(call) ? refusal(403, 'no', { causes }) : undefined),
  },
  'refuses what is new, in words alone': {
    code: 'NAMESPACE_ENDS',
    answer: (call) => (/services\/\*$/.test(call) ? refusal(403, terminating) : undefined),
  },
  'is not found any more': {
    code: 'NAMESPACE_ENDS',
    answer: (call) =>
      inNamespace.test(call) && !call.startsWith('GET')
        ? refusal(404, 'namespaces "study" not found', { name: 'study', kind: 'namespaces' })
        : undefined,
  },
  'has lost the lease first': {
    code: 'NAMESPACE_ENDS',
    answer: (call) => {
      if (call.startsWith('PATCH') && call.includes('/leases/')) return gone;
      return call.startsWith('POST') ? refusal(403, terminating, { causes }) : undefined;
    },
  },
  'has lost the lease alone': {
    code: 'STUDY_REMOVED',
    answer: (call) => (call.startsWith('PATCH') && call.includes('/leases/') ? gone : undefined),
  },
  'has lost the RoleBinding': {
    code: 'RIGHTS_WITHDRAWN',
    answer: (call) => (inNamespace.test(call) ? forbidden : undefined),
  },
  'denies one right, and the others are there': {
    code: 'RIGHT_MISSING',
    answer: (call) => (call.startsWith('PATCH') && /services\/\*$/.test(call) ? forbidden : undefined),
  },
};

async function begun(context: TestContext): Promise<{ planted: PlantedApiServer; target: KubernetesTarget }> {
  const planted = await PlantedApiServer.start(context, 1);
  const target = plantedStudy(planted.connect(), 'study');
  await target.prepare();
  return { planted, target };
}

function deploy(target: KubernetesTarget): Promise<Deployment> {
  const experiment = plantedExperiment;
  const [system] = experiment.systems;
  assert.ok(system);
  return target.deploy({ system, experiment, replicas: 1, block: 'b1' });
}

for (const [what, { code, answer }] of Object.entries(endings))
  test(`a namespace that ${what} in mid-study is told as ${code}, and the disposal hides nothing of it`, async (context) => {
    const { planted, target } = await begun(context);
    planted.spoil = answer;
    await assert.rejects(deploy(target), { code, exit: 4 });
    await target[Symbol.asyncDispose]();
  });

test('what is said of a namespace that goes does not ask for a right', async (context) => {
  for (const what of ['is not found any more', 'has lost the RoleBinding']) {
    const { planted, target } = await begun(context);
    planted.spoil = endings[what]?.answer ?? planted.spoil;
    const problem = await deploy(target).catch((cause) => cause);
    for (const language of languages) assert.doesNotMatch(problem.explain(language), /role\.yaml/);
    assert.match(problem.explain('en'), /namespace.* is being deleted/);
    await target[Symbol.asyncDispose]();
  }
});

test('a namespace that is given while it is being deleted is told as that, before anything is made', async (context) => {
  const planted = await PlantedApiServer.start(context, 1);
  const target = plantedStudy(planted.connect(), 'study');
  planted.spoil = (call) =>
    call.startsWith('POST') && /leases$/.test(call) ? refusal(403, terminating, { causes }) : undefined;
  await assert.rejects(target.prepare(), { code: 'NAMESPACE_ENDS', exit: 4 });
  await target[Symbol.asyncDispose]();
  assert.deepEqual(
    [...planted.objects.keys()].filter((path) => path.includes('/study/')),
    [],
  );
});

test('a study waits until the namespace of its name that is being deleted has gone', async (context) => {
  const planted = await PlantedApiServer.start(context, 1);
  const name = 'escala-20261120t120000-planted';
  const path = `/api/v1/namespaces/${name}`;
  planted.put(path, { kind: 'Namespace', metadata: { name, deletionTimestamp: '2026-11-20T12:00:00Z' } });
  const isList = (call: string) => call === 'GET /api/v1/namespaces';
  planted.spoil = (call, count) => {
    if (isList(call) && count === 2) planted.objects.delete(path);
    return undefined;
  };
  await using target = plantedStudy(planted.connect(), undefined);
  await target.prepare();
  const made = planted.calls.findIndex((call) => /^(POST|PATCH) \/api\/v1\/namespaces(\/\*)?$/.test(call));
  assert.equal(planted.calls.slice(0, made).filter(isList).length, 2);
});
