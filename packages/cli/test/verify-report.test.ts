import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { writeChecksums } from '@escala/model/study';
import { writeReport } from '@escala/report';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { verifyReport } from '../src/commands/judge/verify.ts';
import { runCommandLine } from '../src/main.ts';
import { writeAnalysedRun } from './changed-run.ts';
import { plantedWorld } from './planted-world.ts';

const folder = temporaryFolder(test);
let copies = 0;

before(async () => {
  const run = join(folder, 'whole');
  await writeAnalysedRun(run, [1, 2, 4], { clients: 8, messages: 40 });
  await writeReport(run, { language: 'pt-BR' });
});

/** The problems of a copy after `change`, with checksums.txt made anew, so that they say nothing. */
async function changed(change: (copy: string) => Promise<unknown>) {
  const copy = join(folder, String(copies++));
  await cp(join(folder, 'whole'), copy, { recursive: true });
  await change(copy);
  await writeChecksums(copy);
  return await verifyReport(copy);
}

test('a report in Portuguese is what its results give', async () => {
  assert.deepEqual(await changed(async () => {}), []);
});

for (const file of [
  'report.html',
  'tables/cells.csv',
  'tables/cells.md',
  'tables/cells.tex',
  'figures/efficiency.csv',
  'figures/efficiency.svg',
]) {
  test(`a digit that was changed in ${file} is named with its line`, async () => {
    const problems = await changed(async (copy) => {
      const text = await readFile(join(copy, file), 'utf8');
      // The last digit: in tables and in the page it belongs to a number, or to a name that has one.
      const at = text.search(/\d(?=\D*$)/);
      assert.ok(at >= 0);
      await writeFile(
        join(copy, file),
        `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`,
      );
    });
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.code, 'REPORT_CHANGED');
    assert.match(problems[0]?.where ?? '', new RegExp(`^${file}:\\d+$`));
  });
}

test('a picture that was changed is named', async () => {
  const path = 'figures/efficiency.png';
  const problems = await changed(async (copy) => {
    const bytes = await readFile(join(copy, path));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(copy, path), bytes);
  });
  assert.deepEqual(
    problems.map(({ code, where }) => [code, where]),
    // Simulated runs say that they are of this kind of processor; elsewhere pixels may differ.
    process.arch === 'x64' ? [['REPORT_CHANGED', path]] : [],
  );
});

test('a table that is gone is named', async () => {
  const problems = await changed((copy) => rm(join(copy, 'tables/audit.csv')));
  assert.deepEqual(
    problems.map(({ code, where }) => [code, where]),
    [['FILE_MISSING', 'tables/audit.csv']],
  );
});

test('a run that was never reported has no report to verify', async () => {
  const problems = await changed(async (copy) => {
    for (const name of ['report.html', 'tables', 'figures']) await rm(join(copy, name), { recursive: true });
  });
  assert.deepEqual(problems, []);
});

test('verify speaks the language of the reader, and its JSON keeps English', async () => {
  const copy = join(folder, String(copies++));
  await cp(join(folder, 'whole'), copy, { recursive: true });
  const world = plantedWorld(['verify', copy, '--lang=pt-BR']);
  assert.equal(await runCommandLine(world), 6);
  assert.match(world.stdout.text(), /^CHECKSUMS_MISSING checksums\.txt: o arquivo falta$/m);
  const other = plantedWorld(['verify', copy, '--lang=pt-BR', '--json']);
  assert.equal(await runCommandLine(other), 6);
  const { problems } = JSON.parse(other.stdout.text());
  assert.equal(problems[0].message, 'the file is missing');
});
