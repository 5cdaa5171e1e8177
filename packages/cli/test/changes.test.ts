import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRandom } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type ChangeName, changes, openChangeableCopy, writeCheckedRun } from './changed-run.ts';

const cell = 'cells/node-r2-c4-m25/1';

/** What verify recomputes, or has twice, and so finds without any checksum. */
const found: readonly (readonly [string, readonly ChangeName[]])[] = [
  ['results.json', ['digit', 'lineTwice', 'linesSwapped']],
  ['requests.csv', ['digit', 'lineGone', 'lineTwice', 'linesSwapped']],
  [`${cell}/requests.csv`, ['digit', 'lineGone', 'lineTwice', 'linesSwapped']],
  [`${cell}/client-agent-1.csv`, ['digit', 'lineGone', 'lineTwice']],
  [`${cell}/ledger-replica-0.csv`, ['lineTwice', 'linesSwapped']],
];

test('a random change is found, also where somebody made the checksums anew', async (t) => {
  const folder = temporaryFolder(t);
  await writeCheckedRun(folder, [2]);
  const copy = await openChangeableCopy(t, folder);
  const random = createRandom('changes');
  for (const [path, names] of found) {
    const bytes = await readFile(join(folder, path));
    for (const name of names) {
      const changed = changes[name](bytes, random);
      assert.ok(changed, `${name} in ${path}`);
      assert.ok((await copy.problemsWith(path, changed, 'anew')) > 0, `${name} in ${path}`);
    }
    assert.ok((await copy.problemsWith(path, null, 'kept')) > 0, `no ${path}`);
  }
});
