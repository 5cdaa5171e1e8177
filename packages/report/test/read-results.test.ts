import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { EscalaError, type ProblemCode } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readResults } from '../src/index.ts';
import { plantedResults } from './planted/planted-results.ts';
import { changedResults, smallStudy, temporaryRun } from './temporary-run.ts';

const refused = (code: ProblemCode, pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof EscalaError);
  assert.equal(error.code, code);
  assert.equal(error.exit, 3);
  assert.match(error.explain('en'), pattern);
  assert.doesNotMatch(error.explain('pt-BR'), /\{\w+\}/);
  return true;
};

test('results that are whole are read as they were written', async (t) => {
  const results = plantedResults(smallStudy);
  assert.deepEqual(await readResults(await temporaryRun(t, results)), JSON.parse(JSON.stringify(results)));
});

test('results of another version are refused with both versions named', async (t) => {
  const folder = await temporaryRun(t, { ...plantedResults(smallStudy), version: 99 });
  await assert.rejects(readResults(folder), refused('VERSION_UNKNOWN', /version 99.*version 1/s));
});

test('a file without results says what it is not', async (t) => {
  for (const content of [null, [], 'text', {}, { version: 1 }]) {
    const folder = await temporaryRun(t, content);
    await assert.rejects(readResults(folder), (error) => error instanceof EscalaError && error.exit === 3);
  }
});

test('a missing file, and one that is cut off, are refused', async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  await assert.rejects(readResults(join(folder, 'nowhere')), refused('NOT_A_RUN', /nowhere/));
  const run = temporaryFolder(t);
  await writeFile(join(run, 'manifest.json'), '{}');
  await assert.rejects(readResults(run), refused('RUN_NOT_ANALYZED', /escala analyze /));
  const file = join(folder, 'results.json');
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, 5000));
  await assert.rejects(readResults(folder), refused('DATA_INVALID', /results\.json/));
});

test('a hole is named by its place', async (t) => {
  const holes: [Parameters<typeof changedResults>[0], RegExp][] = [
    [(results) => Reflect.deleteProperty(results, 'totals'), /totals is missing/],
    [
      (results) => Reflect.deleteProperty(results.cells[2] ?? {}, 'verdict'),
      /cells\[2\]\.verdict is missing/,
    ],
    [
      (results) => Object.assign(results.trials[1] ?? {}, { round: 'one' }),
      /trials\[1\]\.round is not a count/,
    ],
  ];
  for (const [change, pattern] of holes) {
    const folder = await temporaryRun(t, changedResults(change));
    await assert.rejects(readResults(folder), refused('DATA_INVALID', pattern));
  }
});

test('results that contradict themselves are refused', async (t) => {
  const folder = await temporaryRun(
    t,
    changedResults((results) => {
      results.totals.requests += 1;
    }),
  );
  await assert.rejects(readResults(folder), refused('DATA_INVALID', /totals\.requests/));
});

test('results that are not those of the checksums are refused, even where they make sense', async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  const file = join(folder, 'results.json');
  const sum = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  await writeFile(join(folder, 'checksums.txt'), `${sum}  results.json\n`);
  await readResults(folder);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"planted"', '"changed"'));
  await assert.rejects(readResults(folder), refused('RESULTS_CHANGED', /checksums/));
});
