import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { rawServer, readRows, runClient } from './program.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const answers: Record<string, { outcome: string; cause?: string; on: (socket: Socket) => void }> = {
  'a complete answer': { outcome: 'answered', on: (socket) => socket.write(ok) },
  'an answer with close': {
    outcome: 'answered',
    on: (socket) => socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'),
  },
  'an answer that ends with the connection': {
    outcome: 'answered',
    on: (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nok'),
  },
  'an answer and bytes that nobody asked for': { outcome: 'answered', on: (socket) => socket.write(ok + ok) },
  'a redirect': {
    outcome: 'rejected',
    on: (socket) => socket.write('HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n'),
  },
  'half an answer': {
    outcome: 'reset',
    cause: 'CLOSED_EARLY',
    on: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nok'),
  },
  'something that is not HTTP': {
    outcome: 'reset',
    cause: 'BROKEN_ANSWER',
    on: (socket) => socket.write('hello\r\n'),
  },
  'a reset': { outcome: 'reset', cause: 'ECONNRESET', on: (socket) => socket.resetAndDestroy() },
  silence: { outcome: 'timeout', cause: 'TIMEOUT', on: () => {} },
};

for (const [name, { outcome, cause, on }] of Object.entries(answers)) {
  test(`${name} makes every row ${outcome}, and always one row a message`, async (t) => {
    const { url, server } = await rawServer(on);
    const out = join(temporaryFolder(t), 'rows.csv');
    try {
      const argv = [
        '--url',
        url,
        '--clients',
        '2',
        '--messages',
        '3',
        '--timeout',
        '200ms',
        '--json',
        '--out',
        out,
      ];
      const { stdout, code } = await runClient(...argv);
      const summary = JSON.parse(stdout);
      assert.equal(code, 0);
      assert.equal(summary.requests, 6);
      const rows = readRows(out);
      assert.deepEqual(
        rows.map((row) => row['outcome']),
        Array(6).fill(outcome),
      );
      assert.equal(new Set(rows.map((row) => row['request_id'])).size, 6);
      assert.ok(rows.every((row) => row['sent_us'] !== ''));
      if (cause) assert.deepEqual(summary.causes, { [cause]: 6 });
    } finally {
      server.close();
    }
  });
}

test('a connection whose request timed out is never used again', async () => {
  const requests = new Map<Socket, number>();
  const { url, server } = await rawServer((socket) => {
    // Too late for the requests before, and in time to be taken for the answer to this one.
    for (const before of requests.keys()) before.write(ok);
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
  });
  const argv = ['--clients', '1', '--messages', '4', '--timeout', '100ms', '--json'];
  const { stdout } = await runClient('--url', url, ...argv);
  server.close();
  assert.deepEqual(JSON.parse(stdout).failed, { timeout: 4 });
  assert.deepEqual([...requests.values()], [1, 1, 1, 1]);
});

test('a redirect is not followed, and nothing is sent twice', async () => {
  const seen: string[] = [];
  const { url, server } = await rawServer((socket, text) => {
    seen.push(`${text.split(' ')[1]} ${/x-request-id: (\S+)/i.exec(text)?.[1]}`);
    if (seen.length % 2 === 0) socket.resetAndDestroy();
    else socket.write('HTTP/1.1 307 Temporary Redirect\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n');
  });
  const { stdout } = await runClient('--url', url, '--clients', '1', '--messages', '6', '--json');
  server.close();
  assert.deepEqual(JSON.parse(stdout).failed, { rejected: 3, reset: 3 });
  assert.equal(new Set(seen).size, 6);
  assert.ok(seen.every((request) => request.startsWith('/ ')));
});

test('a closed port gives refused rows, with nothing sent', async () => {
  const { url, server } = await rawServer(() => {});
  await new Promise((resolve) => server.close(resolve));
  const { stdout } = await runClient(
    '--url',
    url,
    '--clients',
    '2',
    '--messages',
    '3',
    '--ready-wait',
    '1ms',
    '--json',
  );
  assert.deepEqual(JSON.parse(stdout).failed, { refused: 6 });
});

test('clients wait for a server that listens only later, and every request reaches it', async (t) => {
  const { url, server } = await rawServer((socket) => socket.write(ok));
  const { port } = new URL(url);
  await new Promise((resolve) => server.close(resolve));
  const running = runClient(
    '--url',
    url,
    '--clients',
    '2',
    '--messages',
    '3',
    '--ready-wait',
    '1min',
    '--json',
  );
  // By then the client has been refused several times; were it not, the test would still hold.
  await sleep(1_500);
  server.listen(Number(port), '127.0.0.1');
  t.after(() => server.close());
  assert.equal(JSON.parse((await running).stdout).answered, 6);
});

test('the counts are the same for any number of workers', async () => {
  const { url, server } = await rawServer((socket) => socket.write(ok));
  try {
    for (const workers of ['1', '3']) {
      const closed = await runClient(
        '--url',
        url,
        '--clients',
        '7',
        '--messages',
        '20',
        '--workers',
        workers,
        '--json',
      );
      assert.equal(JSON.parse(closed.stdout).answered, 140);
      const open = await runClient(
        '--url',
        url,
        '--rate',
        '400',
        '--duration',
        '500ms',
        '--arrivals',
        'uniform',
        '--workers',
        workers,
        '--json',
      );
      assert.equal(JSON.parse(open.stdout).requests, 200);
    }
  } finally {
    server.close();
  }
});

test('the summary stays within 80 columns in both languages', async () => {
  const { url, server } = await rawServer((socket) => socket.write(ok));
  try {
    for (const language of ['en', 'pt-BR']) {
      const { stdout } = await runClient(
        '--url',
        url,
        '--rate',
        '400',
        '--duration',
        '500ms',
        '--lang',
        language,
      );
      for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
      assert.match(stdout, language === 'en' ? /send lag/ : /atraso de envio/);
    }
  } finally {
    server.close();
  }
});
