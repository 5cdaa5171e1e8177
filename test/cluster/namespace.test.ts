import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Results } from '@escala/model';
import {
  escala,
  experiment,
  FIRST_BUILD_MS_MAX,
  haveCluster,
  kubectl,
  onCluster,
  options,
  recordOf,
  study,
  studyNamespaces,
  untilEvent,
} from './place.ts';

before(haveCluster, { timeout: FIRST_BUILD_MS_MAX });

/** One cell that loads for about six seconds. */
const oneCell = `name: one-cell
replicas: [2]
clients: [10]
messages: [300]
service: { time: 4ms, parallelism: 1, kind: wait }
kubernetes: { clientsPerPod: 5, storage: per-replica }
`;

test(
  'a second study in a namespace is refused by the name of the first, which leaves nothing there',
  options,
  async (t) => {
    const namespace = 'shared-by-two';
    await kubectl(`create namespace ${namespace}`);
    t.after(() => kubectl(`delete namespace ${namespace} --wait=false`));
    const words = [...onCluster, '--namespace', namespace];
    const first = await experiment(oneCell);
    const running = escala(['run', first.file, ...words, '--out', first.out]);
    await untilEvent(first.out, 'block-started', { running });
    const second = await study(oneCell, { words: ['--namespace', namespace] });
    assert.equal(second.code, 4, second.stderr);
    const { run } = JSON.parse(await readFile(join(first.out, 'manifest.json'), 'utf8'));
    assert.match(second.stderr, new RegExp(`NAMESPACE_BUSY.*${run}`));
    const ended = await running;
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal((await recordOf(first.out, 'node-r2-c10-m300')).counts.ledger.recorded, 3_000);
    assert.equal(
      await kubectl(`get all,pvc,secret,lease,networkpolicy -n ${namespace} -l escala/run -o name`),
      '',
    );
    assert.equal(
      await kubectl(`get pvc -n ${namespace} -o name`),
      '',
      'the replicas’ own claims go with the study',
    );

    await kubectl(`create deployment servidor --image=meu-servidor -n ${namespace}`);
    const third = await study(oneCell.replace('per-replica', 'shared'), {
      words: ['--namespace', namespace],
    });
    assert.match(third.stderr, /NAMESPACE_LITTERED.*Deployment\/servidor/);
    assert.match(await kubectl(`get deployment -n ${namespace} -o name`), /servidor/);
  },
);

test('a study that is taken off the cluster while it runs says so, and ends', options, async () => {
  const { file, out } = await experiment(oneCell);
  const running = escala(['run', file, ...onCluster, '--out', out]);
  await untilEvent(out, 'trial-started', { running });
  const [namespace] = (await studyNamespaces('one-cell')).map((line) => line.split('=')[0]);
  await kubectl(`delete lease escala-run -n ${namespace}`);
  await kubectl(`delete pods --all --grace-period=1 --wait=false -n ${namespace}`);
  const { code, stderr } = await running;
  assert.equal(code, 4, stderr);
  assert.match(stderr, /STUDY_REMOVED.*Lease\/escala-run/);
  assert.deepEqual(await studyNamespaces('one-cell'), []);
});

test('a replica that someone adds in mid-cell is an incident', options, async () => {
  const { file, out } = await experiment(oneCell.replace(', storage: per-replica', ''));
  const running = escala(['run', file, ...onCluster, '--out', out]);
  await untilEvent(out, 'trial-started', { running });
  const [namespace] = (await studyNamespaces('one-cell')).map((line) => line.split('=')[0]);
  await kubectl(`scale deployment servidor --replicas=3 -n ${namespace}`);
  const { code, stderr } = await running;
  assert.equal(code, 0, stderr);
  const { incidents } = await recordOf(out, 'node-r2-c10-m300');
  assert.ok(
    incidents.some(({ code }) => code === 'replica-added'),
    JSON.stringify(incidents),
  );
});

test('throttling is seen in every round, of servers and of clients', options, async () => {
  const { code, stderr, out } = await study(`name: throttled
replicas: [1]
clients: [4]
messages: [30]
rounds: 2
service: { time: 3ms, kind: cpu }
kubernetes: { resources: { cpu: 100m } }
`);
  assert.equal(code, 0, stderr);
  const { trials } = JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as Results;
  const found = trials.map(({ audits }) => audits.find(({ audit }) => audit === 'platform')?.finding);
  assert.deepEqual(found, ['platform.throttled', 'platform.throttled']);
  const { agents, replicas } = await recordOf(out, 'node-r1-c4-m30');
  assert.equal(agents[0]?.health.throttledUs, 0, 'a client without a limit waits for none');
  assert.ok((replicas[0]?.throttledUs ?? 0) > 100_000, `${replicas[0]?.throttledUs} µs`);
});
