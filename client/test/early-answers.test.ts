import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { rawServer, runClient } from './program.ts';

const tooLarge = (fields: string) => `HTTP/1.1 413 Payload Too Large\r\n${fields}content-length: 2\r\n\r\nno`;

/** Ways to answer when the head of a request is there and most of its body is not, and to let the client read it. */
const endings: Record<string, (socket: Socket) => void> = {
  'and ends its side': (socket) => {
    socket.pause();
    socket.end(tooLarge('connection: close\r\n'));
  },
  'after an interim answer, and ends its side': (socket) => {
    socket.pause();
    socket.end(`HTTP/1.1 100 Continue\r\n\r\n${tooLarge('')}`);
  },
  'and reads the rest': (socket) => {
    socket.write(tooLarge(''));
  },
};

/** Sends 8 large requests to a server that answers each at its head; what the client says of them. */
async function sendToEarlyServer(answer: (socket: Socket) => void) {
  const answered = new WeakSet<Socket>();
  const { url, server } = await rawServer((socket, text) => {
    if (answered.has(socket) || !text.includes('\r\n\r\n')) return;
    answered.add(socket);
    answer(socket);
  });
  const load = ['--clients', '2', '--messages', '4', '--payload', '5MiB', '--json'];
  const { stdout, stderr } = await runClient('--url', url, ...load);
  server.close();
  const { failed, statuses, causes } = JSON.parse(stdout || assert.fail(stderr));
  return { failed, statuses, causes };
}

for (const [name, answer] of Object.entries(endings)) {
  test(`a server that answers before it has read the body ${name}: each request is rejected with its status`, async () => {
    assert.deepEqual(await sendToEarlyServer(answer), {
      failed: { rejected: 8 },
      statuses: { 413: 8 },
      causes: {},
    });
  });
}

test('a server that resets right behind its answer: a request is rejected, or reset where the system dropped the answer', async () => {
  // Such a reset makes the system drop what the client had not read, for any client.
  const { failed, statuses } = await sendToEarlyServer((socket) => {
    socket.pause();
    socket.write(tooLarge('connection: close\r\n'), () => socket.destroy());
  });
  const { rejected = 0, reset = 0, ...others } = failed;
  assert.deepEqual(others, {});
  assert.equal(rejected + reset, 8);
  assert.equal(statuses[413] ?? 0, rejected);
});
