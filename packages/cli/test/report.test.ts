import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { plantedResults } from '../../report/test/planted/planted-results.ts';
import { smallStudy, temporaryRun } from '../../report/test/temporary-run.ts';
import { typed } from './planted-world.ts';

test('one figure in each format, at the width that was asked for', async (t) => {
  const run = await temporaryRun(t, plantedResults(smallStudy));
  const draw = async (format: string, width: string) => {
    const out = join(run, `drawn.${format}`);
    const words = ['report', run, '--figure', 'capacity', '--format', format, '--width', width, '--out', out];
    const { exit, stdout, stderr } = await typed(words);
    assert.equal(exit, 0, stderr);
    assert.equal(stdout, `${out}\n`);
    return readFile(out);
  };
  // 100 mm are 378 CSS pixels; a PNG has 300 dots an inch, a PDF 72 points.
  assert.match(String(await draw('svg', '100mm')), /^<svg [^>]*width="378"/);
  const png = await draw('png', 'one');
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.equal(png.readUInt32BE(16), Math.round((336 * 300) / 96));
  const pdf = (await draw('pdf', '4in')).toString('latin1');
  assert.match(pdf, /^%PDF-/);
  assert.match(pdf, /\/MediaBox \[0 0 288 /);
});

test('results that cannot be trusted are a sentence and exit 3, and nothing is written', async (t) => {
  const results = plantedResults(smallStudy);
  const cases: readonly [what: unknown, sentence: RegExp][] = [
    [{ ...results, version: 99 }, /version 99/],
    [{ ...results, cells: undefined }, /cells is missing/],
    [{ ...results, totals: { ...results.totals, requests: 1 } }, /totals\.requests is 1/],
    ['no results', /results\.json/],
  ];
  for (const [content, sentence] of cases) {
    const run = await temporaryRun(t, content);
    const { exit, stdout, stderr } = await typed(['report', run]);
    assert.equal(exit, 3, stderr);
    assert.match(stderr, sentence);
    assert.doesNotMatch(stderr, /\n\s+at /, 'a sentence, not a stack');
    assert.equal(stdout, '');
    await assert.rejects(readFile(join(run, 'report.html')), { code: 'ENOENT' });
  }
});

test('an unknown figure names those that there are, and one without numbers says why', async (t) => {
  const run = await temporaryRun(t, plantedResults(smallStudy));
  const unknown = await typed(['report', run, '--figure', 'pie']);
  assert.equal(unknown.exit, 2);
  assert.match(unknown.stderr, /pie.*throughput-replicas/s);
  const absent = await typed(['report', run, '--figure', 'comparison', '--lang', 'pt-BR']);
  assert.equal(absent.exit, 3);
  assert.match(absent.stderr, /Precisa de dois sistemas/);
});

test('a figure of a part of the study, by a factor, does not replace that of the whole', async (t) => {
  const run = await temporaryRun(t, plantedResults({ ...smallStudy, systems: ['node', 'go'] }));
  const words = [
    'report',
    run,
    '--figure',
    'throughput-replicas',
    '--by',
    'system',
    '--only',
    'messages=100',
  ];
  const { exit, stdout, stderr } = await typed(words);
  assert.equal(exit, 0, stderr);
  assert.equal(stdout, `${join(run, 'figures', 'throughput-replicas-messages-100-by-system.svg')}\n`);
  assert.match(await readFile(stdout.trim(), 'utf8'), /Only messages=100\..*>node<.*>go</s);
  const wrong = await typed([...words, '--only', 'replicas=3']);
  assert.equal(wrong.exit, 2);
  assert.match(wrong.stderr, /replicas=3.*1, 2, 4/s);
});

test('a report in Portuguese has Portuguese tables and figures', async (t) => {
  const run = await temporaryRun(t, plantedResults(smallStudy));
  const { exit, stdout } = await typed(['report', run, '--lang', 'pt-BR']);
  assert.equal(exit, 0);
  assert.match(stdout, /report\.html, \d+ arquivos de figuras, \d+ arquivos de tabelas/);
  assert.match(await readFile(join(run, 'tables', 'cells.md'), 'utf8'), /vazão \(req\/s\)/);
  assert.match(await readFile(join(run, 'figures', 'capacity.svg'), 'utf8'), /capacidade \(clientes\)/);
});

test('a file that cannot be written is a sentence', async (t) => {
  const run = await temporaryRun(t, plantedResults(smallStudy));
  const file = join(run, 'file');
  await writeFile(file, '');
  const { exit, stderr } = await typed(['report', run, '--figure', 'capacity', '--out', join(file, 'x.svg')]);
  assert.equal(exit, 4);
  assert.match(stderr, /x\.svg/);
});
