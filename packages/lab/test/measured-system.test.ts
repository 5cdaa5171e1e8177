import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { measuredSystem } from '../src/targets/local/measured-system.ts';
import { prepareSystem } from '../src/targets/local/systems.ts';

const measured = async (command: readonly string[]) => {
  const system = { name: 'mine', command, ledger: 'none' as const };
  return measuredSystem(system, await prepareSystem(system));
};

test('our own server is named by version, commit and runtime', async () => {
  const system = { name: 'node', ledger: 'api' as const };
  const found = await measuredSystem(system, await prepareSystem(system));
  assert.match(found.version ?? '', /^\d+\.\d+\.\d+/);
  assert.equal(found.runtime, `Node ${process.versions.node}`);
});

test('a command of the user is named by its file, the commit of its repository, and what is not committed', async (context) => {
  const folder = temporaryFolder(context);
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
      encoding: 'utf8',
    }).trim();
  const file = join(folder, 'service.js');
  writeFileSync(file, '// one\n');
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'one');
  const clean = await measured([process.execPath, file, '--flag']);
  assert.deepEqual(
    { ...clean, runtime: null },
    {
      name: 'mine',
      version: null,
      commit: git('rev-parse', 'HEAD'),
      isDirty: false,
      digest: `sha256:${createHash('sha256').update('// one\n').digest('hex')}`,
      runtime: null,
    },
  );
  assert.equal(clean.runtime, `node ${process.version}`);
  writeFileSync(file, '// two\n');
  assert.equal((await measured([process.execPath, file])).isDirty, true);
});

test('a script is asked for what its first line names, and a program of the PATH for its file', async (context) => {
  const file = join(temporaryFolder(context), 'service');
  writeFileSync(file, '#!/usr/bin/env node\n', { mode: 0o755 });
  assert.match((await measured([file])).runtime ?? '', /^node v\d+\.\d+/);
  const found = await measured(['tail', file]);
  assert.match(found.digest ?? '', /^sha256:/);
  assert.notEqual(found.digest, (await measured([file])).digest);
});

test('of a program that nothing is known of, nothing is said, and it is not started to ask', async (context) => {
  const folder = temporaryFolder(context);
  const trace = join(folder, 'started');
  const file = join(folder, 'service');
  writeFileSync(file, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 });
  const found = await measured([file]);
  assert.equal(found.commit, null);
  assert.equal(found.runtime, null);
  assert.match(found.digest ?? '', /^sha256:/);
  assert.throws(() => execFileSync('test', ['-e', trace]));
});
