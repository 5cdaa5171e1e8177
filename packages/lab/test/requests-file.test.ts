import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TrialRecord } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { writeRequestsFile } from '../src/disk/requests-file.ts';

test('rows of a trial that went away are named as what cannot be read, and nothing is written', async (context) => {
  const folder = temporaryFolder(context);
  const record = { cell: { key: 'node-r1-c1-m1' }, round: 1 } as TrialRecord;
  await assert.rejects(writeRequestsFile(folder, [record]), {
    code: 'FILE_UNREADABLE',
    message: /cells\/node-r1-c1-m1\/1\/requests\.csv/,
  });
  assert.equal(existsSync(join(folder, 'requests.csv')), false);
});
