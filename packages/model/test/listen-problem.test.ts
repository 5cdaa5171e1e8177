import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenProblem } from '../src/problems/system-reason.ts';

test('a port that is taken, one that needs rights, and a foreign address are told apart', () => {
  const problem = (code: string) =>
    listenProblem(Object.assign(new Error(code), { code }), { host: '10.1.2.3', port: 80 });
  assert.equal(problem('EADDRINUSE').code, 'PORT_TAKEN');
  assert.equal(problem('EADDRNOTAVAIL').code, 'OPTION_INVALID');
  const forbidden = problem('EACCES');
  assert.deepEqual([forbidden.code, forbidden.exit], ['PORT_FORBIDDEN', 4]);
  assert.match(forbidden.explain('en'), /may not listen on port 80 of 10\.1\.2\.3\n.*1024/);
});
