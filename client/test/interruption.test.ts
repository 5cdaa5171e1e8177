import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { rawServer, readRows, startClient } from './program.ts';

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

const loads = {
  'a closed loop': ['--clients', '4', '--messages', '1000000'],
  'an open loop': ['--rate', '500', '--duration', '10m'],
  'a load in two threads': ['--clients', '4', '--messages', '1000000', '--workers', '2'],
};

for (const [name, argv] of Object.entries(loads)) {
  test(`SIGINT ends ${name} with exit code 130, and every row so far is whole`, async (t) => {
    const { url, server } = await rawServer((socket) => socket.write(ok));
    const out = join(temporaryFolder(t), 'rows.csv');
    const { child, ended } = startClient(['--url', url, '--json', '--out', out, ...argv]);
    // Once rows are on disk the load is under way.
    while (!existsSync(out) || readFileSync(out).length < 10_000) await new Promise(setImmediate);
    child.kill('SIGINT');
    const { stdout, stderr, code } = await ended;
    server.close();
    assert.equal(code, 130, stderr);
    const summary = JSON.parse(stdout);
    assert.equal(summary.interrupted, true);
    assert.ok(readFileSync(out, 'utf8').endsWith('\n'));
    const rows = readRows(out);
    assert.equal(rows.length, summary.requests);
    assert.equal(new Set(rows.map((row) => row['request_id'])).size, rows.length);
    for (const row of rows) assert.equal(Object.keys(row).length, 14);
  });
}
