import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { EventLog, readEvents } from '../src/disk/event-log.ts';
import { claimFolder } from '../src/disk/run-folder.ts';

test('a line that a crash tore is left out; one that somebody broke is named', (context) => {
  const path = join(temporaryFolder(context), 'events.ndjson');
  writeFileSync(path, '{"type":"a","atUs":1}\n{"type":"b","atUs":2}\n{"ty');
  assert.equal(readEvents(path).length, 2);
  writeFileSync(path, '{"type":"a","atUs":1}\ngarbage\n{"type":"b","atUs":2}\n');
  assert.throws(() => readEvents(path), { code: 'DATA_INVALID', message: /events\.ndjson:2: / });
});

test('a run that may not be written is told as such before anything is done in it', async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, 'events.ndjson');
  mkdirSync(path);
  assert.throws(() => new EventLog(path, []), { code: 'FOLDER_UNWRITABLE' });
  await assert.rejects(claimFolder(join(folder, 'gone')), { code: 'FOLDER_UNWRITABLE' });
});
