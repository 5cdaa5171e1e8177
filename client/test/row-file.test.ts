import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { EscalaError } from '@escala/model';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { CHUNK_BYTES, RowFile } from '../src/rows/row-file.ts';
import { rawServer, runClient } from './program.ts';

/** A thread that opens a pipe at once, begins to read when it is told, and says how many bytes there were. */
const reader = `
  const { workerData: { pipe, begin }, parentPort } = require('node:worker_threads');
  const { openSync, readSync } = require('node:fs');
  const descriptor = openSync(pipe, 'r');
  Atomics.wait(new Int32Array(begin), 0, 0);
  const buffer = Buffer.alloc(1 << 20);
  let bytes = 0;
  for (let read = 1; read > 0; bytes += read) read = readSync(descriptor, buffer);
  parentPort.postMessage(bytes);`;

test('a disk that cannot keep up holds up the load, bounds the memory, and is told; no row is lost', async (t) => {
  const pipe = join(temporaryFolder(t), 'slow-disk');
  execFileSync('mkfifo', [pipe]);
  const begin = new SharedArrayBuffer(4);
  const worker = new Worker(reader, { eval: true, workerData: { pipe, begin } });
  const total = new Promise<number>((resolve) => worker.once('message', resolve));
  const file = RowFile.join(pipe);
  const chunk = Buffer.alloc(CHUNK_BYTES, 'x');
  let appended = 0;
  // The pipe takes 64 KiB and nobody reads: one piece is being written, and the others wait.
  while (appended <= 64) {
    file.append(chunk);
    appended++;
  }
  assert.equal(file.delayed, false);
  Atomics.store(new Int32Array(begin), 0, 1);
  Atomics.notify(new Int32Array(begin), 0);
  file.append(chunk);
  appended++;
  assert.equal(file.delayed, true);
  await file.close();
  assert.equal(file.writtenBytes, appended * CHUNK_BYTES);
  assert.equal(await total, appended * CHUNK_BYTES);
});

test('a disk that is full ends the run with exit code 4 and says so', async (t) => {
  if (!existsSync('/dev/full')) return t.skip('this system has no /dev/full');
  const { url, server } = await rawServer((socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'),
  );
  const { code, stderr } = await runClient('--url', url, '--out', '/dev/full');
  server.close();
  assert.equal(code, 4);
  assert.match(stderr, /DISK_FULL: .*\/dev\/full/);
});

test('a file that cannot be made costs no run', () => {
  assert.throws(
    () => RowFile.create('/nowhere/rows.csv'),
    (error: unknown) => error instanceof EscalaError && error.code === 'FOLDER_UNWRITABLE',
  );
});
