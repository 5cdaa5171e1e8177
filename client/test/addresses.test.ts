import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import { startClient } from './program.ts';

const planted = { NODE_OPTIONS: `--import=${new URL('./pretend-names.mjs', import.meta.url)}` };

/** A server at an address of this machine; the port is that of the first one. Gives the port and who connected. */
async function serverAt(
  t: TestContext,
  host: string,
  port: number,
): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const server: Server = createServer((socket) => {
    seen.push(socket.localAddress ?? '');
    socket
      .on('error', () => {})
      .on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'));
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  t.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, seen };
}

for (const loop of [
  ['--clients', '9', '--messages', '2'],
  ['--clients', '3', '--messages', '3', '--keep-alive', 'false'],
]) {
  test(`connections are spread evenly over the addresses of a name, and that is said: ${loop.join(' ')}`, async (t) => {
    const { port } = await serverAt(t, '0.0.0.0', 0);
    const argv = ['--url', `http://three.test:${port}/`, ...loop];
    const { stdout, stderr } = await startClient([...argv, '--json'], planted).ended;
    const { addresses, answered } = JSON.parse(stdout || assert.fail(stderr));
    assert.deepEqual(addresses, { '127.0.0.1': 3, '127.0.0.2': 3, '127.0.0.3': 3 });
    assert.ok(answered >= 9);
    const text = (await startClient(argv, planted).ended).stdout;
    assert.match(text, /connections by address\n +3 {2}127\.0\.0\.\d/);
  });
}

test('an address at which nobody listens is left out, and its connections go to the others', async (t) => {
  const { port } = await serverAt(t, '127.0.0.1', 0);
  await serverAt(t, '127.0.0.3', port);
  const argv = ['--url', `http://three.test:${port}/`, '--clients', '9', '--messages', '2', '--json'];
  const { addresses, answered } = JSON.parse((await startClient(argv, planted).ended).stdout);
  assert.equal(answered, 18);
  assert.deepEqual(Object.keys(addresses).sort(), ['127.0.0.1', '127.0.0.3']);
});

test('of one address nothing is said', async (t) => {
  const { port } = await serverAt(t, '127.0.0.1', 0);
  const { stdout } = await startClient(['--url', `http://127.0.0.1:${port}/`, '--json']).ended;
  assert.deepEqual(JSON.parse(stdout).addresses, {});
});
