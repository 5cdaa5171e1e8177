// deploy.sh with a pretend escala, which shows the words that it was given.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { temporaryFolder } from '../temporary-folder.ts';
import { projectFolder } from './escala.ts';

const showsWords = 'printf "%s\\n" "$@"';

function deploy(t: TestContext, ...words: string[]) {
  return deployIn(temporaryFolder(t), showsWords, words);
}

function deployIn(folder: string, escala: string, words: string[], environment: NodeJS.ProcessEnv = {}) {
  copyFileSync(join(projectFolder, 'deploy.sh'), join(folder, 'deploy.sh'));
  for (const name of ['bin', 'node_modules']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
  writeFileSync(join(folder, 'bin/escala'), `#!/bin/sh\n${escala}\n`, { mode: 0o755 });
  const { stdout, stderr, status } = spawnSync('sh', ['deploy.sh', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', ...environment },
  });
  return { stdout, words: stdout.trimEnd().split('\n'), stderr, status };
}

test('what stands after the experiment reaches escala run, word for word', (t) => {
  const { words, status } = deploy(t, 'kubernetes', 'my study.yaml', '--context', 'the other');
  assert.equal(status, 0);
  assert.deepEqual(words.slice(0, 4), ['run', 'my study.yaml', '--target', 'kubernetes']);
  assert.deepEqual(words.slice(-2), ['--context', 'the other']);
});

test('without an experiment the founding study runs, with options too', (t) => {
  const plain = deploy(t).words;
  assert.match(plain[1] ?? '', /experiments\/founding\.yaml$/);
  assert.deepEqual(plain.slice(2, 4), ['--target', 'local']);
  const { words } = deploy(t, 'kind', '--rounds', '5');
  assert.match(words[1] ?? '', /experiments\/founding\.yaml$/);
  assert.deepEqual(words.slice(-2), ['--rounds', '5']);
});

test('the words may stand in any order, and the target and the file may be left out', (t) => {
  const runs = (...words: string[]) => deploy(t, ...words).words.filter((word) => !/runs\//.test(word));
  assert.deepEqual(runs('experiments/quick.yaml'), [
    'run',
    'experiments/quick.yaml',
    '--target',
    'local',
    '--out',
  ]);
  assert.deepEqual(runs('--rounds', '2', 'x y.yaml', 'kind'), [
    'run',
    'x y.yaml',
    '--target',
    'kind',
    '--out',
    '--rounds',
    '2',
  ]);
  for (const words of [['local', '--quick'], ['--quick'], ['--quick', 'local']]) {
    assert.deepEqual(runs(...words), ['run', '--target', 'local', '--out', '--quick'], words.join(' '));
  }
  assert.match(deploy(t, 'kind', '--quick').stdout, /^--target\nkind\n--out\n.*-quick\n--quick$/m);
});

test('two files, two targets, and a target that is nearly right are named', (t) => {
  for (const [words, says] of [
    [['a.yaml', 'b.yaml'], /a\.yaml and b\.yaml are two experiments/],
    [['kind', 'local'], /kind and local are two targets/],
    [['minikube'], /no target minikube; did you mean kubernetes\?/],
    [['lcoal'], /no target lcoal; did you mean local\?/],
    [['moon'], /moon is neither a target nor a file/],
    [['kind', '--rounds'], /--rounds needs a value/],
  ] as const) {
    const { status, stderr } = deploy(t, ...words);
    assert.equal(status, 2);
    assert.match(stderr, says);
  }
});

test('links to a run that was moved are told and removed', (t) => {
  const folder = temporaryFolder(t);
  symlinkSync('runs/gone/report.html', join(folder, 'report.html'));
  const { stderr, status } = deployIn(folder, showsWords, []);
  assert.equal(status, 0);
  assert.match(stderr, /report\.html led to runs\/gone\/report\.html, which is gone/);
  assert.throws(() => readlinkSync(join(folder, 'report.html')));
});

test('an unknown target, and what the script itself decides, are refused', (t) => {
  for (const words of [['minikube'], ['kind', 'x.yaml', '--out', 'y'], ['kind', '--target=local']]) {
    const { status, stderr } = deploy(t, ...words);
    assert.equal(status, 2, words.join(' '));
    assert.match(stderr, /^usage: /m);
  }
});

test('help is no mistake, and everything is said in both languages', (t) => {
  const [folder, pt] = [temporaryFolder(t), { LC_ALL: 'pt_BR.UTF-8' }];
  const help = deployIn(folder, showsWords, ['--help']);
  assert.deepEqual([help.status, help.stderr], [0, '']);
  assert.match(help.stdout, /^usage: /);
  assert.match(deployIn(folder, showsWords, ['-h'], pt).stdout, /^uso: /);
  assert.match(deployIn(folder, showsWords, ['moon'], pt).stderr, /^uso: /m);
  assert.match(deployIn(folder, showsWords, ['kind', '--out', 'x', '--lang', 'pt-BR']).stderr, /^uso: /);
  assert.match(deployIn(folder, showsWords, ['kind', '--out', 'x', '--lang=en'], pt).stderr, /^usage: /);
});

test('what lies beside the script is all of one study, also where another was interrupted early', (t) => {
  const folder = temporaryFolder(t);
  const study = (name: string, files: string, status: number) =>
    deployIn(folder, `mkdir -p "$6" && cd "$6" && ${files} && exit ${status}`, ['local', `${name}.yaml`])
      .status;
  const shown = () =>
    ['requests.csv', 'figures', 'report.html'].map((file) =>
      readlinkSync(join(folder, file)).split('-').pop(),
    );
  assert.equal(study('first', 'mkdir figures && touch requests.csv report.html', 7), 7);
  assert.deepEqual(shown(), ['first/requests.csv', 'first/figures', 'first/report.html']);
  assert.equal(study('second', 'touch requests.csv', 130), 130);
  assert.deepEqual(shown(), ['first/requests.csv', 'first/figures', 'first/report.html']);
  assert.equal(study('third', 'mkdir figures && touch requests.csv report.html', 130), 130);
  assert.deepEqual(shown(), ['third/requests.csv', 'third/figures', 'third/report.html']);
});
