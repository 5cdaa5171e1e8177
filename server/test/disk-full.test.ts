import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { smallDisk } from '../../test/mounted-disk.ts';
import { message, post } from './support/in-process.ts';
import { ledgerRows } from './support/ledger-rows.ts';
import { startServerProcess } from './support/server-process.ts';

async function postUntil(url: string, status: number, ids: string[], prefix: string): Promise<Response> {
  for (let n = 0; n < 20_000; n++) {
    const response = await post(
      url,
      { ...message, run: 'x'.repeat(250) },
      { 'x-request-id': `${prefix}.${n}` },
    );
    if (response.status === 201) ids.push(`${prefix}.${n}`);
    if (response.status === status) return response;
    assert.ok([201, 503].includes(response.status));
  }
  throw new Error(`never answered ${status}`);
}

test('a full disk gives 503 with retry-after, loses nothing acknowledged, and is used again when there is room', async (t) => {
  const folder = smallDisk(t, 1_048_576);
  if (!folder) return t.skip('no right to mount a tmpfs');
  writeFileSync(join(folder, 'filler'), Buffer.alloc(900_000));
  const server = await startServerProcess({ DATA_DIR: folder });
  t.after(() => server.end('SIGKILL'));
  const ids: string[] = [];
  const refused = await postUntil(server.url, 503, ids, 'before');
  assert.equal(refused.headers.get('retry-after'), '1');
  assert.match(await refused.text(), /DISK_FULL/);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 503);
  assert.match(await (await fetch(`${server.url}/metrics`)).text(), /^escala_ledger_writable 0$/m);
  assert.deepEqual(
    ledgerRows(folder).map((row) => row.request_id),
    ids,
  );

  rmSync(join(folder, 'filler'));
  await postUntil(server.url, 201, ids, 'after');
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  assert.match(server.stderr(), /the disk is full[\s\S]*there is room again/);
  assert.equal(await server.end('SIGTERM'), 0);
  const rows = ledgerRows(folder);
  assert.deepEqual(
    rows.map((row) => row.request_id),
    ids,
  );
  assert.deepEqual(
    rows.map((row) => Number(row.sequence)),
    ids.map((_, i) => i + 1),
  );
});
