import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { systemReason } from '../src/system-reason.ts';

test('why the system refused a file is said in each language, with its code', () => {
  assert.throws(
    () => readFileSync('/nowhere/at-all.csv'),
    (cause) => {
      assert.equal(systemReason(cause)['pt-BR'], 'não existe tal arquivo ou pasta (ENOENT)');
      assert.equal(systemReason(cause).en, 'there is no such file or folder (ENOENT)');
      return true;
    },
  );
});

test('what has no words of ours is quoted as the words of others', () => {
  assert.equal(systemReason(new Error('read: odd'))['pt-BR'], '“read: odd”');
  assert.equal(systemReason('odd')['pt-BR'], '“odd”');
});
