import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import { withPlantedCluster } from './planted-cluster.ts';

const planted = (context: TestContext, answer: RequestListener): Promise<ClusterApi> =>
  withPlantedCluster(context, answer, () => ClusterApi.connect('planted'));

test('a cluster that has answered may hang up, and the call is made again', async (context) => {
  let calls = 0;
  const api = await planted(context, (request, response) => {
    calls += 1;
    if (calls === 2) request.socket.destroy();
    else response.end('{"items":[]}');
  });
  await api.list('/api/v1/nodes');
  assert.deepEqual(await api.list('/api/v1/nodes'), []);
  assert.equal(calls, 3);
});

test('a cluster that has never answered is told of at once, and so is a call that is of no use later', async (context) => {
  let calls = 0;
  const api = await planted(context, (request, response) => {
    calls += 1;
    if (calls === 2) response.end('{}');
    else request.socket.destroy();
  });
  await assert.rejects(api.json('GET', '/version'), { code: 'CLUSTER_UNREACHABLE' });
  await api.json('GET', '/version');
  await assert.rejects(api.bytes('/metrics', { once: true }), { code: 'CLUSTER_UNREACHABLE' });
  assert.equal(calls, 3);
});

test('what the API server refuses is told in its own words, and not asked again', async (context) => {
  let calls = 0;
  const api = await planted(context, (_request, response) => {
    calls += 1;
    response.writeHead(403).end('{"message":"pods is forbidden"}');
  });
  await assert.rejects(api.json('GET', '/api/v1/pods'), {
    code: 'RIGHT_MISSING',
    status: 403,
    message: 'a right is missing to list pods: pods is forbidden',
  });
  assert.equal(calls, 1);
});

test('a removal says how long the pod has, and what becomes of what it owns', async (context) => {
  let options: unknown;
  const api = await planted(context, async (request, response) => {
    options = await json(request);
    response.end('{"kind":"Status","status":"Success"}');
  });
  await api.remove('/api/v1/namespaces/any/pods/one', { graceSeconds: 0 });
  assert.deepEqual(options, { propagationPolicy: 'Background', gracePeriodSeconds: 0 });
});
