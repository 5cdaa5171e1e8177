import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { manifestVersion, runFiles } from '@escala/model';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { simulatedExperiment } from '../../analysis/test/oracle/simulated-experiment.ts';
import { simulatedManifest } from '../../analysis/test/oracle/simulated-run.ts';
import { typed } from './planted-world.ts';

/** What is typed, the code of the problem, and a word that must be in each language's sentence. */
const mistakes: readonly [argv: string, code: string, en: RegExp, pt: RegExp][] = [
  [
    'rum',
    'COMMAND_UNKNOWN',
    /no command "rum"; did you mean run\?/,
    /não há comando "rum"; você quis dizer run\?/,
  ],
  ['zzzzzz', 'COMMAND_UNKNOWN', /no command "zzzzzz"\n/, /não há comando "zzzzzz"\n/],
  [
    'run --tarjet kind',
    'OPTION_UNKNOWN',
    /--tarjet; did you mean --target\?/,
    /--tarjet; você quis dizer --target\?/,
  ],
  [
    'run --target moon',
    'OPTION_INVALID',
    /--target is "moon"; it takes local, kind, kubernetes/,
    /--target é "moon"; aceita local, kind, kubernetes/,
  ],
  [
    'run --rounds two',
    'OPTION_INVALID',
    /--rounds is "two"; it takes a whole number/,
    /aceita um número inteiro/,
  ],
  ['run --out=', 'OPTION_INVALID', /--out is ""; it takes a folder/, /--out é ""; aceita uma pasta/],
  ['run --resume=', 'OPTION_INVALID', /--resume is ""; it takes a folder/, /--resume é ""; aceita uma pasta/],
  ['server --data=', 'OPTION_INVALID', /--data is ""; it takes a folder/, /--data é ""; aceita uma pasta/],
  ['run --rounds', 'OPTION_VALUE_MISSING', /--rounds needs a value/, /--rounds precisa de um valor/],
  [
    'run --resume x --seed 2',
    'OPTIONS_CONFLICT',
    /--resume and --seed exclude/,
    /--resume e --seed se excluem/,
  ],
  [
    'run --quick mine.yaml',
    'OPTIONS_CONFLICT',
    /--quick and mine\.yaml exclude/,
    /--quick e mine\.yaml se excluem/,
  ],
  [
    'run a.yaml b.yaml',
    'ARGUMENTS_TOO_MANY',
    /b\.yaml is one word too many: the command takes 1 argument\n/,
    /b\.yaml está sobrando: o comando aceita 1 argumento\n/,
  ],
  ['schema x', 'ARGUMENTS_TOO_MANY', /takes options only/, /aceita só opções/],
  ['verify', 'ARGUMENT_MISSING', /<run> is missing/, /falta <execução>/],
  ['export runs/x', 'OPTION_MISSING', /--out must be given/, /--out é obrigatória/],
  [
    'export runs/x --out y --format xml',
    'OPTION_INVALID',
    /it takes csv, parquet, json, prometheus/,
    /aceita csv, parquet, json, prometheus/,
  ],
  [
    'completion ksh',
    'OPTION_INVALID',
    /<shell> is "ksh"; it takes bash, zsh, fish/,
    /<shell> é "ksh"; aceita bash, zsh, fish/,
  ],
  ['compare a b --margin 3', 'OPTION_INVALID', /--margin is "3"; it takes 0 < … < 1/, /--margin é "3"/],
  [
    'watch runs/x --port 99999',
    'OPTION_INVALID',
    /it takes a whole number, 0 to 65535/,
    /aceita um número inteiro, 0 a 65535/,
  ],
  ['client', 'OPTION_MISSING', /--url \(SERVER_URL\) must be given/, /--url \(SERVER_URL\) é obrigatória/],
  [
    'client --clinets 3',
    'OPTION_UNKNOWN',
    /--clinets; did you mean --clients\?/,
    /você quis dizer --clients\?/,
  ],
  [
    'list',
    'COMMAND_UNKNOWN',
    /the runs are the folders in runs\/\n/,
    /as execuções são as pastas em runs\/\n/,
  ],
  ['version', 'COMMAND_UNKNOWN', /did you mean --version\?/, /você quis dizer --version\?/],
  [
    'client --url localhost:8080',
    'OPTION_INVALID',
    /it takes an http or https URL.*; did you mean http:\/\/localhost:8080\?/,
    /você quis dizer http:\/\/localhost:8080\?/,
  ],
  [
    'client --data {}',
    'OPTION_UNKNOWN',
    /no option --data; did you mean --body \(/,
    /você quis dizer --body \(/,
  ],
  [
    'client --iterations 5',
    'OPTION_UNKNOWN',
    /did you mean --messages \(messages per client/,
    /você quis dizer --messages \(mensagens por cliente/,
  ],
  [
    'run --dry-run --target kubernetes --namespace A_b',
    'OPTION_INVALID',
    /--namespace is "A_b"; it takes 1 to 63 of a–z/,
    /--namespace é "A_b"; aceita 1 a 63 caracteres/,
  ],
  ['clean --namespace=', 'OPTION_INVALID', /--namespace is ""/, /--namespace é ""/],
  ['doctor --context=', 'OPTION_INVALID', /--context is ""; it takes a name/, /aceita um nome/],
  [
    'run --context lab',
    'OPTION_NEEDS',
    /--context is only for --target kubernetes/,
    /--context só serve com/,
  ],
  ['run --target kind --context lab', 'OPTION_NEEDS', /--context is only for/, /--context só serve com/],
  ['doctor --namespace lab', 'OPTION_NEEDS', /--namespace is only for/, /--namespace só serve com/],
  [
    'run --dry-run --json',
    'OPTIONS_CONFLICT',
    /--json and --dry-run exclude/,
    /--json e --dry-run se excluem/,
  ],
  [
    'report runs/x --format pdf',
    'OPTION_NEEDS',
    /--format is only for --figure/,
    /--format só serve com --figure/,
  ],
  ['report runs/x --figure=x --out=', 'OPTION_INVALID', /--out is ""; it takes a file/, /aceita um arquivo/],
  [
    'server --port many',
    'OPTION_INVALID',
    /--port is "many"; it takes a whole number, 0 to 65535/,
    /aceita um número inteiro, 0 a 65535/,
  ],
];

for (const [line, code, en, pt] of mistakes) {
  test(`escala ${line}: ${code}, exit 2, in both languages`, async () => {
    for (const [language, says] of [
      ['en', en],
      ['pt-BR', pt],
    ] as const) {
      const { exit, stdout, stderr } = await typed([...line.split(' '), `--lang=${language}`]);
      assert.deepEqual([exit, stdout], [2, '']);
      assert.ok(stderr.startsWith(`escala: ${code}: `), stderr);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\{\w+\}|undefined|error:/);
    }
  });
}

test('a run is not resumed on another target than its own', async (t) => {
  const folder = temporaryFolder(t);
  const manifest = { ...simulatedManifest(simulatedExperiment([]), []), target: 'kind' };
  await writeFile(join(folder, runFiles.manifest), JSON.stringify(manifest));
  const { exit, stderr } = await typed(['run', '--resume', folder, '--target', 'local']);
  assert.equal(exit, 2);
  assert.match(stderr, /OPTIONS_CONFLICT: --resume and --target local exclude/);
});

test('a manifest that somebody cut is told as such, by what goes on and by what shows it', async (t) => {
  const folder = temporaryFolder(t);
  const manifest = { schema: 'escala/manifest', version: manifestVersion, experiment: { kubernetes: {} } };
  await writeFile(join(folder, runFiles.manifest), JSON.stringify(manifest));
  for (const words of [
    ['run', '--resume', folder],
    ['watch', folder],
  ]) {
    const { exit, stderr } = await typed(words);
    assert.equal(exit, 3, stderr);
    assert.match(stderr, /DATA_INVALID: .*manifest\.json: run is missing/);
  }
});

test('a language that does not exist is a mistake too', async () => {
  const { exit, stderr } = await typed(['schema', '--lang', 'fr']);
  assert.equal(exit, 2);
  assert.match(stderr, /--lang is "fr"; it takes en, pt-BR/);
});

test('without a command help is printed, as a mistake', async () => {
  const { exit, stdout, stderr } = await typed([]);
  assert.deepEqual([exit, stdout], [2, '']);
  assert.match(stderr, /^Usage: escala <command>/);
});

test('the locale chooses the language, and --lang wins over it', async () => {
  const environment = { LANG: 'pt_BR.UTF-8' };
  assert.match((await typed(['run', '--help'], { environment })).stdout, /^Uso: /);
  assert.match((await typed(['run', '--help', '--lang', 'en'], { environment })).stdout, /^Usage: /);
});

test('a wrong value in a variable is told by the name of the variable', async () => {
  const { exit, stderr } = await typed(['server'], { environment: { PORT: 'many' } });
  assert.equal(exit, 2);
  assert.match(stderr, /OPTION_INVALID: PORT is "many"/);
});

test('the version is that of the project, for escala and for both programs', async () => {
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8'));
  for (const words of [
    ['--version'],
    ['-V'],
    ['server', '--version'],
    ['client', '-V'],
    ['run', '--version'],
  ]) {
    assert.deepEqual(await typed(words), { exit: 0, stdout: `${version}\n`, stderr: '' }, words.join(' '));
  }
  assert.ok((await typed(['doctor'])).stdout.includes(`Escala ${version}, Node ${process.versions.node}`));
  for (const program of ['server', 'client']) {
    const file = join(import.meta.dirname, '../../..', program, 'src/main.ts');
    assert.equal(execFileSync(process.execPath, [file, '--version'], { encoding: 'utf8' }), `${version}\n`);
  }
});
