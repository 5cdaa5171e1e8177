import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { listen } from '../../test/listen.ts';
import { startClient } from './program.ts';

const planted = { NODE_OPTIONS: `--import=${new URL('./pretend-names.mjs', import.meta.url)}` };

test('a name with one address beyond private networks gets nothing until it is allowed by name', async (t) => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end();
  });
  // Sockets of the planted names end on this machine.
  const argv = ['--url', `http://far.test:${await listen(t, server)}/`, '--clients', '1', '--messages', '2'];
  const refused = await startClient(argv, planted).ended;
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /HOST_NOT_ALLOWED: nothing was sent to far\.test: 203\.0\.113\.7 is neither/);
  assert.match(refused.stderr, /--allow-host far\.test/);
  const portuguese = await startClient([...argv, '--lang', 'pt-BR'], planted).ended;
  assert.match(portuguese.stderr, /HOST_NOT_ALLOWED: nada foi enviado a far\.test/);
  assert.equal(requests, 0);
  const { stdout } = await startClient([...argv, '--allow-host', 'FAR.test', '--json'], planted).ended;
  assert.ok(JSON.parse(stdout).requests > 0);
});
