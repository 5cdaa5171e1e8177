import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parseExperiment } from '@escala/lab';
import { languages } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { plantCluster } from '../../lab/test/kubernetes/planted-cluster.ts';
import { typed } from './planted-world.ts';

const labels = { app: 'api' };
const http = { name: 'http', port: 80, targetPort: 'web' };

/** What a planted API server has in the namespace `shop`; a test changes it. */
function shop() {
  const service = (name: string, spec: object = {}) => ({
    metadata: { name },
    spec: { clusterIP: '10.0.0.1', selector: labels, ports: [http], ...spec },
  });
  const container = {
    ports: [{ name: 'web', containerPort: 8080 }],
    readinessProbe: { httpGet: { port: 8080, path: '/ready' } },
  };
  return {
    service,
    workloads: ['deployments/api'] as string[],
    labels: {} as Record<string, string>,
    replicas: 2,
    container: container as object,
    services: [service('api'), service('web', { selector: { app: 'web' } })],
    autoscalers: [] as object[],
    denied: '',
  };
}

const resources = ['deployment', 'statefulset'].flatMap((singularName) => [
  { name: `${singularName}s`, singularName, kind: singularName, namespaced: true },
  { name: `${singularName}s/scale` },
]);

function answerOf(world: ReturnType<typeof shop>, pathname: string): object | undefined {
  const [, kind = '', name, sub] =
    /\/namespaces\/shop\/([^/]+)(?:\/([^/]+))?(\/scale)?$/.exec(pathname) ?? [];
  const isThere = world.workloads.includes(`${kind}/${name}`);
  if (pathname === '/apis/apps/v1') return { resources };
  if (pathname === '/apis') return { groups: [] };
  if (pathname === '/api/v1') return { resources: [] };
  if (kind === 'services') return { items: world.services };
  if (kind === 'horizontalpodautoscalers') return { items: world.autoscalers };
  if (name === undefined)
    return {
      items: world.workloads
        .filter((one) => one.startsWith(kind))
        .map((one) => ({ metadata: { name: one.split('/')[1] } })),
    };
  if (!isThere) return undefined;
  if (sub) return { spec: { replicas: world.replicas }, status: { selector: 'app=api' } };
  const template = { metadata: { labels }, spec: { containers: [world.container] } };
  return { metadata: { name, labels: world.labels }, spec: { template } };
}

/** Types `escala init` with these words where that cluster is the current one. */
async function init(context: TestContext, world: ReturnType<typeof shop>, ...words: string[]) {
  const file = join(temporaryFolder(context), 'mine.yaml');
  // This file is a process of its own, so nothing else reads the variable.
  process.env['KUBECONFIG'] = await plantCluster(context, ({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://planted');
    const isDenied = world.denied !== '' && pathname.endsWith(world.denied);
    const answer = isDenied ? { kind: 'Status', message: 'forbidden' } : answerOf(world, pathname);
    const status = isDenied ? 403 : answer ? 200 : 404;
    response.writeHead(status).end(JSON.stringify(answer ?? { kind: 'Status', message: 'not found' }));
  });
  const ended = await typed(['init', file, ...words]);
  return { ...ended, text: () => readFileSync(file, 'utf8') };
}

test('an experiment is written of a workload that is there, with what was found of it', async (context) => {
  const world = shop();
  for (const language of languages) {
    const { exit, stderr, text } = await init(
      context,
      world,
      ...['--from-deployment', 'shop/api', '--context', 'planted', '--lang', language],
    );
    assert.equal(exit, 0, stderr);
    const experiment = parseExperiment(text(), 'mine.yaml');
    assert.deepEqual(experiment.systems, [
      {
        name: 'api',
        ledger: 'none',
        deployed: { namespace: 'shop', workload: 'deployment/api', service: 'api', port: 'http' },
        path: '/ready',
      },
    ]);
    assert.deepEqual(experiment.replicas, [1, 2, 3]);
    assert.match(text(), /--target kubernetes --context planted --dry-run/);
    assert.doesNotMatch(text(), /\{\w+\}/, 'every place is filled');
  }
});

test('the likeliest of several Services and ports is chosen, and the others are named', async (context) => {
  const world = shop();
  world.workloads = ['statefulsets/api.v2'];
  world.replicas = 7;
  world.container = {};
  const ports = [{ name: 'grpc', port: 9090 }, { name: 'metrics', port: 80 }, http];
  world.services = [
    world.service('internal', { ports: [{ name: 'grpc', port: 9090 }] }),
    world.service('headless', { clusterIP: 'None' }),
    world.service('public', { ports }),
  ];
  const { exit, stderr, text } = await init(context, world, '--from-deployment', 'shop/statefulset/api.v2');
  assert.equal(exit, 0, stderr);
  const { systems, replicas } = parseExperiment(text(), 'mine.yaml');
  const deployed = { namespace: 'shop', workload: 'statefulset/api.v2', service: 'public', port: 'http' };
  assert.deepEqual([systems[0]?.name, systems[0]?.deployed, systems[0]?.path], ['api-v2', deployed, '/']);
  assert.deepEqual(replicas, [1, 4, 7]);
  assert.match(text(), /More Services send to its pods: internal\./);
  assert.match(text(), /more ports: grpc, metrics\./);
});

test('of a workload that an autoscaler owns, the experiment sets nothing and says what it could set', async (context) => {
  const world = shop();
  world.autoscalers = [
    { metadata: { name: 'busy' }, spec: { scaleTargetRef: { kind: 'deployment', name: 'api' } } },
  ];
  world.services = [world.service('api', { ports: [{ name: 'https', port: 8443, targetPort: 'web' }] })];
  const { exit, stderr, text } = await init(context, world, '--from-deployment', 'shop/api');
  assert.equal(exit, 0, stderr);
  const { systems, asIs } = parseExperiment(text(), 'mine.yaml');
  assert.deepEqual(
    [systems[0]?.url, systems[0]?.tls, asIs],
    ['https://api.shop.svc:8443', { insecure: true }, true],
  );
  assert.match(text(), /HorizontalPodAutoscaler busy/);
  const scaled = text()
    .replace(/^ {4}url: .*\n/m, `    ${/deployed: .*/.exec(text())?.[0]}\n`)
    .replace(/^replicas: .*$/m, `${/replicas: \[.*/.exec(text())?.[0]}`);
  assert.equal(parseExperiment(scaled, 'mine.yaml').systems[0]?.deployed?.port, 'https');
});

test('what no study could measure is refused with the reason, and no file is written', async (context) => {
  const refused = async (change: (world: ReturnType<typeof shop>) => void, words: string, says: RegExp) => {
    const world = shop();
    change(world);
    const { exit, stderr, text } = await init(context, world, '--from-deployment', words);
    assert.match(stderr, says);
    assert.throws(text, /ENOENT/);
    return exit;
  };
  const asIs = () => undefined;
  assert.equal(await refused(asIs, 'shop/none', /DEPLOYED_UNFIT: .*there: deployment\/api/), 4);
  assert.equal(await refused(asIs, 'shop/daemonset/api', /DEPLOYED_UNFIT: .*no "daemonset"/), 4);
  assert.equal(await refused(asIs, 'api', /OPTION_INVALID: .*NAMESPACE\/NAME/), 2);
  const both = (world: ReturnType<typeof shop>) => world.workloads.push('statefulsets/api');
  await refused(both, 'shop/api', /shop\/deployment\/api or shop\/statefulset\/api/);
  await refused(
    (world) => (world.services = []),
    'shop/api',
    /app=api.*kubectl expose deployment\/api -n shop/,
  );
  const headless = (world: ReturnType<typeof shop>) =>
    (world.services = [world.service('api', { clusterIP: 'None' })]);
  await refused(headless, 'shop/api', /only headless Services .*\(api\)/);
  const busy = (world: ReturnType<typeof shop>) =>
    (world.labels = {
      'escala/scaled-by': 'run-1',
      'escala/replicas-before': '2',
      'escala/study-namespace': 'a',
    });
  await refused(busy, 'shop/api', /WORKLOAD_BUSY: .*run-1.*\n.*clean --namespace a/);
  await refused((world) => (world.denied = '/services'), 'shop/api', /RIGHT_MISSING: .*list services/);
});

test('--from-deployment excludes --from-curl, and --context alone says nothing', async (context) => {
  const world = shop();
  const both = await init(context, world, '--from-deployment', 'shop/api', '--from-curl', 'curl http://x/');
  assert.match(both.stderr, /OPTIONS_CONFLICT: .*--from-deployment and --from-curl/);
  const alone = await init(context, world, '--context', 'planted');
  assert.match(alone.stderr, /OPTION_NEEDS: .*--context.*--from-deployment/);
});
