import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { figureNames, parseWidth, writeReport } from '../src/index.ts';
import { plantedResults } from './planted/planted-results.ts';
import { changedResults, smallStudy, temporaryRun } from './temporary-run.ts';

const hostile = '<img src=x onerror=alert(1)>"\'&\u0000\u202e';

test('the same results give the same bytes', async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  const first = await writeReport(folder);
  const all = [first.report, ...first.figures, ...first.tables];
  const read = () => Promise.all(all.map((file) => readFile(join(folder, file), 'base64')));
  const before = await read();
  await writeReport(folder);
  assert.deepEqual(await read(), before);
  assert.ok(all.length >= 3 * 4 + 7);
});

test('names that hold markup stand in the page, the figures and the tables as text', async (t) => {
  const folder = await temporaryRun(
    t,
    changedResults((results) => {
      const text = JSON.stringify(results).replace(/"node"(?!:)/g, () => JSON.stringify(hostile));
      Object.assign(results, JSON.parse(text), { target: hostile });
    }),
  );
  const files = await writeReport(folder);
  for (const file of [files.report, ...files.figures, ...files.tables]) {
    if (file.endsWith('.png') || file.endsWith('.csv') || file.endsWith('.tex')) continue;
    assert.doesNotMatch(await readFile(join(folder, file), 'utf8'), /<img/, file);
  }
  assert.match(await readFile(join(folder, files.report), 'utf8'), /&lt;img src=x onerror/);
});

test('the report of 150 cells stays under two megabytes and names no outside address', async (t) => {
  const folder = await temporaryRun(t, plantedResults());
  const { report } = await writeReport(folder);
  const page = await readFile(join(folder, report), 'utf8');
  assert.ok(page.length < 2_000_000, `${page.length} bytes`);
  assert.doesNotMatch(page, /https?:\/\//);
  assert.match(page, /default-src 'none'/);
});

test('a new report renews its own sums in the checksums, and no others', async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  const raw = `${'0'.repeat(64)}  requests.csv`;
  await writeFile(join(folder, 'checksums.txt'), `${'1'.repeat(64)}  report.html\n${raw}\n`);
  const files = await writeReport(folder, { language: 'pt-BR' });
  const lines = (await readFile(join(folder, 'checksums.txt'), 'utf8')).trimEnd().split('\n');
  assert.ok(lines.includes(raw), 'the sum of the raw rows stays, right or wrong');
  assert.equal(lines.length, 2 + files.figures.length + files.tables.length);
  const sum = createHash('sha256')
    .update(await readFile(join(folder, 'report.html')))
    .digest('hex');
  assert.ok(lines.includes(`${sum}  report.html`));
});

test('no sentence of the page shows its places instead of what fills them', async (t) => {
  const results = plantedResults(smallStudy);
  assert.ok(results.exclusions.length > 0);
  const folder = await temporaryRun(t, results);
  const page = await readFile(join(folder, (await writeReport(folder)).report), 'utf8');
  const text = page.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '');
  assert.match(text, /1 request was acknowledged and is in no ledger/);
  assert.match(text, /1 requisição foi confirmada e não está em registro algum/);
  assert.doesNotMatch(text, /[{}]/);
});

test('one round is said to have no intervals, with the command for five', async (t) => {
  const folder = await temporaryRun(t, plantedResults({ ...smallStudy, rounds: 1 }));
  const page = await readFile(join(folder, (await writeReport(folder)).report), 'utf8');
  assert.match(page, /there are no intervals/);
  assert.match(page, /não há intervalos/);
  assert.match(page, /--rounds 5/);
});

test('the method section names the intervals that the percentiles really have', async (t) => {
  const results = changedResults((changed) => {
    changed.method.percentileInterval = 'order-statistic';
    const estimates = changed.cells.flatMap(({ p50Us, p95Us, p99Us }) => [p50Us, p95Us, p99Us]);
    for (const estimate of estimates) if (estimate?.ci95) estimate.ci95.method = 't-log';
  });
  const folder = await temporaryRun(t, results);
  const page = await readFile(join(folder, (await writeReport(folder)).report), 'utf8');
  assert.match(page, /percentiles: Student’s t on logarithms\./);
});

test('a delay of commits that a reference does not have is told', async (t) => {
  const pageOf = async (commitDelayUs: number) => {
    const results = plantedResults({ ...smallStudy, systems: ['node', 'go'] });
    const folder = await temporaryRun(t, {
      ...results,
      experiment: { ...results.experiment, commitDelayUs },
    });
    return readFile(join(folder, (await writeReport(folder)).report), 'utf8');
  };
  assert.match(await pageOf(2_000), /Not so go: each row is put on disk on its own/);
  assert.doesNotMatch(await pageOf(0), /Not so go/);
});

test('widths are columns of a journal or lengths, and nothing else', () => {
  assert.equal(parseWidth('two'), 672);
  assert.equal(parseWidth('85mm'), 321);
  assert.equal(parseWidth('300px'), 300);
  for (const wrong of ['', 'three', '0px', '-5mm', '10', '1e9px', '99999px']) {
    assert.throws(() => parseWidth(wrong), /--width/, wrong);
  }
  assert.ok(new Set(figureNames).size === figureNames.length);
});

test('the report carries the self-test of the machine, or says that there was none', async (t) => {
  const pageOf = async (folder: string) => readFile(join(folder, (await writeReport(folder)).report), 'utf8');
  const carried = await pageOf(await temporaryRun(t, plantedResults(smallStudy)));
  assert.match(
    carried,
    /Self-test of the instrument on this machine: trustworthy\. .* its ceiling is [\d,]+ requests/,
  );
  const without = changedResults((results) => Object.assign(results, { selftest: null }));
  assert.match(
    await pageOf(await temporaryRun(t, without)),
    /was not tested on this machine before the study/,
  );
});

test('a report that cannot be written is told as such', async (t) => {
  const folder = await temporaryRun(t, plantedResults(smallStudy));
  await mkdir(join(folder, 'report.html'));
  await assert.rejects(writeReport(folder), { code: 'FOLDER_UNWRITABLE' });
});
