import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EscalaError, type ProblemCode, runFiles, systemClock, trialFiles, trialFolder } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readEvents } from '../src/disk/event-log.ts';
import { parseExperiment } from '../src/experiment/read.ts';
import { resumeStudy, type StudyWorld, startStudy } from '../src/study/study.ts';
import { targets } from '../src/targets/index.ts';
import { type PlantedFailures, PlantedTarget } from './planted-target.ts';

/** Two blocks (1 and 2 servers) of two trials of four requests each. */
const experimentText = 'replicas: [1, 2]\nclients: 2\nmessages: [1, 2]\nwarmup: 0\n';
const experiment = parseExperiment(experimentText, 'planted.yaml');

const problem = (code: ProblemCode) => new EscalaError(code, { detail: 'planted' });
const always = (code: ProblemCode) => () => problem(code);
const at = (calls: readonly number[], code: ProblemCode) => (call: number) =>
  calls.includes(call) ? problem(code) : undefined;

function study(context: TestContext) {
  const folder = temporaryFolder(context);
  const world = (failures: PlantedFailures): StudyWorld => ({
    folder,
    clock: systemClock,
    signal: new AbortController().signal,
    listeners: [],
    targets: {
      planted: { ...targets.local, open: async () => new PlantedTarget(folder, experiment, failures) },
    },
    place: {},
  });
  const request = { run: 'planted', target: 'planted', experiment, experimentText };
  const events = () => readEvents(join(folder, runFiles.events));
  return {
    folder,
    start: (failures: PlantedFailures) => startStudy(world(failures), request),
    resume: (failures: PlantedFailures) => resumeStudy(world(failures)),
    lastEvent: () => events().at(-1)?.type,
    attempts: () => events().flatMap((event) => (event.type === 'trial-prepared' ? [event.attempt] : [])),
    rowsOnDisk: () => readFileSync(join(folder, runFiles.requests), 'utf8').split('\n').length - 2,
  };
}

test('a trial that failed once is tried again on new servers', async (context) => {
  const { start, attempts, rowsOnDisk } = study(context);
  const outcome = await start({ quiesce: at([1], 'REPLICA_LOST') });
  assert.deepEqual(outcome.failed, []);
  assert.deepEqual(attempts(), [1, 2, 1, 1, 1]);
  assert.equal(new Set(outcome.records.map(({ block }) => block)).size, 2);
  assert.equal(rowsOnDisk(), 12);
});

test('a trial that failed twice leaves nothing, and the others go on', async (context) => {
  const { start, folder, attempts } = study(context);
  const outcome = await start({ quiesce: at([1, 2], 'REPLICA_LOST') });
  const [lost] = outcome.manifest.plan.flatMap(({ trials }) => trials);
  assert.ok(lost);
  assert.deepEqual(
    outcome.failed.map(({ trial }) => trial),
    [lost],
  );
  assert.equal(outcome.records.length, 3);
  assert.deepEqual(attempts(), [1, 2, 1, 1, 1]);
  const record = join(trialFolder(folder, lost.cell.key, lost.round), trialFiles.record);
  assert.throws(() => readFileSync(record), { code: 'ENOENT' });
});

test('each life of a run has its own tries, and no number of an attempt is used twice', async (context) => {
  const { start, resume, attempts } = study(context);
  await start({ quiesce: at([1, 3, 4, 5, 6], 'REPLICA_LOST') });
  const before = attempts().length;
  const stopped = await resume({ quiesce: at([1], 'CLUSTER_UNREACHABLE') });
  assert.equal(stopped.failure?.code, 'CLUSTER_UNREACHABLE');
  const outcome = await resume({ quiesce: at([1], 'REPLICA_LOST') });
  assert.deepEqual(outcome.failed, []);
  assert.equal(outcome.records.length, 4);
  assert.deepEqual(attempts().slice(before, before + 3), [3, 4, 5]);
});

test('servers that cannot be deployed cost their block, not the study', async (context) => {
  const { start, resume, rowsOnDisk } = study(context);
  const outcome = await start({ deploy: at([2, 3], 'SERVER_NOT_READY') });
  const [first, second] = outcome.manifest.plan;
  assert.deepEqual(
    outcome.failed.map(({ trial }) => trial),
    second?.trials,
  );
  assert.deepEqual(
    outcome.records.map(({ planIndex }) => planIndex),
    first?.trials.map(({ planIndex }) => planIndex),
  );
  assert.ok(rowsOnDisk() > 0);
  assert.equal((await resume({})).records.length, 4);
});

test('a study whose first servers cannot be deployed ends at once, with the reason', async (context) => {
  const { start, resume } = study(context);
  const outcome = await start({ deploy: always('SERVER_NOT_READY') });
  assert.equal(outcome.failure?.code, 'SERVER_NOT_READY');
  assert.deepEqual([outcome.records, outcome.failed], [[], []]);
  assert.equal((await resume({ deploy: always('SERVER_NOT_READY') })).failure?.code, 'SERVER_NOT_READY');
});

test('pods of agents that are refused at first end the study, and later cost their cell', async (context) => {
  const { start, resume } = study(context);
  assert.equal((await start({ agents: always('PODS_REFUSED') })).failure?.code, 'PODS_REFUSED');
  const outcome = await resume({ agents: at([2, 3], 'PODS_REFUSED') });
  assert.equal(outcome.failure, undefined);
  assert.deepEqual([outcome.failed.length, outcome.records.length], [1, 3]);
});

for (const [code, fails, removal] of [
  ['CLUSTER_UNREACHABLE', '', {}],
  [
    'CLUSTER_UNREACHABLE',
    ', which also meets the removal of the servers,',
    { remove: always('CLUSTER_UNREACHABLE') },
  ],
  ['DISK_FULL', '', {}],
] as const) {
  test(`what was finished before ${code}${fails} is there to be used`, async (context) => {
    const { start, resume, rowsOnDisk, lastEvent } = study(context);
    const outcome = await start({ quiesce: at([2], code), ...removal });
    assert.equal(lastEvent(), 'run-interrupted', 'whoever watches hears that nothing runs any more');
    assert.equal(outcome.failure?.code, code);
    assert.equal(outcome.interrupted, false);
    assert.equal(outcome.records.length, 1);
    assert.equal(rowsOnDisk(), outcome.records[0]?.counts.requests);
    assert.equal((await resume({})).records.length, 4);
  });
}

test('a study whose target cannot be ended has all that was measured', async (context) => {
  const { start, lastEvent, rowsOnDisk } = study(context);
  const outcome = await start({ end: at([1], 'CLUSTER_UNREACHABLE') });
  assert.equal(outcome.failure?.code, 'CLUSTER_UNREACHABLE');
  assert.equal(outcome.records.length, 4);
  assert.equal(rowsOnDisk(), 12);
  assert.equal(lastEvent(), 'run-finished');
});

test('a bug of ours is not hidden in an outcome', async (context) => {
  const { start } = study(context);
  await assert.rejects(start({ quiesce: () => new TypeError('planted') }), TypeError);
});

test('data folders of servers go with them, but for those on which a trial failed; logs stay', async (context) => {
  const { start, folder } = study(context);
  const outcome = await start({ quiesce: at([1], 'REPLICA_LOST') });
  const names = readdirSync(join(folder, runFiles.processes));
  const [firstBlock] = outcome.manifest.plan;
  const failed = `b${firstBlock?.trials[0]?.planIndex}-1-1`;
  assert.deepEqual(
    names.filter((name) => /^b\d/.test(name)),
    [failed],
  );
  assert.ok(names.some((name) => name.endsWith(`${failed}-1.log`)));
  assert.ok(names.some((name) => name.endsWith('-2.log')));
});
