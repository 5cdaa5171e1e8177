// deploy.sh with a pretend escala, which shows the words that it was given.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { projectFolder } from './escala.ts';

function deploy(t: TestContext, ...words: string[]) {
  const folder = temporaryFolder(t);
  copyFileSync(join(projectFolder, 'deploy.sh'), join(folder, 'deploy.sh'));
  for (const name of ['bin', 'node_modules']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
  writeFileSync(join(folder, 'bin/escala'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  const { stdout, stderr, status } = spawnSync('sh', ['deploy.sh', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { words: stdout.trimEnd().split('\n'), stderr, status };
}

test('what stands after the experiment reaches escala run, word for word', (t) => {
  const { words, status } = deploy(t, 'kubernetes', 'my study.yaml', '--context', 'the other');
  assert.equal(status, 0);
  assert.deepEqual(words.slice(0, 4), ['run', 'my study.yaml', '--target', 'kubernetes']);
  assert.deepEqual(words.slice(-2), ['--context', 'the other']);
});

test('without an experiment the founding study runs, with options too', (t) => {
  const plain = deploy(t).words;
  assert.match(plain[1] ?? '', /experiments\/founding\.yaml$/);
  assert.deepEqual(plain.slice(2, 4), ['--target', 'local']);
  const { words } = deploy(t, 'kind', '--rounds', '5');
  assert.match(words[1] ?? '', /experiments\/founding\.yaml$/);
  assert.deepEqual(words.slice(-2), ['--rounds', '5']);
});

test('an unknown target, and what the script itself decides, are refused', (t) => {
  for (const words of [['minikube'], ['kind', 'x.yaml', '--out', 'y'], ['kind', '--target=local']]) {
    const { status, stderr } = deploy(t, ...words);
    assert.equal(status, 2, words.join(' '));
    assert.match(stderr, /^usage: /);
  }
});
