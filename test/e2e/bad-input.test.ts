import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

test('an experiment with mistakes ends with 3 and names each, before anything starts', async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, 'replicas: [1]\nclient: [2]\nmessages: [0]\n');
  const { code, stderr } = await escala('run', file, '--out', join(folder, 'run'));
  assert.equal(code, 3);
  assert.match(stderr, /wrong\.yaml:2:1: client: unknown key; did you mean "clients"\?/);
  assert.match(stderr, /wrong\.yaml:3:\d+: messages/);
  assert.equal(existsSync(join(folder, 'run')), false);
});

test('a missing experiment is 3, an unknown command or option is 2', async () => {
  assert.equal((await escala('run', 'there-is-no-such.yaml')).code, 3);
  assert.equal((await escala('rum')).code, 2);
  assert.equal((await escala('run', '--target', 'moon')).code, 2);
  assert.equal((await escala('run', '--rounds', 'two')).code, 2);
  assert.equal((await escala('run', '--rounds', '1001')).code, 2);
});

test('a folder that cannot be made is 4, with what to do', async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, 'file'), '');
  const { code, stderr } = await escala('run', '--quick', '--out', join(folder, 'file', 'run'));
  assert.equal(code, 4);
  assert.match(stderr, /FOLDER_UNWRITABLE[\s\S]*Name another place/);
});

test('a study that does not fit on the disk is refused before it starts', async (context) => {
  const folder = temporaryFolder(context);
  const file = join(folder, 'huge.yaml');
  writeFileSync(file, 'replicas: 1\nclients: 100000\nmessages: 10000000\n');
  const { code, stderr } = await escala('run', file, '--out', join(folder, 'run'));
  assert.equal(code, 4);
  assert.match(stderr, /DISK_TOO_SMALL/);
});

test('--resume of a folder without a run is 3', async (context) => {
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, 'empty'));
  const { code, stderr } = await escala('run', '--resume', join(folder, 'empty'));
  assert.equal(code, 3);
  assert.match(stderr, /NOT_A_RUN/);
});

test('--dry-run prints the plan with its time and disk, and makes nothing', async (context) => {
  const folder = temporaryFolder(context);
  const { code, stdout } = await escala('run', '--dry-run', '--out', join(folder, 'run'));
  assert.equal(code, 0);
  assert.match(stdout, /150 cells × 1 round, 305,250 requests; about .* on disk/);
  assert.equal(stdout.match(/^round 1: /gm)?.length, 5);
  assert.equal(existsSync(join(folder, 'run')), false);
});

test('faults and factors that processes cannot have are told before anything starts', async (context) => {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'cluster.yaml'), join(folder, 'run')];
  const plain = 'replicas: 1\nclients: 1\nmessages: 1\n';
  for (const [line, told] of [
    ['faults: [{ at: 1s, kind: stop-node }]', /FAULT_UNSUPPORTED[\s\S]*stop-node/],
    ['kubernetes: { storage: [shared, ephemeral] }', /FACTOR_UNSUPPORTED[\s\S]*kubernetes\.storage/],
  ] as const) {
    writeFileSync(file, plain + line);
    const { code, stderr } = await escala('run', file, '--out', run);
    assert.equal(code, 3);
    assert.match(stderr, told);
    assert.equal(existsSync(run), false, 'nothing stays of what did not begin');
  }
});
