import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { V1Lease } from '@kubernetes/client-node';
import { ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import { isLive, Lease } from '../../src/targets/kubernetes/study/lease.ts';
import { withPlantedCluster } from './planted-cluster.ts';

/** A planted API server that keeps one lease, by a clock that is an hour ahead of this machine's. */
const AHEAD_MS = 3_600_000;

async function plantLeases(context: TestContext) {
  const kept: { lease?: V1Lease; secrets: object[] } = { secrets: [{ metadata: { name: 'escala-run' } }] };
  const api = await withPlantedCluster(
    context,
    (request, response) => {
      response.setHeader('date', new Date(Date.now() + AHEAD_MS).toUTCString());
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const { status, body } = answerOf(request.method ?? '', request.url ?? '', chunks);
        response.writeHead(status).end(JSON.stringify(body));
      });
    },
    () => ClusterApi.connect('planted'),
  );
  function answerOf(method: string, url: string, chunks: Buffer[]): { status: number; body: unknown } {
    if (method === 'GET' && url.includes('/secrets')) return { status: 200, body: { items: kept.secrets } };
    if (method === 'GET') return { status: 200, body: { items: kept.lease ? [kept.lease] : [] } };
    if (method === 'DELETE') {
      delete kept.lease;
      return { status: 200, body: { kind: 'Status', status: 'Success' } };
    }
    const given = JSON.parse(Buffer.concat(chunks).toString()) as V1Lease;
    if (method === 'POST') {
      if (kept.lease) return { status: 409, body: { message: 'leases "escala-run" already exists' } };
      kept.lease = { ...given, metadata: { ...given.metadata, uid: `uid of ${given.spec?.holderIdentity}` } };
      return { status: 200, body: kept.lease };
    }
    if (!kept.lease) return { status: 404, body: { message: 'not found' } };
    const isItsOwn = given.metadata?.uid === kept.lease.metadata?.uid;
    if (isItsOwn) kept.lease = { ...kept.lease, spec: { ...kept.lease.spec, ...given.spec } };
    return isItsOwn ? { status: 200, body: kept.lease } : { status: 422, body: { message: 'uid' } };
  }
  await api.json('GET', '/version');
  return { api, kept };
}

const place = (run: string) => ({ namespace: 'shared', run, imageName: (image: string) => image });
const begin = { isResumed: false };

test('a second study in a namespace is refused by the name of the one that lives there', async (context) => {
  const { api } = await plantLeases(context);
  using _first = await Lease.take(api, place('first'), begin);
  await assert.rejects(Lease.take(api, place('second'), begin), {
    code: 'NAMESPACE_BUSY',
    values: { run: 'first', namespace: 'shared' },
  });
  await assert.rejects(Lease.take(api, place('first'), begin), { code: 'NAMESPACE_BUSY' });
});

test('a lease is judged by the clock of the API server, whatever this machine’s clock says', async (context) => {
  const { api, kept } = await plantLeases(context);
  using _lease = await Lease.take(api, place('run'), begin);
  assert.ok(kept.lease && isLive(kept.lease, api.nowMs));
  assert.ok(Math.abs(api.nowMs - Date.now() - AHEAD_MS) < 2_000);
  assert.ok(!isLive(kept.lease, api.nowMs + 40_000));
  if (kept.lease.spec) kept.lease.spec.renewTime = new Date() as never;
  await assert.rejects(Lease.take(api, place('second'), begin), { code: 'NAMESPACE_LITTERED' });
});

test('a study hears that its lease or its Secret is gone, or that another process goes on with it', async (context) => {
  const { api, kept } = await plantLeases(context);
  using first = await Lease.take(api, place('run'), begin);
  await first.confirm();
  assert.equal(first.lost.aborted, false);
  using second = await Lease.take(api, place('run'), { isResumed: true });
  await first.confirm();
  assert.deepEqual([first.lost.reason.code, first.isTakenOver], ['STUDY_REMOVED', true]);

  second.guardSecret();
  await second.confirm();
  assert.equal(second.lost.aborted, false);
  kept.secrets = [];
  await second.confirm();
  assert.deepEqual([second.lost.reason.values.object, second.isTakenOver], ['Secret/escala-run', false]);

  delete kept.lease;
  using third = await Lease.take(api, place('run'), begin);
  delete kept.lease;
  await third.confirm();
  assert.equal(third.lost.reason.values.object, 'Lease/escala-run');
});
