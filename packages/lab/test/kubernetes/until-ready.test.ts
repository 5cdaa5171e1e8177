import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { ClusterApi } from '../../src/targets/kubernetes/cluster-api.ts';
import type { PodWatch } from '../../src/targets/kubernetes/pod-watch.ts';
import { untilReady } from '../../src/targets/kubernetes/until-ready.ts';

test('an interruption ends the wait for pods that never come', async () => {
  const interruption = new AbortController();
  const pretendWatch = { list: () => [], nextChange: () => turn() } as unknown as PodWatch;
  const waiting = untilReady({
    api: {} as ClusterApi,
    watch: pretendWatch,
    namespace: 'n',
    labels: {},
    count: 1,
    owner: 'servidor',
    signal: interruption.signal,
  });
  interruption.abort('SIGINT');
  await assert.rejects(waiting, (reason) => reason === 'SIGINT');
});
