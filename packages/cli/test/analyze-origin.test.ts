import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { OriginAnalysis } from '@escala/analysis';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { typed } from './planted-world.ts';

const data = join(import.meta.dirname, '../../../test/data/origin');
const folder = temporaryFolder(test);
const go = join(folder, 'go.csv.gz');
copyFileSync(join(data, 'go.csv.gz'), go);

const names = ['response-clients', 'response-messages', 'response-replicas', 'throughput-clients'];

test('an older file gets statistics and figures beside it, and the answer says where and what was read', async () => {
  const { exit, stdout } = await typed(['analyze', go, '--lang=en']);
  assert.equal(exit, 0);
  assert.match(
    stdout,
    /^.*go\.csv\.gz: 22,000 rows of 200 scenarios\n {2}columns separated by commas, decimals after “\.”, UTF-8, gzip\n/,
  );
  assert.match(stdout, /times read as s since 1970, response times as s\n/);
  assert.ok(stdout.endsWith(`statistics and 6 figures: ${join(folder, 'go-analysis')}\n`), stdout);
  const figures = await readdir(join(folder, 'go-analysis/figures'));
  for (const name of names)
    for (const form of ['svg', 'png', 'csv']) assert.ok(figures.includes(`${name}.${form}`));
  assert.deepEqual((await readdir(join(folder, 'go-analysis/tables'))).sort(), [
    'statistics.csv',
    'statistics.md',
    'statistics.tex',
  ]);
});

test('the statistics are those of the rows, scenario by scenario', async () => {
  const out = join(folder, 'out');
  const { stdout } = await typed(['analyze', go, '--out', out, '--json']);
  const [file] = (JSON.parse(stdout) as OriginAnalysis & { files: { written: { folder: string } }[] }).files;
  assert.equal(file?.written.folder, out);
  const [header = '', first = '', ...more] = readFileSync(join(out, 'tables/statistics.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  assert.equal(more.length, 199);
  const row = Object.fromEntries(header.split(',').map((name, i) => [name, first.split(',')[i]]));
  // The first scenario, 2 replicas, 10 clients, 1 message, counted with another program (awk).
  assert.deepEqual(
    [
      'replicas',
      'clients',
      'messages',
      'rows',
      'measured',
      'repetitions',
      'min_ms',
      'max_ms',
      'median_ms',
      'p95_ms',
    ].map((name) => row[name]),
    ['2', '10', '1', '20', '20', '2', '1.54', '2.763', '1.878', ''],
  );
  assert.ok(Math.abs(Number(row['mean_ms']) - 1.93585) < 1e-9);
});

test('two files of one name under one folder do not overwrite each other', async () => {
  const header =
    'client_id,message_id,server_id,client_send_time,server_processing_time,client_receive_time,response_time,num_servers,num_clients,num_messages';
  const files = ['one', 'other'].map((inside) => join(folder, inside, 'same.csv'));
  for (const file of files) {
    mkdirSync(dirname(file));
    writeFileSync(file, `${header}\nc,1,s,1,0.1,2,1,2,1,1\n`);
  }
  const out = join(folder, 'both');
  const { exit } = await typed(['analyze', ...files, '--out', out]);
  assert.deepEqual([exit, (await readdir(out)).sort()], [0, ['same', 'same-2']]);
});

test('where nothing can be written the answer is given all the same, and the place is named', async () => {
  writeFileSync(join(folder, 'file'), '');
  const { exit, stdout, stderr } = await typed([
    'analyze',
    go,
    '--out',
    join(folder, 'file/in'),
    '--lang=pt-BR',
  ]);
  assert.equal(exit, 4);
  assert.match(stdout, /22\.000 linhas de 200 cenários/);
  assert.match(
    stderr,
    /FOLDER_UNWRITABLE: não é possível escrever em .*file\/in: uma parte do caminho é um arquivo/,
  );
});
