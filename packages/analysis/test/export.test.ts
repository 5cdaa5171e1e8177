import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { EscalaError, type ProblemCode, runFiles } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { exportRun } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const folder = temporaryFolder(test);
const run = join(folder, 'run');
before(async () => {
  const cell = simulatedCell({ replicas: 1, clients: 2, messages: 20 });
  const load = { kind: 'closed', clients: 2, messages: 20, thinkUs: 0, thinkDistribution: 'fixed' } as const;
  const service = { parallelism: 1, serviceUs: 1_000, serviceDistribution: 'fixed' } as const;
  const rows = rowsOf(simulateQueue({ seed: 'export', replicas: 1, ...service, load }));
  await writeSimulatedRun(run, simulatedExperiment([cell]), [{ cell, round: 1, rows, planned: rows.length }]);
});

const refusedAs = (code: ProblemCode, exit: number) => (error: unknown) => {
  assert.ok(error instanceof EscalaError, String(error));
  assert.deepEqual([error.code, error.exit], [code, exit]);
  return true;
};

test('each form is written, and a place that cannot be written is named as such', async () => {
  for (const format of ['csv', 'parquet', 'json', 'prometheus'] as const) {
    const out = join(folder, `out.${format}`);
    await exportRun(run, format, out);
    assert.ok((await readFile(out)).length > 100, format);
    const nowhere = join(folder, 'no such folder', 'out');
    await assert.rejects(exportRun(run, format, nowhere), refusedAs('FOLDER_UNWRITABLE', 4));
  }
});

test('rows that are no rows are a fault of the data and not of the disk', async () => {
  const file = join(run, runFiles.requests);
  const whole = await readFile(file, 'utf8');
  await writeFile(file, `${whole}half a row\n`);
  await assert.rejects(exportRun(run, 'parquet', join(folder, 'bad.parquet')), refusedAs('DATA_INVALID', 3));
  await rm(file);
  for (const format of ['csv', 'parquet'] as const) {
    await assert.rejects(exportRun(run, format, join(folder, 'gone')), refusedAs('FILE_UNREADABLE', 3));
  }
});
