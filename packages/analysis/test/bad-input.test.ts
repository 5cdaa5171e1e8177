import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { EscalaError } from '@escala/model';
import { writeResults } from '@escala/model/study';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { analyzeRun } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const parent = temporaryFolder(test);
let run: string;
let file: string;
let lines: string[];
let count = 0;
const cell = simulatedCell({ replicas: 1, clients: 2, messages: 10 });
const load = { kind: 'closed', clients: 2, messages: 10, thinkUs: 0, thinkDistribution: 'fixed' } as const;
const rows = rowsOf(
  simulateQueue({
    seed: 'bad',
    replicas: 1,
    parallelism: 1,
    serviceUs: 900,
    serviceDistribution: 'fixed',
    load,
  }),
);

beforeEach(async () => {
  run = join(parent, String(count++));
  const trials = [1, 2].map((round) => ({ cell, round, rows, planned: rows.length }));
  await writeSimulatedRun(run, simulatedExperiment([cell]), trials);
  file = join(run, 'cells', cell.key, '2', 'requests.csv');
  lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
});

/** The problem that analysing raises; no results.json is left behind. */
async function problem(): Promise<EscalaError> {
  const error = await analyzeRun(run).then(
    () => undefined,
    (reason) => reason,
  );
  assert.ok(error instanceof EscalaError, String(error));
  assert.equal(error.exit, 3);
  assert.ok(!existsSync(join(run, 'results.json')));
  return error;
}

test('a truncated last row is named with file and line', async () => {
  await writeFile(file, lines.join('\n').slice(0, -30));
  assert.match((await problem()).message, /2\/requests\.csv:21: the row has \d+ cells and the header 23/);
});

test('a row that is cut after its last comma is named with file and line', async () => {
  await writeFile(file, lines.join('\n').slice(0, -'recorded'.length));
  assert.match((await problem()).message, /2\/requests\.csv:21: 1 row lacks its/);
});

test('text in a number column is named with file, line, column and the text', async () => {
  lines[4] = (lines[4] ?? '').replace(/,\d+,201,/, ',soon,201,');
  await writeFile(file, lines.join('\n'));
  assert.match((await problem()).message, /requests\.csv:5: column latency_us holds "soon"/);
  assert.match(
    (await problem()).explain('pt-BR'),
    /a coluna latency_us contém "soon", que não é um número inteiro/,
  );
});

test('a header without a needed column names the column', async () => {
  lines[0] = (lines[0] ?? '').replace('latency_us', 'latency');
  await writeFile(file, lines.join('\n'));
  assert.match((await problem()).message, /2\/requests\.csv:1: the header lacks latency_us/);
  assert.match((await problem()).explain('pt-BR'), /faltam no cabeçalho latency_us; ele tem request_id/);
});

test('mixed line ends are named with the first line that differs', async () => {
  lines[7] += '\r';
  await writeFile(file, lines.join('\n'));
  assert.match((await problem()).message, /2\/requests\.csv:8: the line ends differ/);
});

test('a byte-order mark and CR LF throughout change nothing', async () => {
  const plain = await analyzeRun(run);
  await writeFile(file, `\uFEFF${lines.join('\r\n')}\r\n`);
  assert.deepEqual(await analyzeRun(run), plain);
});

test('columns in another order, with a further one between, change nothing', async () => {
  const plain = await analyzeRun(run);
  const turned = lines.map((line, i) => [...line.split(','), i === 0 ? 'note' : 'x'].reverse().join(','));
  await writeFile(file, turned.join('\n'));
  assert.deepEqual(await analyzeRun(run), plain);
});

test('an empty cell folder is a trial that did not happen', async () => {
  for (const name of ['cell.json', 'requests.csv']) await rm(join(run, 'cells', cell.key, '2', name));
  const results = await analyzeRun(run);
  assert.deepEqual(results.missingTrials, [{ cell: cell.key, round: 2 }]);
  assert.equal(results.trials.length, 1);
});

test('cell.json without rows is an error that names the missing file', async () => {
  await rm(file);
  assert.match((await problem()).message, /2\/requests\.csv: the file is missing/);
});

test('a run of a newer version is refused by name', async () => {
  const manifest = join(run, 'manifest.json');
  await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"version":1', '"version":9'));
  const error = await problem();
  assert.equal(error.code, 'VERSION_UNKNOWN');
  assert.match(error.message, /manifest\.json has version 9/);
});

test('a manifest that is not JSON is named with its line', async () => {
  await writeFile(join(run, 'manifest.json'), '{\n"schema": \noops');
  assert.match((await problem()).message, /manifest\.json:3: this is no valid JSON/);
});

test('a folder without a manifest holds no run', async () => {
  await rm(join(run, 'manifest.json'));
  assert.equal((await problem()).code, 'NOT_A_RUN');
});

test('a disk that fills while results are written leaves the earlier results.json whole', async (t) => {
  if (!existsSync('/dev/full')) return t.skip('this system has no /dev/full');
  const results = await analyzeRun(run);
  await writeResults(run, results);
  const earlier = await readFile(join(run, 'results.json'), 'utf8');
  await symlink('/dev/full', join(run, 'results.json.part'));
  await assert.rejects(writeResults(run, results), { code: 'DISK_FULL' });
  assert.equal(await readFile(join(run, 'results.json'), 'utf8'), earlier);
});

const record = join('cells', cell.key, '2', 'cell.json');
for (const [name, found, instead, place] of [
  ['manifest.json', /"key":"[^"]*",/, '', 'plan[0].trials[0].cell.key'],
  ['manifest.json', /"environment":\{.*\}/, '"environment":7}', 'environment'],
  [record, /"cpuShare":[\d.]+,/, '', 'agents[0].health.cpuShare'],
  [record, /"round":2/, '"round":"2"', 'round'],
] as const) {
  test(`a ${name.split('/').at(-1)} with something else at ${place} is named with that place`, async () => {
    const text = await readFile(join(run, name), 'utf8');
    await writeFile(join(run, name), text.replace(found, instead));
    const refused = await problem();
    assert.ok(refused.message.includes(name) && refused.message.includes(place), refused.message);
    assert.match(refused.explain('pt-BR'), / (falta|não é o que o Escala escreve ali)/);
  });
}
