import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { prepareSystem } from '@escala/lab';
import { mountedDisk, smallDisk } from '../mounted-disk.ts';
import { message, newId, post } from './check.ts';
import { start } from './start.ts';

const diskBytes = 64 * 1_048_576;
const storeBytes = 16 * 1_048_576;
/** What the store can still take when the server starts; the row after that is lost by its fdatasync. */
const roomBytes = 131_072;

/**
 * A file system that promises more than the store beneath it holds, as an overcommitted volume does: a write is taken,
 * and the fdatasync after it fails. `giveRoom` lets the next one succeed. Undefined where this user may not mount one.
 */
function thinDisk(t: TestContext): { folder: string; giveRoom(): void } | undefined {
  const store = smallDisk(t, storeBytes);
  if (!store) return undefined;
  const [image, filler] = [join(store, 'image'), join(store, 'filler')];
  writeFileSync(image, '');
  truncateSync(image, diskBytes);
  // Without a journal: its own failure would make the whole file system read-only, and hide what the server does.
  execFileSync('mkfs.ext4', ['-q', '-F', '-O', '^has_journal', image], { stdio: 'ignore' });
  const folder = mountedDisk(t, '-o', 'loop', image);
  if (!folder) return undefined;
  execFileSync('sync', ['-f', folder]);
  const { bavail, bsize } = statfsSync(store);
  writeFileSync(filler, Buffer.alloc(bavail * bsize - roomBytes));
  return { folder, giveRoom: () => rmSync(filler) };
}

for (const name of ['node', 'go', 'python'] as const) {
  test(`${name}: after a real fdatasync that failed nothing is acknowledged any more, though the next would succeed`, async (t) => {
    const { command } = await prepareSystem({ name, ledger: 'api' });
    const disk = thinDisk(t);
    if (!disk) return t.skip('no right to mount a disk');
    const { url, end } = await start(command, { DATA_DIR: disk.folder });
    t.after(() => end('SIGKILL'));
    const subject = { url, dataFolder: disk.folder, replica: 'r1' };
    const large = { ...message, run: 'x'.repeat(250) };

    const ids: string[] = [];
    let status = 201;
    while (status === 201) {
      assert.ok(ids.length * large.run.length < 2 * roomBytes, 'the store never ran full');
      const id = newId();
      ({ status } = await post(subject, id, large));
      if (status === 201) ids.push(id);
    }
    assert.equal(status, 503);
    disk.giveRoom();
    assert.equal((await post(subject, newId(), large)).status, 503);
    assert.equal((await fetch(`${url}/readyz`)).status, 503);
    const rows = (await (await fetch(`${url}/ledger`)).text()).trimEnd().split('\n').slice(1);
    assert.deepEqual(
      rows.map((row) => row.split(',')[1]),
      ids,
    );
    t.diagnostic(`${ids.length} rows were acknowledged before`);
  });
}
