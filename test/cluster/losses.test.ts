import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Door } from './door.ts';
import {
  context,
  escala,
  experiment,
  FIRST_BUILD_MS_MAX,
  haveCluster,
  kubectl,
  onCluster,
  options,
  recordOf,
  shell,
  startEscala,
  studyNamespaces,
  untilEvent,
} from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

const cell = 'node-r2-c10-m400';
/** One cell that loads for about nine seconds. */
const oneCell = `name: one-cell
replicas: [2]
clients: [10]
messages: [400]
service: { time: 4ms, parallelism: 1, kind: wait }
kubernetes: { clientsPerPod: 5 }
`;

/** Starts the study of one cell, and resolves when its requests are under way. */
async function underWay(config?: string) {
  const { file, out } = await experiment(oneCell);
  const running = escala(['run', file, ...onCluster, '--out', out], config);
  await untilEvent(out, 'trial-progress', { running });
  return { running, out };
}

async function podOf(component: string): Promise<string> {
  const labels = `-l app.kubernetes.io/component=${component},app.kubernetes.io/managed-by=escala`;
  return kubectl(
    `get pods -A ${labels} -o jsonpath='-n {.items[0].metadata.namespace} {.items[0].metadata.name}'`,
  );
}

test(
  'a killed orchestrator leaves a study that is resumed, and cleaned only when nobody runs it',
  options,
  async () => {
    const cells = ['node-r2-c4-m1', 'node-r2-c4-m5'];
    const { file, out } = await experiment(`name: resumed
replicas: [2]
clients: [4]
messages: [1, 5]
rounds: 3
kubernetes: { clientsPerPod: 2 }
`);
    const child = startEscala(['run', file, ...onCluster, '--out', out]);
    await untilEvent(out, 'trial-finished', { running: once(child, 'close') });
    child.kill('SIGKILL');
    await once(child, 'close');
    assert.equal((await studyNamespaces('resumed')).length, 1);
    const clean = await escala(['clean', '--context', context]);
    assert.match(clean.stdout, /is running in/);
    const resumed = await escala(['run', '--resume', out, '--context', context]);
    assert.equal(resumed.code, 0, resumed.stderr);
    for (const cell of cells) assert.equal((await readdir(join(out, 'cells', cell))).length, 3);
    assert.deepEqual(await studyNamespaces('resumed'), []);
  },
);

for (const [moment, event] of [
  ['while a block deploys', 'block-started'],
  ['under load', 'trial-started'],
] as const) {
  test(
    `Ctrl-C ${moment} takes the study off the cluster and prints the command that goes on`,
    options,
    async () => {
      const { file, out } = await experiment(oneCell);
      const child = startEscala(['run', file, ...onCluster, '--out', out]);
      let said = '';
      child.stderr.on('data', (text) => (said += text));
      await untilEvent(out, event, { running: once(child, 'close') });
      child.kill('SIGINT');
      const [code] = await once(child, 'close');
      assert.equal(code, 130, said);
      assert.match(said, new RegExp(`--resume ${out}.*--context ${context}`));
      assert.deepEqual(await studyNamespaces('one-cell'), []);
    },
  );
}

test('a cell whose client pod is deleted runs again, and the ledger closes', options, async () => {
  const { running, out } = await underWay();
  await kubectl(`delete pod --grace-period=0 --force ${await podOf('client')}`);
  const ended = await running;
  assert.equal(ended.code, 0, ended.stderr);
  const { attempt, counts } = await recordOf(out, cell);
  assert.equal(attempt, 2);
  assert.equal(counts.ledger.recorded, 4_000);
  assert.equal(counts.ledger.unexpected, 0, 'rows of the first attempt are no surprise');
});

test('the ledger closes over a server pod that someone else deletes', options, async () => {
  const { running, out } = await underWay();
  await kubectl(`delete pod --grace-period=0 --force ${await podOf('server')}`);
  const ended = await running;
  assert.equal(ended.code, 0, ended.stderr);
  const { counts, incidents } = await recordOf(out, cell);
  assert.equal(counts.requests, 4_000);
  assert.equal(counts.ledger.missing, 0);
  assert.ok(incidents.some(({ code }) => code === 'replica-ended'));
});

test(
  'rows are collected although every port-forward is cut, over a slow door to the API server',
  options,
  async () => {
    await using door = await Door.open({ delayMs: 20 });
    const { running, out } = await underWay(door.config);
    for (let cuts = 1; cuts <= 3; cuts++) {
      door.cut();
      await untilEvent(out, 'trial-progress', { running, count: cuts + 1 });
    }
    const ended = await running;
    assert.equal(ended.code, 0, ended.stderr);
    const { attempt, counts } = await recordOf(out, cell);
    assert.equal(attempt, 1);
    assert.equal(counts.ledger.recorded, 4_000);
  },
);

test('a study lives on although the API server is gone for ten seconds', options, async () => {
  // How the API server is stopped is the cluster's own affair, so whoever runs these tests says it.
  const { CLUSTER_STOP_API: stop, CLUSTER_START_API: start } = process.env;
  assert.ok(stop && start, 'CLUSTER_STOP_API and CLUSTER_START_API name the commands');
  const { running, out } = await underWay();
  await shell(stop);
  await sleep(10_000);
  await shell(start);
  const ended = await running;
  assert.equal(ended.code, 0, ended.stderr);
  assert.equal((await recordOf(out, cell)).counts.ledger.recorded, 4_000);
  assert.deepEqual(await studyNamespaces('one-cell'), []);
});

test(
  'a study that loses its cluster says so, and is completed and taken away when that is back',
  options,
  async () => {
    const door = await Door.open();
    const { running, out } = await underWay(door.config);
    await door[Symbol.asyncDispose]();
    const ended = await running;
    assert.equal(ended.code, 4, ended.stderr);
    assert.match(ended.stderr, /CLUSTER_UNREACHABLE/);
    const resumed = await escala(['run', '--resume', out, '--context', context]);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal((await recordOf(out, cell)).counts.ledger.recorded, 4_000);
    assert.deepEqual(await studyNamespaces('one-cell'), []);
  },
);
