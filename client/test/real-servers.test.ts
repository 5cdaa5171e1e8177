import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { clientOptions, readOptions } from '@escala/model';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { runLoad } from '../src/run-load.ts';
import { readRows } from './program.ts';
import { startGo, startGunicorn, startNginx, startNode } from './servers/answers.ts';

/** What each path answers, wherever a server has it: status, and bytes of the body (null: more than one). */
const answers: Record<string, { status: string; bytes: number | null; headers?: string[] }> = {
  length: { status: '200', bytes: 11 },
  chunked: { status: '200', bytes: 11 },
  close: { status: '200', bytes: 11 },
  interim: { status: '200', bytes: 11 },
  redirect: { status: '302', bytes: null },
  empty: { status: '204', bytes: 0 },
  missing: { status: '404', bytes: null },
  big: { status: '200', bytes: 1 << 20 },
};
/** Compressed as it goes, so that nginx cannot know the length beforehand. */
const gzipped = { status: '200', bytes: null, headers: ['--header', 'accept-encoding: gzip'] };

const servers = {
  'node:http': { start: startNode, answers },
  "Go's net/http": { start: startGo, answers },
  nginx: { start: startNginx, answers: { ...without(answers, 'interim'), chunked: gzipped } },
  Gunicorn: { start: startGunicorn, answers: without(answers, 'interim', 'close') },
};

for (const [name, { start, answers }] of Object.entries(servers)) {
  test(`${name}: every kind of answer is read, on connections that are kept and on new ones`, async (t) => {
    const server = await start(t);
    if (server === undefined) return t.skip(`${name} is not installed`);
    try {
      for (const [path, expected] of Object.entries(answers)) {
        for (const keepAlive of ['true', 'false']) {
          await check(`${server.url}/${path}`, keepAlive, expected);
        }
      }
    } finally {
      server.stop();
    }
  });
}

const out = join(temporaryFolder(test), 'rows.csv');

async function check(
  url: string,
  keepAlive: string,
  { status, bytes, headers = [] }: (typeof answers)[string],
): Promise<void> {
  const argv = ['--url', url, '--method', 'GET', '--clients', '3', '--messages', '4', '--out', out];
  const settings = readOptions(clientOptions, [...argv, '--keep-alive', keepAlive, ...headers], {});
  const { summary } = await runLoad(settings, new AbortController().signal);
  const place = `${url}, keep-alive ${keepAlive}`;
  assert.deepEqual(summary.causes, {}, place);
  const rows = readRows(out);
  assert.equal(rows.length, 12, place);
  for (const row of rows) {
    assert.equal(row['outcome'], status.startsWith('2') ? 'answered' : 'rejected', place);
    assert.equal(row['status'], status, place);
    if (bytes !== null) assert.equal(row['bytes'], String(bytes), place);
    // Each answer has a body of some length where none is named here, but for a redirect, which may do without.
    else assert.ok(Number(row['bytes']) > 0 || status === '302', place);
  }
}

function without<T>(all: Record<string, T>, ...names: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}
