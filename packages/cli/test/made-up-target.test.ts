// A target that stands in this file alone: whatever the program asks of a target, it asks its row.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type TargetRow, targets } from '@escala/lab/targets';
import type { Manifest, Results } from '@escala/model';
import { plantedSentence } from '../../../test/planted-sentence.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { typed } from './planted-world.ts';

/** Servers and agents of this machine, as if they were reached elsewhere: on a place called a shore. */
const shore: TargetRow = {
  isOneMachine: false,
  options: ['context'],
  faults: [],
  factors: ['storage'],
  tools: [],
  pace: { startS: 3_600, trialS: 0, blockS: 0, replicaS: 0 },
  async open(request) {
    assert.equal(request.context, 'north');
    const target = await targets.local.open(request);
    const prepare = target.prepare.bind(target);
    target.prepare = async () => ({
      ...(await prepare()),
      machineCpus: null,
      cluster: { uid: request.context ?? null, server: 'planted' },
    });
    return Object.assign(target, { name: 'shore' });
  },
  async check({ context }) {
    const says = plantedSentence('the shore {context} is dry', 'a margem {context} está seca');
    return [{ status: context === 'north' ? 'ok' : 'fail', says, values: { context: context ?? '' } }];
  },
  async identify({ context }) {
    return context === undefined ? undefined : { uid: context, server: 'planted' };
  },
  async render(_experiment, { run }) {
    return `a hut for ${run}`;
  },
  async *clean({ context = '' }) {
    yield { run: 'r1', namespace: context, state: 'removed', objects: ['hut'] };
  },
};

const folder = temporaryFolder(test);
const file = join(folder, 'study.yaml');
const run = join(folder, 'run');
const on = (...words: string[]) => typed(words, { targets: { ...targets, shore } });
const there = ['--target', 'shore', '--context', 'north'];
writeFileSync(file, 'replicas: [1, 2]\nclients: 2\nmessages: 4\nwarmup: 0\n');

test('a target that is a row and nothing else runs a whole study, from the plan to the report', async () => {
  const { exit, stderr } = await on('run', file, ...there, '--out', run);
  assert.equal(exit, 0, stderr);
  assert.deepEqual(
    stderr.split('\n').filter((line) => line.includes(run)),
    [
      `The run is in ${run}. To watch it in the browser, type in another terminal:`,
      `  npm start -- watch ${run}`,
    ],
    'said once where the run is, with a command to copy',
  );
  const manifest = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as Manifest;
  assert.equal(manifest.target, 'shore');
  const { trials } = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results;
  assert.deepEqual(
    trials.map(({ cpu }) => cpu.machineShare),
    [null, null],
    'no share of one machine, since it has several',
  );
  assert.match(readFileSync(join(run, 'report.html'), 'utf8'), /shore/);
  assert.equal((await on('verify', run)).exit, 0);
  assert.equal((await on('run', '--resume', run, '--context', 'north')).exit, 0);
});

test('help, plan, doctor and clean know a target by its row', async () => {
  const help = await on('run', '--help');
  assert.match(help.stdout, /local, kind, kubernetes, shore;/);
  assert.match(help.stdout, /--context <name> +kubernetes, shore: context/);
  const plan = await on('run', file, ...there, '--dry-run', '--out', join(folder, 'other', 'none'));
  assert.match(plan.stdout, /1 h 00 min.*\nStart-up times are the usual ones: /);
  assert.match(plan.stdout, /a hut for /);
  assert.match((await on('doctor', ...there)).stdout, /✓ the shore north is dry/);
  const failed = await on('doctor', '--target', 'shore', '--lang', 'pt-BR');
  assert.deepEqual([failed.exit, /✗ a margem {2}está seca/.test(failed.stdout)], [4, true]);
});

test('start-up times are those of the last finished run beside this one on the same cluster', async () => {
  const { run: name } = JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as Manifest;
  const planned = async (context: string, ...words: string[]) =>
    await on('run', file, '--target', 'shore', '--context', context, '--out', join(folder, 'next'), ...words);
  const plan = (await planned('north', '--dry-run')).stdout;
  // One hour is what the row says, which the run before knows better.
  assert.ok(plan.includes(`Start-up times are those of ${name}, the last run`), plan);
  assert.doesNotMatch(plan, / h 00 min/);
  assert.match(
    (await planned('south', '--dry-run')).stdout,
    /1 h 00 min.*\nStart-up times are the usual ones: /,
  );
  const { exit, stderr } = await planned('north');
  assert.equal(exit, 0, stderr);
  assert.ok(stderr.startsWith(`Start-up times are those of ${name}, `), stderr);
});

test('what a row does not have is refused before anything runs', async () => {
  for (const [words, code] of [
    [[file, '--target', 'shore', '--namespace', 'n'], 'OPTION_NEEDS'],
    [[file, '--target', 'sea'], 'OPTION_INVALID'],
    [[plan('faults: [{ at: 0, kind: roll }]'), ...there], 'FAULT_UNSUPPORTED'],
    [[plan('kubernetes: { clientsPerPod: [1, 2] }'), ...there], 'FACTOR_UNSUPPORTED'],
  ] as const) {
    const out = join(folder, 'refused');
    const { stderr } = await on('run', ...words, '--out', out);
    assert.match(stderr, new RegExp(`^escala: ${code}: `), words.join(' '));
    assert.ok(!existsSync(out), words.join(' '));
  }
});

test('a run of a target that this version does not have is told by its name', async () => {
  const { exit, stderr } = await typed(['run', '--resume', run]);
  assert.equal(exit, 3);
  assert.match(stderr, /^escala: TARGET_UNKNOWN: .*"shore".*local, kind, kubernetes/);
});

function plan(line: string): string {
  const path = join(folder, `${line.length}.yaml`);
  writeFileSync(path, `replicas: 1\nclients: 2\nmessages: 4\n${line}\n`);
  return path;
}
