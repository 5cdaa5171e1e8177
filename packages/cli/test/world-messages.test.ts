// Real errors of the system, of YAML, DuckDB, JSON, Commander and undici, where users meet them: each is told in our words.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ExitCode, languages, problems } from '@escala/model';
import { mountedDisk, smallDisk } from '../../../test/mounted-disk.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { writeCheckedRun } from './changed-run.ts';
import { typed } from './planted-world.ts';

const folder = temporaryFolder(test);
const started = process.cwd();
const TOO_LONG = 'n'.repeat(300);
const bin = join(import.meta.dirname, '../../../bin/escala');

before(async () => {
  process.chdir(folder);
  await writeCheckedRun('run', [1]);
  writeFileSync('file', 'x');
  mkdirSync('folder');
  symlinkSync('circle', 'circle');
  writeFileSync('study.yaml', 'replicas: 1\nclients: 1\nmessages: 1\n');
  writeFileSync('data.csv', 'n,x\n1,100\n2,190\n4,350\n8,600\n');
});
after(() => process.chdir(started));

/** What no person should read: words of libraries and of JavaScript, a stack, a place that was not filled. */
const foreign =
  /^ +at |node:|\berror:|Error\b|undefined|\[object|\{\w+\}|Invalid Input|IO Error|YAMLParse|no such file or directory|permission denied|not a directory|operation/im;
/** English where Portuguese was asked for. */
const english = /\b(the|cannot|there|again|with|which|must|name another)\b/i;

interface Told {
  readonly exit: ExitCode | number | null;
  readonly stderr: string;
}

function assertOurs({ exit, stderr }: Told, language: string, words: readonly string[], code: string): void {
  const what = `${words.join(' ')}: ${stderr}`;
  const [, found = ''] = /^escala(?: \w+)?: ([A-Z_]+): /.exec(stderr) ?? [];
  assert.equal(found, code, what);
  const problem = problems[found as keyof typeof problems];
  assert.equal(exit, problem.exit, what);
  assert.doesNotMatch(stderr, foreign, what);
  if (language === 'pt-BR') assert.doesNotMatch(stderr, english, what);
  // An error code of the system stands in brackets behind our sentence, and never alone.
  for (const match of stderr.replaceAll(TOO_LONG, '').matchAll(/\bE[A-Z]{4,}\b/g)) {
    if (!(match[0] in problems) && match[0] !== 'EXPERIMENT_INVALID')
      assert.ok(stderr.includes(`(${match[0]})`), what);
  }
  const lines = stderr.trimEnd().split('\n');
  assert.ok(lines.length >= 2 && (lines.at(-1) ?? '').length > 10, `no next step: ${what}`);
  if (found !== 'RUN_EXISTS' && found !== 'RUN_LIVE')
    assert.doesNotMatch(lines.at(-1) ?? '', /--resume(?! ?,)/);
}

/** In both languages; the English words are returned. */
async function assertTold(words: readonly string[], code: string): Promise<string> {
  const told: Record<string, string> = {};
  for (const language of languages) {
    const ended = await typed([...words, '--lang', language]);
    assertOurs(ended, language, words, code);
    told[language] = ended.stderr;
  }
  return told['en'] ?? '';
}

/** Places that cannot be read or written, and why; in brackets the code of the system. */
const places = { ENOENT: 'none/x', ENOTDIR: 'file/x', ENAMETOOLONG: TOO_LONG, ELOOP: 'circle' } as const;

test('a file or a run that the system does not give is told with its reason', async () => {
  for (const place of Object.values(places)) {
    for (const words of [
      ['run', place, '--dry-run'],
      ['fit', place],
      ['analyze', `${place}.csv`],
    ]) {
      await assertTold(words, 'FILE_UNREADABLE');
    }
    for (const words of [
      ['analyze', place],
      ['verify', place],
      ['watch', place],
      ['compare', place, 'run'],
    ]) {
      await assertTold(words, 'NOT_A_RUN');
    }
    await assertTold(['run', '--resume', place], 'NOT_A_RUN');
    await assertTold(['export', place, '--out', 'out'], 'NOT_A_RUN');
  }
  await assertTold(['fit', 'folder'], 'FILE_IS_FOLDER');
  await assertTold(['report', TOO_LONG], 'FILE_UNREADABLE');
  await assertTold(['fit', '/proc/self/mem'], 'FILE_UNREADABLE');
});

test('a place that cannot be written is told by each command that writes', async (t) => {
  const writing = (out: string) => [
    ['export', 'run', '--out', out],
    ['export', 'run', '--out', out, '--format', 'json'],
    ['report', 'run', '--figure', 'throughput-replicas', '--out', out],
  ];
  const { ENOENT: _, ...unwritable } = places;
  for (const out of [...Object.values(unwritable), 'folder']) {
    for (const words of writing(out)) await assertTold(words, 'FOLDER_UNWRITABLE');
  }
  for (const out of ['file', ...Object.values(unwritable)]) {
    await assertTold(['run', 'study.yaml', '--out', out], 'FOLDER_UNWRITABLE');
    await assertTold(['server', '--port', '0', '--data', out], 'FOLDER_UNWRITABLE');
  }
  await assertTold(['init', 'file/x'], 'FOLDER_UNWRITABLE');
  const figure = ['report', 'run', '--figure', 'throughput-replicas', '--out', 'file/x'];
  assert.match(await assertTold(figure, 'FOLDER_UNWRITABLE'), /a part of its path is a file/);
  const readOnly = mountedDisk(t, '-t', 'tmpfs', '-o', 'ro', 'tmpfs');
  if (!readOnly) return t.skip('no right to mount a tmpfs');
  const inside = join(readOnly, 'x');
  for (const words of [...writing(inside), ['run', 'study.yaml', '--out', inside], ['init', inside]]) {
    assert.match(await assertTold(words, 'FOLDER_UNWRITABLE'), /can only be read/);
  }
});

test('a full disk is told with its file, and the same command succeeds when there is room', async (t) => {
  const disk = smallDisk(t, 400_000);
  if (!disk) return t.skip('no right to mount a tmpfs');
  const run = join(disk, 'run');
  cpSync('run', run, { recursive: true });
  assert.throws(() => writeFileSync(join(disk, 'filling'), Buffer.alloc(400_000)));
  const out = join(disk, 'out');
  const init = ['init', join(disk, 'mine.yaml')];
  for (const words of [
    ['analyze', run],
    ['report', run],
    ['export', 'run', '--out', out, '--format', 'json'],
    init,
    init,
    ['server', '--port', '0', '--data', disk],
  ]) {
    assert.ok((await assertTold(words, 'DISK_FULL')).includes(disk), 'the file is named');
  }
  assert.ok(!existsSync(out) && !existsSync(`${out}.part`), 'a whole export or none');
  await assertTold(['run', 'study.yaml', '--out', out], 'DISK_TOO_SMALL');
  rmSync(join(disk, 'filling'));
  for (const words of [init, ['analyze', run]]) assert.equal((await typed(words)).exit, 0);
});

test('analyze takes one run, and says how far its trials can be believed', async () => {
  await assertTold(['analyze', 'run', 'folder'], 'ARGUMENTS_TOO_MANY');
  await assertTold(['analyze', 'run', 'data.csv'], 'ARGUMENTS_TOO_MANY');
  cpSync('run', 'emptied', { recursive: true });
  rmSync(join('emptied', 'cells'), { recursive: true });
  const { stdout } = await typed(['analyze', 'emptied', '--lang', 'en']);
  assert.match(
    stdout,
    /0 VALID \([^)]*\), 0 SUSPECT \([^)]*\), 0 INVALID \([^)]*\)\. \d of \d planned trials (is|are) missing\./,
  );
});

/** What is in an experiment that YAML refuses. */
const broken = [
  'replicas: [1, 2\nclients: {\n',
  'replicas: *none\n',
  'a: 1\na: 2\n',
  'a:\n\t- 1\n',
  '- 1\n',
  '\0\x01',
  'a: "x\n',
];

test('an experiment that is no YAML is told by its line', async () => {
  for (const text of broken) {
    writeFileSync('broken.yaml', text);
    await assertTold(['run', 'broken.yaml', '--dry-run'], 'EXPERIMENT_INVALID');
  }
});

test('rows and results that nobody can read are told by their file', async () => {
  const damage = (file: string, change: (bytes: Buffer) => Buffer | string) => {
    cpSync('run', 'damaged', { recursive: true, force: true });
    writeFileSync(join('damaged', file), change(readFileSync(join('run', file))));
  };
  const parquet = ['export', 'damaged', '--out', 'rows.parquet', '--format', 'parquet'];
  damage('requests.csv', (bytes) => bytes.subarray(0, bytes.length - 20));
  await assertTold(parquet, 'DATA_INVALID');
  damage('requests.csv', (bytes) =>
    Buffer.concat([bytes.subarray(0, 1_000), Buffer.from([0, 255, 254, 10, 34]), bytes.subarray(1_000)]),
  );
  await assertTold(parquet, 'DATA_INVALID');
  for (const text of ['{', 'null', '[]', '{"schema":"x"}']) {
    damage('manifest.json', () => text);
    for (const words of [['analyze', 'damaged'], ['run', '--resume', 'damaged'], parquet]) {
      await assertTold(words, 'DATA_INVALID');
    }
  }
  cpSync('run', 'misplaced', { recursive: true });
  rmSync(join('misplaced', 'requests.csv'));
  mkdirSync(join('misplaced', 'requests.csv'));
  await assertTold(['export', 'misplaced', '--out', 'out'], 'FILE_UNREADABLE');
});

test('a port that is taken, and an API server where nothing listens', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  await assertTold(['watch', 'run', '--port', String(port)], 'PORT_TAKEN');
  const { KUBECONFIG: kept } = process.env;
  t.after(() => {
    if (kept === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = kept;
  });
  process.env['KUBECONFIG'] = join(folder, 'kube.yaml');
  const cluster = 'clusters: [{ name: c, cluster: { server: "http://127.0.0.1:1" } }]';
  const user = 'users: [{ name: u, user: { token: t } }]';
  const context = 'current-context: lab\ncontexts: [{ name: lab, context: { cluster: c, user: u } }]';
  const commands = [
    ['doctor', '--target', 'kubernetes'],
    ['clean'],
    ['run', 'study.yaml', '--target', 'kubernetes', '--out', 'out'],
  ];
  writeFileSync('kube.yaml', `apiVersion: v1\nkind: Config\n${[cluster, user, context].join('\n')}\n`);
  for (const words of commands) await assertTold(words, 'CLUSTER_UNREACHABLE');
  writeFileSync('kube.yaml', 'clusters: [\n');
  for (const words of commands) await assertTold(words, 'KUBECONFIG_INVALID');
  assert.equal(existsSync('out/manifest.json'), false);
});

test('/dev/full and a reader that is gone, of the real program', () => {
  const shell = (line: string) => spawnSync('bash', ['-c', line], { encoding: 'utf8', cwd: folder });
  for (const language of languages) {
    const fit = `'${bin}' fit data.csv --lang ${language}`;
    const { status, stderr } = shell(`${fit} > /dev/full`);
    assertOurs({ exit: status, stderr }, language, ['fit', '> /dev/full'], 'DISK_FULL');
    assert.match(stderr, /stdout/);
    const client = `'${bin}' client --url http://127.0.0.1:1 --clients 1 --messages 1 --out /dev/full`;
    const ended = shell(`${client} --lang ${language}`);
    assertOurs(
      { exit: ended.status, stderr: ended.stderr },
      language,
      ['client', '--out /dev/full'],
      'DISK_FULL',
    );
  }
  const cut = shell(`set -o pipefail; '${bin}' schema | head -c 1`);
  assert.deepEqual([cut.status, cut.stderr], [0, '']);
});
