import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '@escala/model';
import { parse } from 'csv-parse/sync';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala, processesOf, startEscala } from './escala.ts';

const KILLS = Number(process.env['ESCALA_TEST_KILLS'] ?? 6);
/** A run of this experiment takes some seconds; kills fall anywhere in it. */
const RUN_MS = 6_000;
/** Children notice their parent's end within two seconds; a busy machine gets more before the test fails. */
const LEFT_BEHIND_MS_MAX = 15_000;

const experiment = `
name: killed
replicas: [1, 3]
clients: [2, 6]
messages: [1, 40]
service: { time: 1ms }
commitDelay: 1ms
rounds: 2
`;
const TRIALS = 2 * 2 * 2 * 2;
const REQUESTS = 2 * 2 * (2 + 6) * (1 + 40);

function assertComplete(run: string): void {
  const rows = parse(readFileSync(join(run, 'requests.csv')), { columns: true }) as Record<string, string>[];
  assert.equal(rows.length, REQUESTS);
  assert.equal(new Set(rows.map((row) => row['request_id'])).size, REQUESTS, 'no cell twice');
  const trials = Map.groupBy(rows, (row) => row['cell']);
  assert.equal(trials.size, TRIALS, 'no cell missing, and one attempt of each');
  assert.ok(rows.every((row) => row['ledger'] === 'recorded'));
}

test('killed at random moments, a study leaves no process and is completed by --resume', async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'killed.yaml');
  writeFileSync(file, experiment);
  const random = createRandom(process.env['ESCALA_TEST_SEED'] ?? 'kills');
  let [kills, studies] = [0, 0];
  while (kills < KILLS) {
    const run = join(folder, `run-${++studies}`);
    for (let isOver = false; !isOver && kills < KILLS; ) {
      const { child, ended } = startEscala(nextWords(file, run));
      const timer = setTimeout(() => child.kill('SIGKILL'), 300 + random.next() * RUN_MS);
      const { signal, code, stderr } = await ended;
      clearTimeout(timer);
      isOver = signal !== 'SIGKILL';
      if (isOver) assert.equal(code, 0, stderr);
      else kills++;
      await assertNothingLeft(run);
    }
    const last = await escala(...nextWords(file, run));
    assert.equal(last.code, 0, last.stderr);
    assertComplete(run);
  }
  context.diagnostic(`${kills} kills in ${studies} studies`);
});

/** A new study, or what goes on with the one that is there. */
function nextWords(file: string, run: string): string[] {
  return existsSync(join(run, 'manifest.json')) ? ['run', '--resume', run] : ['run', file, '--out', run];
}

async function assertNothingLeft(run: string): Promise<void> {
  const deadline = performance.now() + LEFT_BEHIND_MS_MAX;
  while (processesOf(run).length > 0 && performance.now() < deadline) await sleep(50);
  assert.deepEqual(processesOf(run), [], 'servers and agents end with their parent');
}

test('Ctrl-C keeps what was finished, exits 130 and prints the command that goes on', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'killed.yaml'), join(folder, 'the run')];
  writeFileSync(file, experiment);
  const { child, ended } = startEscala(['run', file, '--out', run, '--json']);
  let finished = 0;
  child.stdout?.on('data', (chunk) => {
    const before = finished;
    finished += String(chunk).split('"trial-finished"').length - 1;
    // Once: a second Ctrl-C ends a program at once, as it should.
    if (before < 3 && finished >= 3) child.kill('SIGINT');
  });
  const { code, stderr } = await ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /INTERRUPTED[\s\S]*--resume '\S+the run'/);
  assert.deepEqual(processesOf(run), []);
  const rows = parse(readFileSync(join(run, 'requests.csv')), { columns: true }) as Record<string, string>[];
  assert.ok(rows.length > 0 && rows.length < REQUESTS);
  const resumed = await escala('run', '--resume', run);
  assert.equal(resumed.code, 0, resumed.stderr);
  assertComplete(run);
});

test('a second orchestrator on a live run is turned away', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'killed.yaml'), join(folder, 'run')];
  writeFileSync(file, experiment);
  const first = startEscala(['run', file, '--out', run, '--json']);
  await new Promise<void>((resolve) => first.child.stdout?.once('data', () => resolve()));
  const second = await escala('run', '--resume', run);
  assert.equal(second.code, 4);
  assert.match(second.stderr, /RUN_LIVE/);
  first.child.kill('SIGINT');
  assert.equal((await first.ended).code, 130);
});
