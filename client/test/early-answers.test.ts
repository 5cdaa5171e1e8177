import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { rawServer, runClient } from './program.ts';

const tooLarge = (fields: string) => `HTTP/1.1 413 Payload Too Large\r\n${fields}content-length: 2\r\n\r\nno`;

/**
 * Ways to answer when the head of a request is there and most of its body is not. A reset right behind the answer is
 * not among them: it can make the system drop what had not been read, for any client.
 */
const endings: Record<string, (socket: Socket) => void> = {
  'and closes with the rest unread': (socket) => {
    socket.pause();
    socket.write(tooLarge('connection: close\r\n'), () => socket.destroy());
  },
  'and ends its side': (socket) => {
    socket.pause();
    socket.end(tooLarge('connection: close\r\n'));
  },
  'after an interim answer, and closes': (socket) => {
    socket.pause();
    socket.write(`HTTP/1.1 100 Continue\r\n\r\n${tooLarge('')}`, () => socket.destroy());
  },
  'and reads the rest': (socket) => {
    socket.write(tooLarge(''));
  },
};

for (const [name, answer] of Object.entries(endings)) {
  test(`a server that answers before it has read the body ${name}: each request is rejected with its status`, async () => {
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
    assert.deepEqual(
      { failed, statuses, causes },
      { failed: { rejected: 8 }, statuses: { 413: 8 }, causes: {} },
    );
  });
}
