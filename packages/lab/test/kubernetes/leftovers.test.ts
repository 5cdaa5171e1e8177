import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Leftover } from '../../src/targets/contract/row.ts';
import { ClusterApi } from '../../src/targets/kubernetes/api/cluster-api.ts';
import { managedBy, runLabel } from '../../src/targets/kubernetes/objects/names.ts';
import { removeLeftovers } from '../../src/targets/kubernetes/study/leftovers.ts';
import { withPlantedCluster } from './planted-cluster.ts';

test('a namespace that cannot be removed is told after those that were', async (context) => {
  const namespaces = ['kept', 'gone'].map((name) => ({
    metadata: { name, labels: { ...managedBy, [runLabel]: `run-${name}` } },
  }));
  const api = await withPlantedCluster(
    context,
    ({ method, url = '' }, response) => {
      if (method === 'DELETE' && url.startsWith('/api/v1/namespaces/kept')) {
        response.writeHead(403).end('{"message":"namespaces is forbidden"}');
        return;
      }
      const items = url.startsWith('/api/v1/namespaces?') ? namespaces : [];
      response.end(JSON.stringify(method === 'DELETE' ? { kind: 'Status', status: 'Success' } : { items }));
    },
    () => ClusterApi.connect('planted'),
  );
  const removed: Leftover[] = [];
  await assert.rejects(
    async () => {
      for await (const leftover of removeLeftovers(api, undefined)) removed.push(leftover);
    },
    { code: 'RIGHT_MISSING' },
  );
  assert.deepEqual(removed, [
    { run: 'run-gone', namespace: 'gone', state: 'removed', objects: ['Namespace/gone'] },
  ]);
});
