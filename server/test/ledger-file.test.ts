import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { headerLine, ledgerColumns } from '@escala/model';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { openLedgerFile } from '../src/ledger/ledger-file.ts';

const header = headerLine(ledgerColumns);
const row = (n: number, replica = 'r1') => `${n},id,r,"a ""b"", c",1,1,${replica},1,0,0,POST,/messages,201\n`;

test('a torn last row is cut off at whatever byte the crash came, and the sequence goes on', async (t) => {
  const folder = temporaryFolder(t);
  const torn = row(8);
  for (let length = 1; length < torn.length; length++) {
    const path = join(folder, `${length}.csv`);
    appendFileSync(path, header + row(6) + row(7) + torn.slice(0, length));
    const { file, bytes, sequence, repairedBytes } = await openLedgerFile(path, 'r1');
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
  const { file, sequence } = await openLedgerFile(path, 'r1');
  await file.close();
  assert.equal(sequence, 0);
  assert.equal(readFileSync(path, 'utf8'), header);
});

test('a ledger that is held is refused by name, and free again when it is closed', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'l.csv');
  const { file } = await openLedgerFile(path, 'r1');
  await assert.rejects(openLedgerFile(join(folder, '.', 'l.csv'), 'r1'), { code: 'LEDGER_LOCKED' });
  await file.close();
  await (await openLedgerFile(path, 'r1')).file.close();
});

const foreign: Record<string, string> = {
  'a table of others, its last line without an end': 'name,age\nanna,3\nbob,4',
  'a table of others': 'name,age\nanna,3\n',
  'one word': 'bob',
  'a line feed alone': '\n',
  'the header of another version': `${header.trimEnd()},more\n${row(1)}`,
  'the header with other line ends': `${header.trimEnd()}\r\n${row(1)}`,
  'the header behind a byte order mark': `\ufeff${header}${row(1)}`,
  'rows of another replica': header + row(1, 'r2'),
  'lines of others under our header': `${header}bob,4\n`,
  'a part of a line of others under our header': `${header}bob`,
  'a part of a line of others after our rows': `${header}${row(1)}bob`,
  'a part of a row that does not follow': `${header}${row(1)}7,id`,
  'more than any row, without a line end': header + 'x'.repeat(200_000),
  'a row that lost its end': `${header}${row(1).slice(0, 30)}\n`,
};
for (const [name, text] of Object.entries(foreign)) {
  test(`${name}: the file is not ours, and nothing is touched`, async (t) => {
    const path = join(temporaryFolder(t), 'l.csv');
    writeFileSync(path, text);
    const before = statSync(path, { bigint: true });
    await assert.rejects(openLedgerFile(path, 'r1'), { code: 'LEDGER_FOREIGN' });
    assert.equal(readFileSync(path, 'utf8'), text);
    assert.equal(statSync(path, { bigint: true }).mtimeNs, before.mtimeNs);
    // It is free again for whoever owns it.
    const other = await openLedgerFile(`${path}.new`, 'r1');
    await other.file.close();
  });
}

test('a folder, a pipe and a device are refused by what they are', async (t) => {
  const folder = temporaryFolder(t);
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  await assert.rejects(openLedgerFile(pipe, 'r1'), { code: 'LEDGER_FOREIGN' });
  await assert.rejects(openLedgerFile('/dev/null', 'r1'), { code: 'LEDGER_FOREIGN' });
  await assert.rejects(openLedgerFile(folder, 'r1'), { code: 'FOLDER_UNWRITABLE' });
});

test('an empty file, and a link to a ledger of this replica, become or stay its ledger', async (t) => {
  const folder = temporaryFolder(t);
  const [path, link] = [join(folder, 'l.csv'), join(folder, 'link.csv')];
  writeFileSync(path, '');
  symlinkSync(path, link);
  const first = await openLedgerFile(link, 'r1');
  await first.file.close();
  appendFileSync(path, row(1));
  const again = await openLedgerFile(link, 'r1');
  await again.file.close();
  assert.deepEqual([first.sequence, again.sequence, again.repairedBytes], [0, 1, 0]);
});
