import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const program = join(import.meta.dirname, '../bin/escala');
/** Every write to it fails as on a full disk. Linux only. */
const skip = process.platform !== 'linux';

function run(words: readonly string[], stdio: readonly ['pipe' | number, 'pipe' | number]) {
  return spawnSync(program, words, { encoding: 'utf8', stdio: ['ignore', ...stdio] });
}

test('a result for which there is no room is lost with a sentence and 4', { skip }, (t) => {
  const full = openSync('/dev/full', 'w');
  t.after(() => closeSync(full));
  const { status, stderr } = run(['schema', '--lang', 'en'], [full, 'pipe']);
  assert.equal(status, 4, stderr);
  assert.match(stderr, /^escala: DISK_FULL: the disk is full: stdout\n/);
  const wrong = run(['schema', '--nonsense'], [full, full]);
  assert.equal(wrong.status, 2, 'a mistake keeps its code where nothing can be said');
});
