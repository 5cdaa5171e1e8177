import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FitResult, Language } from '@escala/model';
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
  assert.match(english.stdout, /Amdahl: contention improves the fit/);
  const portuguese = await fit([join(data, 'raytracer.csv'), '--scale', 'linear'], 'pt-BR');
  assert.match(portuguese.stdout, /Amdahl +α +0,057771 +0,005258/);
  assert.match(portuguese.stdout, /Amdahl: a contenção melhora o ajuste/);
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
