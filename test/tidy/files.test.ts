import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const sources = tracked.filter((file) => /\.(ts|js|py|go)$/.test(file));

const FILE_LINES_MAX = 300;

test('no source file is longer than a person can hold in mind', () => {
  const long = sources.filter(
    (file) => readFileSync(join(root, file), 'utf8').split('\n').length > FILE_LINES_MAX,
  );
  // Catalogues and tables of data are read by looking up, not from top to bottom.
  const catalogues = /packages\/model\/src\/\w+\/(problems|options|results)\.ts$|words/;
  assert.deepEqual(
    long.filter((file) => !catalogues.test(file)),
    [],
  );
});

const FIGURE_LINES_MAX = 150;

test('a figure is a declaration of marks and words', () => {
  const figures = sources.filter((file) => file.startsWith('packages/report/src/figures/'));
  assert.ok(figures.length > 10);
  const long = figures.filter(
    (file) => readFileSync(join(root, file), 'utf8').split('\n').length > FIGURE_LINES_MAX + 1,
  );
  assert.deepEqual(long, []);
});

test('no file is a drawer', () => {
  const drawers = tracked.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/|$)/.test(file));
  assert.deepEqual(drawers, []);
});

test('no reminder is left in the code', () => {
  const reminder = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
  assert.deepEqual(
    sources.filter((file) => reminder.test(readFileSync(join(root, file), 'utf8'))),
    [],
  );
});

test('the project names no path of the machine that it was written on', () => {
  const text = tracked.filter((file) => !/^\.ci\/|\.(png|gz|hlog|hgrm)$|package-lock\.json$/.test(file));
  const private_ = new RegExp(['/work' + '/', '\\.\\./sha' + 'red'].join('|'));
  assert.deepEqual(
    text.filter((file) => private_.test(readFileSync(join(root, file), 'utf8'))),
    [],
  );
});

test('each Markdown file has one title', () => {
  for (const file of tracked.filter((name) => name.endsWith('.md'))) {
    const outsideCode = readFileSync(join(root, file), 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
    const titles = outsideCode.split('\n').filter((line) => line.startsWith('# '));
    assert.equal(titles.length, 1, basename(file));
  }
});
