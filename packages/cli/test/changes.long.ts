import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRandom, runFiles } from '@escala/model';
import { writeChecksums } from '@escala/model/study';
import { writeReport } from '@escala/report';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type ChangeName, changes, openChangeableCopy, writeCheckedRun } from './changed-run.ts';

const perKind = 1;

test('any change of any file of a run is found by its checksum; how many without it is printed', async (t) => {
  const folder = temporaryFolder(t);
  await writeCheckedRun(folder, [1, 2, 4]);
  await writeReport(folder);
  await writeChecksums(folder);
  const copy = await openChangeableCopy(t, folder);
  const random = createRandom('all changes');
  const counted = { kept: { made: 0, unseen: [] as string[] }, anew: { made: 0, unseen: [] as string[] } };
  const tryBoth = async (path: string, bytes: Buffer | null, name: string) => {
    for (const checksums of ['kept', 'anew'] as const) {
      counted[checksums].made++;
      if ((await copy.problemsWith(path, bytes, checksums)) === 0) {
        counted[checksums].unseen.push(`${name} in ${path}`);
      }
    }
  };
  for (const path of await filesOf(folder)) {
    const bytes = await readFile(join(folder, path));
    for (const name of Object.keys(changes) as ChangeName[]) {
      for (let i = 0; i < perKind; i++) {
        const changed = changes[name](bytes, random);
        if (changed) await tryBoth(path, changed, name);
      }
    }
    await tryBoth(path, null, 'gone');
  }
  assert.deepEqual(counted.kept.unseen, []);
  t.diagnostic(
    `with checksums: ${counted.kept.made} changes, all found; made anew: ${counted.anew.made}, unseen ${counted.anew.unseen.length}`,
  );
  for (const one of counted.anew.unseen) t.diagnostic(one);
});

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name !== runFiles.checksums)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
