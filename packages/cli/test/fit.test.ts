import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FitResult, Language } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { typed } from './planted-world.ts';

const data = join(import.meta.dirname, '../../../test/data/usl');

const fit = (args: readonly string[], language: Language = 'en') =>
  typed(['fit', ...args, `--lang=${language}`]);

test('fit --json prints one object with the names that scripts rely on', async () => {
  const { exit, stdout, stderr } = await fit([join(data, 'cisco.csv'), '--json', '--scale', 'linear']);
  assert.deepEqual([exit, stderr], [0, '']);
  const result = JSON.parse(stdout) as FitResult;
  assert.deepEqual(Object.keys(result.models), ['linear', 'amdahl', 'usl']);
  const parameters = ['alpha', 'beta', 'gamma'] as const;
  const had = Object.values(result.models).map((model) => parameters.filter((name) => model?.[name]));
  assert.deepEqual(had, [['gamma'], ['alpha', 'gamma'], ['alpha', 'beta', 'gamma']]);
  assert.deepEqual(Object.keys(result.models.usl?.alpha ?? {}), [
    'estimate',
    'stderr',
    'ci95',
    'profileCi95',
  ]);
  for (const key of ['rss', 'df', 'residualStandardError', 'aic', 'aicc'])
    assert.ok(key in (result.models.usl ?? {}));
  assert.equal(result.chosen, 'usl');
  assert.match(result.reason, /^USL: /);
  assert.equal(result.lackOfFit, null);
  assert.deepEqual(Object.keys(result.peak), ['n', 'x', 'stderrN', 'stderrX', 'status']);
});

test('fit prints a table and the reason, in both languages', async () => {
  const english = await fit([join(data, 'raytracer.csv'), '--scale', 'linear']);
  assert.match(english.stdout, /Amdahl +α +0\.057771 +0\.005258 +\[0\.046717; 0\.071387\]/);
  assert.match(
    english.stdout,
    /^Amdahl: α = 0\.0578 .* from N = 1 to 64 throughput grew 15\.5 times, where 64 is ideal/m,
  );
  const portuguese = await fit([join(data, 'raytracer.csv'), '--scale', 'linear'], 'pt-BR');
  assert.match(portuguese.stdout, /Amdahl +α +0,057771 +0,005258/);
  assert.match(
    portuguese.stdout,
    /^Amdahl: α = 0,0578 .* de N = 1 a 64 a vazão cresceu 15,5 vezes, quando 64 é o ideal/m,
  );
});

test('what no law explains is said in both languages: a fall from the start, a level, too few rounds', async (t) => {
  const folder = temporaryFolder(t);
  const said = async (rows: string, language: Language) => {
    await writeFile(join(folder, 'rows.csv'), `n,x\n${rows.replaceAll(' ', '\n')}\n`);
    return (await fit([join(folder, 'rows.csv')], language)).stdout;
  };
  const falling = '1,1000 2,800 4,600 8,400 16,250 32,120';
  assert.match(
    await said(falling, 'en'),
    /^Throughput falls from the start: .*fell to 0\.12 of what it was/m,
  );
  assert.match(await said(falling, 'en'), /^The α of Amdahl, 3\.95, is above 1/m);
  assert.match(await said(falling, 'pt-BR'), /^A vazão cai desde o início: .*caiu a 0,12 do que era/m);
  const outlying = '1,955 2,1878 4,3548 8,55310 16,7500 32,8000';
  assert.match(await said(outlying, 'en'), /^Undecided: .*\nNo law explains N = 8: 55,310, where/m);
  assert.match(await said(outlying, 'pt-BR'), /^Indeciso: .*\nNenhuma lei explica N = 8: 55\.310, quando/m);
  const open = '2,1000 4,1850 6,2900 8,3300 10,4600';
  assert.match(
    await said(open, 'en'),
    /^Undecided: from N = 2 to 10 throughput grew 4\.6 times, where 5 is ideal; 5 measurements at 5 levels cannot tell linear from Amdahl: the growth lies between 3\.\d+ and 5\.\d+\. More measurements, or levels further out, would tell; how many cannot be known from so few/m,
  );
});

test('log is the default scale', async () => {
  const { stdout } = await fit([join(data, 'specsdm91.csv'), '--json']);
  assert.equal((JSON.parse(stdout) as FitResult).scale, 'log');
});

test('a wrong file is 3, a wrong command line 2, and stdout stays empty', async () => {
  const missing = await fit([join(data, 'missing.csv'), '--json']);
  assert.deepEqual([missing.exit, missing.stdout], [3, '']);
  assert.match(missing.stderr, /FILE_UNREADABLE/);
  const column = await fit([join(data, 'cisco.csv'), '--x', 'y'], 'pt-BR');
  assert.deepEqual([column.exit, column.stdout], [3, '']);
  assert.match(column.stderr, /não há coluna "y"/);
  assert.equal((await fit([join(data, 'cisco.csv'), '--scale', 'cubic'])).exit, 2);
  assert.equal((await fit([])).exit, 2);
});
