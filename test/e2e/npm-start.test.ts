import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectFolder } from './escala.ts';

test('npm start reads paths from the folder in which it is typed, as npx does', () => {
  const words = ['start', '--silent', '--', 'run', 'quick.yaml', '--dry-run', '--lang', 'en'];
  const { status, stdout, stderr } = spawnSync('npm', words, {
    cwd: join(projectFolder, 'experiments'),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^quick: /);
});
