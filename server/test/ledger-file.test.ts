import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { headerLine, ledgerColumns } from '@escala/model';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openLedgerFile } from '../src/ledger-file.ts';

const header = headerLine(ledgerColumns);

test('a torn last row is cut off at whatever byte the crash came, and the sequence goes on', async (t) => {
  const folder = temporaryFolder(t);
  const row = (n: number) => `${n},id,r,"a ""b"", c",1,1,r1,1,0,0,POST,/messages,201\n`;
  const torn = row(8);
  for (let length = 1; length < torn.length; length++) {
    const path = join(folder, `${length}.csv`);
    appendFileSync(path, header + row(6) + row(7) + torn.slice(0, length));
    const { file, bytes, sequence, repairedBytes } = await openLedgerFile(path);
    assert.deepEqual([sequence, repairedBytes], [7, length]);
    assert.equal(readFileSync(path, 'utf8'), header + row(6) + row(7));
    assert.equal(bytes, (header + row(6) + row(7)).length);
    await file.close();
  }
});

test('a torn header is written anew', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'l.csv');
  appendFileSync(path, header.slice(0, 10));
  const { file, sequence } = await openLedgerFile(path);
  await file.close();
  assert.equal(sequence, 0);
  assert.equal(readFileSync(path, 'utf8'), header);
});

test('a ledger that is held is refused by name, and free again when it is closed', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'l.csv');
  const { file } = await openLedgerFile(path);
  await assert.rejects(openLedgerFile(join(folder, '.', 'l.csv')), { code: 'LEDGER_LOCKED' });
  await file.close();
  await (await openLedgerFile(path)).file.close();
});
