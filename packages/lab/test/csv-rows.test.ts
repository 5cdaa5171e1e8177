import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EscalaError, headerLine, ledgerColumns } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { csvRows } from '../src/trial/join.ts';

async function problemOf(path: string): Promise<EscalaError> {
  try {
    await Array.fromAsync(csvRows(path, ledgerColumns));
  } catch (cause) {
    if (cause instanceof EscalaError) return cause;
    throw cause;
  }
  return assert.fail('nothing was found wrong');
}

test('what is wrong in a file of rows is told with its line, in both languages', async (context) => {
  const path = join(temporaryFolder(context), 'ledger-a.csv');
  const header = headerLine(ledgerColumns);
  for (const [text, line, en, pt] of [
    ['', '', /is empty/, /está vazio/],
    ['a,b\n', ':1', /the header must be sequence,/, /o cabeçalho deve ser sequence,/],
    [`${header}1,2\n`, ':2', /the row has 2 cells, not 13/, /a linha tem 2 células, e não 13/],
    [`${header}"1`, ':2', /“.*Quote.*”/, /“.*Quote.*”/],
  ] as const) {
    writeFileSync(path, text);
    const problem = await problemOf(path);
    assert.equal(problem.code, 'DATA_INVALID');
    assert.equal(problem.values['where'], path + line);
    assert.match(problem.explain('en'), en);
    assert.match(problem.explain('pt-BR'), pt);
  }
});

test('a file of rows that is not there is told as such', async (context) => {
  const problem = await problemOf(join(temporaryFolder(context), 'gone.csv'));
  assert.equal(problem.code, 'FILE_UNREADABLE');
});
