import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawServer, runLimited } from './program.ts';

test('file descriptors that run out are rows, and a sentence with the limit and how to raise it', async () => {
  const { url, server } = await rawServer((socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
  );
  const argv = ['--url', url, '--clients', '100', '--messages', '2'];
  const { stdout, stderr, code } = await runLimited('ulimit -n 64', argv);
  const json = await runLimited('ulimit -n 64', [...argv, '--json']);
  server.close();
  assert.equal(code, 0, stderr);
  assert.match(stdout, /LIMITED BY THE CLIENT:\n/);
  assert.match(stdout, /\d+ times none of 64 file descriptors was free; ulimit -n 65536/);
  const summary = JSON.parse(json.stdout);
  assert.equal(summary.requests, 200);
  assert.equal(summary.failed.unsent, summary.causes.EMFILE);
  assert.ok(summary.limitedByClient.some(({ sign }: { sign: string }) => sign === 'files'));
});
