import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { listen } from '../../test/listen.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { collector } from '../collector/main.ts';

const headers = { authorization: 'Bearer secret' };
const folder = temporaryFolder(test);
const port = await listen(test, collector({ dataDir: join(folder, 'data'), token: 'secret' }));
const url = `http://127.0.0.1:${port}`;

before(async () => {
  await mkdir(join(folder, 'data', 'b0-1-1'), { recursive: true });
  await writeFile(join(folder, 'data', 'b0-1-1', 'ledger-servidor-a.csv'), 'sequence\n1\n2\n');
  await writeFile(join(folder, 'ledger-outside.csv'), 'secret\n');
});

const get = (path: string, init: RequestInit = { headers }) => fetch(`${url}${path}`, init);

test('the ledgers of a block are listed with their bytes, and read from byte to byte', async () => {
  assert.deepEqual(await (await get('/ledgers/b0-1-1')).json(), { 'servidor-a': 13 });
  assert.equal(await (await get('/ledgers/b0-1-1/servidor-a?from=9&to=11')).text(), '1\n');
});

test('a block that no server has written yet has no ledgers', async () => {
  assert.deepEqual(await (await get('/ledgers/b9')).json(), {});
});

test('without the token of the run only the probe is answered', async () => {
  assert.equal((await get('/healthz', {})).status, 200);
  assert.equal((await get('/ledgers/b0-1-1', {})).status, 401);
  assert.equal((await get('/ledgers/b0-1-1', { headers: { authorization: 'Bearer wrong!' } })).status, 401);
});

test('no name leads out of the data folder', async () => {
  for (const path of [
    '/ledgers/..%2f',
    '/ledgers/%2e%2e/outside?from=0&to=4',
    '/ledgers/b0-1-1/..%2foutside?from=0&to=4',
  ]) {
    assert.equal((await get(path)).status, 404, path);
  }
});

test('bytes that the ledger does not have are refused, not padded', async () => {
  assert.equal((await get('/ledgers/b0-1-1/servidor-a?from=0&to=500')).status, 416);
});
