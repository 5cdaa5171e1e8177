import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { EscalaError } from '../src/problems/problems.ts';
import { systemReason, writeProblem } from '../src/problems/system-reason.ts';

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

test('a time limit, an answer that is no HTTP and a problem of ours are said in our words, wherever they stand', () => {
  const late = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  for (const cause of [late, new Error('The operation was aborted', { cause: late })])
    assert.equal(systemReason(cause)['pt-BR'], 'nenhuma resposta chegou a tempo');
  const noHttp = Object.assign(new Error('Parse Error'), { code: 'HPE_INVALID_CONSTANT' });
  const fetchFailed = new TypeError('fetch failed', { cause: noHttp });
  assert.equal(systemReason(fetchFailed)['pt-BR'], 'o que responde não fala HTTP (HPE_INVALID_CONSTANT)');
  const ours = new EscalaError('FORWARD_FAILED', { detail: systemReason(late) });
  assert.equal(systemReason(ours)['pt-BR'], 'o port-forward falhou: nenhuma resposta chegou a tempo');
});

test('what kept a file from being written is told by its cause; a defect of ours is not', () => {
  const codeOf = (code: string) => {
    const problem = writeProblem(Object.assign(new Error('x'), { code }), 'a.csv');
    return problem instanceof EscalaError ? problem.code : problem;
  };
  assert.deepEqual(['ENOSPC', 'EDQUOT'].map(codeOf), ['DISK_FULL', 'DISK_FULL']);
  for (const code of ['EACCES', 'EROFS', 'ENOENT']) assert.equal(codeOf(code), 'FOLDER_UNWRITABLE');
  const ours = new TypeError('of ours');
  assert.equal(writeProblem(ours, 'a.csv'), ours);
});
