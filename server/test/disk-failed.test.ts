import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { inProcess, message, post } from './support/in-process.ts';
import { ledgerRows } from './support/ledger-rows.ts';

/** Plants a datasync that fails in every file of this process. Returns how to take it away again. */
async function plantFailingDatasync(t: TestContext): Promise<() => void> {
  const file = await open(join(temporaryFolder(t), 'any'), 'w');
  const planted = t.mock.method(Object.getPrototypeOf(file), 'datasync', () =>
    Promise.reject(Object.assign(new Error('EIO: planted'), { code: 'EIO' })),
  );
  await file.close();
  return () => planted.mock.restore();
}

test('a failed fdatasync ends all acknowledging, is said everywhere, and leaves what was acknowledged readable', async (t) => {
  const { url, folder } = await inProcess(t);
  assert.equal((await post(url, message, { 'x-request-id': 'before' })).status, 201);
  const durable = await (await fetch(`${url}/ledger`)).text();

  const stderr = t.mock.method(process.stderr, 'write', () => true);
  const remove = await plantFailingDatasync(t);
  const failed = await post(url, message, { 'x-request-id': 'during' });
  remove();
  stderr.mock.restore();
  assert.equal(failed.status, 503);
  assert.equal(failed.headers.get('retry-after'), '1');
  assert.match(await failed.text(), /DISK_FAILED/);
  assert.match(String(stderr.mock.calls[0]?.arguments[0]), /the disk failed \(EIO\)/);

  // The next fdatasync would succeed; what the first one lost would still be lost.
  assert.equal((await post(url, message, { 'x-request-id': 'after' })).status, 503);
  const readyz = await fetch(`${url}/readyz`);
  assert.deepEqual([readyz.status, await readyz.text()], [503, 'the disk failed\n']);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(metrics, /^escala_ledger_failed 1$/m);
  assert.match(metrics, /^escala_ledger_writable 0$/m);
  assert.equal(await (await fetch(`${url}/ledger`)).text(), durable);
  assert.ok(ledgerRows(folder).some((row) => row.request_id === 'before'));
});
