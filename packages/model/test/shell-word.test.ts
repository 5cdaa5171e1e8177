import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { shellWord } from '../src/problems/shell-word.ts';

test('a plain path stays as it is, and every other text reaches a program as one word', () => {
  assert.equal(shellWord('runs/20261128T001500Z-founding'), 'runs/20261128T001500Z-founding');
  for (const text of ['my run', "it's", '$HOME', 'a;b', '', '*', 'ação', 'a"b\\c', '~']) {
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' }), text);
  }
});
