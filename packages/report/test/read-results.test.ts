import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { EscalaError, type ProblemCode } from '@escala/model';
import { readResults } from '@escala/model/study';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
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
      /trials\[1\]\.round is not what Escala writes there/,
    ],
  ];
  for (const [change, pattern] of holes) {
    const folder = await temporaryRun(t, changedResults(change));
    await assert.rejects(readResults(folder), refused('DATA_INVALID', pattern));
  }
});

test('results that contradict themselves are refused, in the language of the reader', async (t) => {
  const changes: [Parameters<typeof changedResults>[0], RegExp, RegExp][] = [
    [(results) => results.totals.requests++, /totals\.requests is/, /totals\.requests é/],
    [
      (results) => {
        results.totals.verdicts.VALID -= 1;
        results.totals.verdicts.SUSPECT += 1;
      },
      /totals\.verdicts\.VALID is/,
      /totals\.verdicts\.VALID é/,
    ],
    [(results) => results.cells.pop(), /is not among the cells/, /não está entre as células/],
  ];
  for (const [change, en, ptBr] of changes) {
    for (const rounds of [1, 3]) {
      const results = changedResults(change, { ...smallStudy, rounds });
      const folder = await temporaryRun(t, results);
      await assert.rejects(readResults(folder), (error) => {
        assert.match((error as EscalaError).explain('pt-BR'), ptBr);
        return refused('DATA_INVALID', en)(error);
      });
    }
  }
});

test('what a newer version adds stays in the results', async (t) => {
  const results = changedResults((changed) => Object.assign(changed.cells[0] ?? {}, { mood: 'good' }));
  assert.deepEqual(await readResults(await temporaryRun(t, results)), results);
});

test('results from before a key was written are read without it', async (t) => {
  const results = changedResults((changed) => {
    for (const cell of changed.cells) Reflect.deleteProperty(cell, 'sloVerdicts');
    for (const law of changed.laws) Reflect.deleteProperty(law, 'factors');
    Object.assign(changed.experiment.kubernetes, { storage: 'shared', clientsPerPod: 50 });
  });
  const read = await readResults(await temporaryRun(t, results));
  assert.equal(read.cells[0]?.sloVerdicts, undefined);
  assert.deepEqual(read.experiment.kubernetes.storage, ['shared']);
  assert.deepEqual(read.experiment.kubernetes.clientsPerPod, [50]);
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
