import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import type { EscalaError } from '@escala/model';
import { ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import { ApiKinds } from '../../src/targets/kubernetes/foreign/kinds.ts';
import { putBack, ScaledWorkload, scaledIn } from '../../src/targets/kubernetes/foreign/scaled-workload.ts';
import { urlOfService } from '../../src/targets/kubernetes/foreign/service.ts';
import { withPlantedCluster } from './planted-cluster.ts';

const path = '/apis/apps/v1/namespaces/shop/deployments/api';
const named = { system: 'shop', namespace: 'shop', workload: 'deployment/api' };

type Labels = Record<string, string | null>;

/** A Deployment of two replicas behind a Service; what a test changes of them stands in `world`. */
function shop() {
  return {
    labels: { team: 'shop' } as Labels,
    replicas: 2,
    version: 1,
    calls: [] as string[],
    paused: false,
    service: {
      clusterIP: '10.0.0.1',
      selector: { app: 'api' },
      ports: [{ name: 'http', port: 80 }],
    } as object,
    autoscalers: [] as object[],
    /** Happens once, just before the next change of the workload. */
    meanwhile: undefined as (() => void) | undefined,
  };
}

type Shop = ReturnType<typeof shop>;

function connect(context: TestContext, world: Shop): Promise<ClusterApi> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '' } = request;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://planted');
    const send = (value: object, status = 200) => response.writeHead(status).end(JSON.stringify(value));
    const deployment = () => ({
      kind: 'Deployment',
      metadata: {
        name: 'api',
        namespace: 'shop',
        labels: world.labels,
        resourceVersion: String(world.version),
      },
      spec: { paused: world.paused, template: { metadata: { labels: { app: 'api' } } } },
    });
    if (method === 'PATCH') {
      const body = (await json(request)) as {
        metadata?: { labels?: Labels; resourceVersion?: string };
        spec?: { replicas: number };
      };
      world.meanwhile?.();
      world.meanwhile = undefined;
      const version = body.metadata?.resourceVersion;
      if (version !== undefined && version !== String(world.version))
        return send({ kind: 'Status', message: 'the object has been modified' }, 409);
      world.version += 1;
      if (body.spec) world.replicas = body.spec.replicas;
      for (const [name, value] of Object.entries(body.metadata?.labels ?? {})) {
        if (value === null) delete world.labels[name];
        else world.labels[name] = value;
      }
      world.calls.push(body.spec ? `scale ${body.spec.replicas}` : 'label');
      return send(deployment());
    }
    if (pathname === '/apis') return send({ groups: [] });
    if (pathname === '/apis/apps/v1')
      return send({
        resources: [
          { name: 'deployments', singularName: 'deployment', kind: 'Deployment', namespaced: true },
          { name: 'deployments/scale', kind: 'Scale' },
          { name: 'daemonsets', singularName: 'daemonset', kind: 'DaemonSet', namespaced: true },
        ],
      });
    if (pathname === '/api/v1') return send({ resources: [] });
    if (pathname === path) return send(deployment());
    if (pathname === `${path}/scale`)
      return send({
        metadata: { name: 'api', resourceVersion: String(world.version) },
        spec: { replicas: world.replicas },
        status: { selector: 'app=api' },
      });
    if (pathname.endsWith('/horizontalpodautoscalers')) return send({ items: world.autoscalers });
    if (pathname.endsWith('/services'))
      return send({
        items:
          searchParams.get('fieldSelector') === 'metadata.name=api'
            ? [{ metadata: { name: 'api' }, spec: world.service }]
            : [],
      });
    if (pathname === '/apis/apps/v1/namespaces/shop/deployments') {
      const selector = searchParams.get('labelSelector') ?? '';
      return send({ items: selector in world.labels ? [deployment()] : [] });
    }
    if (pathname.startsWith('/apis/apps/v1/namespaces/shop/') && pathname.split('/').length === 7)
      return send({ items: [] });
    return send({ kind: 'Status', message: 'not found', code: 404 }, 404);
  };
  return withPlantedCluster(
    context,
    (...call) => void answer(...call),
    () => ClusterApi.connect('planted'),
  );
}

const find = (api: ClusterApi, name = named) => ScaledWorkload.find(api, new ApiKinds(api), name);
const study = (run: string) => ({ run, namespace: 'agents', isResumed: false });

test('the old number is on the workload before the first change, and gone with the last', async (context) => {
  const world = shop();
  const api = await connect(context, world);
  const workload = await find(api);
  assert.deepEqual(await workload.take(study('run-1')), {
    workload: 'deployment/api',
    replicas: 2,
    study: 'agents',
  });
  assert.deepEqual(world.labels, {
    team: 'shop',
    'escala/replicas-before': '2',
    'escala/scaled-by': 'run-1',
    'escala/study-namespace': 'agents',
  });
  await workload.scale(5);
  assert.deepEqual(await scaledIn(api, 'shop'), [{ path, run: 'run-1', study: 'agents' }]);
  assert.equal(await putBack(api, { path, run: 'another' }), undefined, 'it is not of that run');
  assert.equal((await putBack(api, { path, run: 'run-1' }))?.replicas, 2);
  assert.deepEqual(world.calls, ['label', 'scale 5', 'scale 2', 'label']);
  assert.deepEqual([world.replicas, world.labels], [2, { team: 'shop' }]);
  assert.equal(await putBack(api, { path, run: 'run-1' }), undefined, 'a second time there is nothing to do');
});

test('a run that goes on keeps the number that its earlier life found', async (context) => {
  const world = shop();
  const api = await connect(context, world);
  const workload = await find(api);
  await workload.take(study('run-1'));
  await workload.scale(7);
  assert.equal((await workload.take({ ...study('run-1'), isResumed: true })).replicas, 2);
});

test('a second study is refused by the name of the first, also where both begin at once', async (context) => {
  const world = shop();
  const api = await connect(context, world);
  const workload = await find(api);
  world.meanwhile = () => {
    Object.assign(world.labels, { 'escala/scaled-by': 'run-1', 'escala/replicas-before': '2' });
    world.version += 1;
  };
  await assert.rejects(workload.take(study('run-2')), (cause: EscalaError) => {
    assert.equal(cause.code, 'WORKLOAD_BUSY');
    assert.match(cause.says.en, /deployment\/api .*run-1, which found 2 replicas/);
    return true;
  });
  assert.deepEqual(world.calls, []);
});

test('a workload that no study can scale is refused with the reason', async (context) => {
  const world = shop();
  const api = await connect(context, world);
  const refused = (workload: string, says: RegExp) =>
    assert.rejects(find(api, { ...named, workload }), (cause: EscalaError) => {
      assert.equal(cause.code, 'WORKLOAD_UNFIT');
      assert.match(cause.says.en, says);
      return true;
    });
  await refused('rollout/api', /has no "rollout"/);
  await refused('daemonset/api', /DaemonSet has no scale subresource/);
  await refused('deployment/none', /not in the namespace shop/);
  world.paused = true;
  await refused('deployment/api', /is paused: kubectl rollout resume deployment\/api -n shop/);
});

test('an autoscaler of the workload is told, another one is not in the way', async (context) => {
  const world = shop();
  const workload = await find(await connect(context, world));
  const autoscaler = (name: string) => ({
    metadata: { name },
    spec: { scaleTargetRef: { kind: 'Deployment', name } },
  });
  world.autoscalers = [autoscaler('other')];
  await workload.requireNoAutoscaler();
  world.autoscalers = [autoscaler('other'), autoscaler('api')];
  await assert.rejects(workload.requireNoAutoscaler(), { code: 'WORKLOAD_AUTOSCALED' });
});

test('a Service whose clients would not meet the pods is refused with the reason', async (context) => {
  const world = shop();
  const api = await connect(context, world);
  const workload = await find(api);
  const service = { system: 'shop', service: 'api' };
  assert.equal(await urlOfService(api, service, workload), 'http://api.shop.svc:80');
  const refused = (spec: object, says: RegExp, port?: string, name = 'api') => {
    world.service = { clusterIP: '10.0.0.1', selector: { app: 'api' }, ports: [{ port: 80 }], ...spec };
    const asked = { system: 'shop', service: name, ...(port && { port }) };
    return assert.rejects(urlOfService(api, asked, workload), (cause: EscalaError) => {
      assert.equal(cause.code, 'SERVICE_UNFIT');
      assert.match(cause.says.en, says);
      return true;
    });
  };
  await refused({}, /has no such Service/, undefined, 'none');
  await refused({ clusterIP: 'None' }, /headless/);
  await refused({ selector: {} }, /no selector/);
  await refused({ selector: { app: 'web' } }, /app=web does not choose .*app=api/);
  await refused({}, /no port http; it has 80/, 'http');
  const two = [
    { name: 'http', port: 80 },
    { name: 'grpc', port: 81 },
  ];
  await refused({ ports: two }, /several ports \(http \(80\), grpc \(81\)\)/);
});
