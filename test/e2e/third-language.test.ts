// A language more costs one file and one row: everything else follows from them, or a check says what is missing.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { copyProject } from '../docs/checkout.ts';
import type { temporaryFolder } from '../temporary-folder.ts';

const SENTENCES = 'packages/model/src/sentences';
/** Stands before every sentence of the made-up language. */
const MARK = '§';
let folder: string;

type Texts = { [key: string]: string | Texts };
const marked = (texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text !== 'string' ? marked(text) : text === '' ? '' : text.replaceAll(/^(?=.)/gm, MARK),
    ]),
  );

before((owner) => {
  folder = copyProject(owner as Parameters<typeof temporaryFolder>[0]);
  const english = JSON.parse(readFileSync(join(folder, SENTENCES, 'en.json'), 'utf8')) as Texts;
  writeFileSync(join(folder, SENTENCES, 'eo.json'), JSON.stringify(marked(english)));
  const table = join(folder, SENTENCES, 'sentences.ts');
  const text = readFileSync(table, 'utf8');
  const row = text.replace("'pt-BR': ptBr }", "'pt-BR': ptBr, eo: eo }");
  assert.notEqual(row, text);
  writeFileSync(table, `import eo from './eo.json' with { type: 'json' };\n${row}`);
});

function run(program: string, ...words: string[]) {
  const env = { ...process.env, LC_ALL: 'eo_XX.UTF-8', FORCE_COLOR: '' };
  return spawnSync(join(folder, program), words, { cwd: folder, encoding: 'utf8', env, maxBuffer: 2 ** 26 });
}
const compile = (...words: string[]) => run('node_modules/.bin/tsc', '--noEmit', ...words).stdout;

/** What stands in a text without the mark and yet reads as a sentence; a line that goes on is one with the next. */
const unmarked = (text: string) =>
  text
    .replaceAll(/\n(?: {6,}|(?=[a-z]))/g, ' ')
    .split('\n')
    .filter((line) => !line.includes(MARK) && /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(line));

test('one file and one row are all that the compiler asks for', () => {
  assert.equal(compile(), '');
  assert.equal(compile('-p', 'packages/dashboard/src/page'), '');
});

test('the command line says everything in the new language, and offers it', () => {
  const commands = [
    'run',
    'watch',
    'fit',
    'analyze',
    'compare',
    'verify',
    'report',
    'doctor',
    'init',
    'selftest',
  ];
  for (const words of [[], ...commands.map((name) => [name]), ['server'], ['client']]) {
    const { stdout, status } = run('bin/escala', ...words, '--help');
    assert.equal(status, 0, words.join());
    assert.ok(stdout.includes(MARK), words.join());
    assert.deepEqual(unmarked(stdout), [], words.join());
  }
  assert.match(run('bin/escala', 'run', '--lang', 'xx').stderr, /en, pt-BR,? .*eo/);
  for (const shell of ['bash', 'zsh', 'fish'])
    assert.match(run('bin/escala', 'completion', shell).stdout, /'en pt-BR eo'|en pt-BR eo/);
  const plan = run('bin/escala', 'run', '--quick', '--dry-run').stdout;
  assert.ok(plan.includes(MARK));
  assert.deepEqual(unmarked(plan), []);
});

test('the report and the live page hold it', () => {
  const script = `
    import { reportPage } from './packages/report/src/page/page.ts';
    import { plantedResults } from './packages/report/test/planted/planted-results.ts';
    import { readPageFiles } from './packages/dashboard/src/page-files.ts';
    const words = JSON.parse(String(readPageFiles().get('words.json').bytes));
    console.log(JSON.stringify({ page: reportPage(plantedResults(), 'eo'), words }));`;
  const { stdout, stderr } = run('node_modules/.bin/node', '--input-type=module', '-e', script);
  assert.equal(stderr, '');
  const { page, words } = JSON.parse(stdout) as { page: string; words: { languages: Texts; words: Texts } };
  const times = (language: string) => page.split(` lang="${language}"`).length;
  // The root names the language that the page opens in.
  assert.equal(times('eo'), times('en') + 1);
  assert.ok(times('en') > 200, `${times('en')}`);
  assert.match(page, /#language-eo:checked/);
  assert.equal(words.languages['eo'], `${MARK}English`);
  for (const sentence of Object.values(words.words))
    assert.ok(String((sentence as Texts)['eo']).startsWith(MARK));
});

test('a file that lacks a sentence does not compile', () => {
  const file = join(folder, SENTENCES, 'eo.json');
  const texts = JSON.parse(readFileSync(file, 'utf8')) as { report: { audits: Texts } };
  delete texts.report.audits['ledger'];
  writeFileSync(file, JSON.stringify(texts));
  // The table alone: the rest of the project would say nothing more.
  const alone = { extends: '../../../../tsconfig.json', include: ['sentences.ts'] };
  writeFileSync(join(folder, SENTENCES, 'tsconfig.json'), JSON.stringify(alone));
  assert.match(compile('-p', SENTENCES), /sentences\.ts.*\n(?:.*\n)*?.*ledger/);
});
