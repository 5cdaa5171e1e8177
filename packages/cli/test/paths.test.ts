// A run, a file and a place to write to in every spelling that people and shells give: the answer is that of the plain one.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { writeCheckedRun } from './changed-run.ts';
import { typed } from './planted-world.ts';

const folder = temporaryFolder(test);
const started = process.cwd();
before(async () => {
  await writeCheckedRun(join(folder, 'plain'), [1]);
  process.chdir(folder);
  writeFileSync('scaling.csv', 'n,x\n1,100\n2,190\n4,350\n8,600\n');
  writeFileSync('study.yaml', 'name: study\nreplicas: 1\nclients: 1\nmessages: 1\n');
  symlinkSync('.', 'loop');
});
after(() => process.chdir(started));

/** Letters of which shells, URLs, patterns, SQL and CSV each mean something by some. */
const name = fc
  .array(fc.constantFrom(...[...' #%?*[]{}\'"$&;:,=~!()-+.ãéñ日\\', 'a', 'B', '7', 'e\u0301']), {
    minLength: 1,
    maxLength: 12,
  })
  .map((letters) => letters.join(''))
  .filter((text) => !/^\.+$/.test(text));

/** Ways to write one path that lies in the folder of now. */
const spellings: readonly ((path: string) => string)[] = [
  (path) => `./${path}`,
  (path) => `.//.///${path}`,
  (path) => `loop/./${path}`,
  (path) => `../${basename(folder)}/${path}`,
  (path) => `plain/../${path}`,
  (path) => join(folder, path),
  (path) => `${relative('', folder) || '.'}/./${path}`,
];
const spelling = fc.constantFrom(...spellings);

/** Commands with a run: words around it, and what they print that is the same for every place. */
const ofRun: Readonly<Record<string, (run: string, out: string) => string[]>> = {
  verify: (run) => ['verify', '--json', '--', run],
  analyze: (run) => ['analyze', '--json', '--', run],
  'export csv': (run, out) => ['export', '--out', out, '--', run],
  'export parquet': (run, out) => ['export', '--format', 'parquet', '--out', out, '--', run],
  compare: (run) => ['compare', '--json', '--', run, 'plain'],
  figure: (run, out) => ['report', '--figure', 'throughput-replicas', '--out', out, '--', run],
};

const cellsOf = (text = '') => JSON.parse(text).cells;
const sumsOf = (run: string) => readFileSync(join(run, 'checksums.txt'), 'utf8');

test('a run and a file to write to, whatever they are called and however they are spelled', async () => {
  const asPlain = new Map<string, { stdout: string; written: string | undefined }>();
  const result = async (words: string[], out: string) => {
    const { exit, stdout, stderr } = await typed(words);
    assert.deepEqual([exit, stderr], [0, ''], JSON.stringify(words));
    const written = existsSync(out) ? readFileSync(out, 'latin1') : undefined;
    rmSync(out, { force: true });
    return { stdout, written };
  };
  for (const [command, words] of Object.entries(ofRun)) {
    asPlain.set(command, await result(words('plain', 'out'), 'out'));
  }
  const property = fc.asyncProperty(
    fc.constantFrom(...Object.keys(ofRun)),
    name,
    name,
    spelling,
    spelling,
    fc.constantFrom('', '/', '//'),
    async (command, run, file, runAs, fileAs, end) => {
      fc.pre(run !== file && ![run, file].some((one) => existsSync(one)));
      cpSync('plain', run, { recursive: true });
      try {
        const out = fileAs(file);
        const words = ofRun[command]?.(runAs(run) + end, out) ?? [];
        const { stdout, written } = await result(words, file);
        const { stdout: plainStdout, written: plainWritten } = asPlain.get(command) ?? {};
        // The figure's place and the sides compared are told as they were given.
        if (command === 'compare') assert.deepEqual(cellsOf(stdout), cellsOf(plainStdout));
        else if (command !== 'figure') assert.equal(stdout, plainStdout);
        if (command === 'analyze') assert.equal(sumsOf(run), sumsOf('plain'));
        if (command !== 'export parquet') assert.equal(written, plainWritten);
        else assert.ok(written?.startsWith('PAR1'));
      } finally {
        rmSync(run, { recursive: true, force: true });
        rmSync(file, { force: true });
      }
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

test('files to read, whatever they are called and however they are spelled', async () => {
  const fitted = async (file: string) => {
    const { exit, stdout, stderr } = await typed(['fit', '--', file]);
    return { exit, stderr, stdout: stdout.replace(/^.*(?=: N is)/, '') };
  };
  const fit = await fitted('scaling.csv');
  const plan = await typed(['run', 'study.yaml', '--dry-run', '--seed', '1']);
  assert.deepEqual([fit.exit, plan.exit], [0, 0]);
  const property = fc.asyncProperty(name, spelling, async (file, spelled) => {
    fc.pre(!existsSync(file));
    try {
      cpSync('scaling.csv', file);
      assert.deepEqual(await fitted(spelled(file)), fit);
      cpSync('study.yaml', file);
      assert.deepEqual(await typed(['run', '--dry-run', '--seed', '1', '--', spelled(file)]), plan);
    } finally {
      rmSync(file, { force: true });
    }
  });
  await fc.assert(property, { numRuns: 50 });
});

test('a folder above a link is that of its target, as for the system', async () => {
  mkdirSync('elsewhere/inner', { recursive: true });
  symlinkSync('elsewhere/inner', 'inner');
  cpSync('scaling.csv', 'elsewhere/other.csv');
  assert.equal((await typed(['fit', 'inner/../other.csv'])).exit, 0);
});

/** What is given, and what is suggested in its place. */
const meant: readonly [words: string[], nearest: string][] = [
  [['report', 'plain/report.html'], 'plain'],
  [['verify', 'plain/cells/node-r1-c4-m25'], 'plain'],
  [['watch', 'plain/manifest.json'], 'plain'],
  [['run', '--resume', 'plain/results.json'], 'plain'],
  [['analyze', 'plian'], 'plain'],
  [['export', 'Plain', '--out', 'x'], 'plain'],
  [['report', 'report.html'], 'plain'],
  [['verify', 'studies'], 'studies/deep'],
  [['run', 'experiment/quick.yaml', '--dry-run'], 'experiments/quick.yaml'],
  [['run', 'experiments/qick.yaml', '--dry-run'], 'experiments/quick.yaml'],
  [['run', 'experiments/quick', '--dry-run'], 'experiments/quick.yaml'],
  [['run', 'quick.yaml', '--dry-run'], 'experiments/quick.yaml'],
  [['fit', 'scalling.csv'], 'scaling.csv'],
  [['compare', 'scalling.csv', 'scaling.csv'], 'scaling.csv'],
  [['compare', 'plian#a', 'plain'], 'plain'],
  [['analyze', 'scaling.cvs.csv'], 'scaling.csv'],
];

test('what is nearly right is named, in both languages, with exit 3', async () => {
  mkdirSync('experiments');
  cpSync('study.yaml', 'experiments/quick.yaml');
  cpSync('plain', 'studies/deep', { recursive: true });
  symlinkSync('plain/report.html', 'report.html');
  writeFileSync('plain/report.html', '');
  for (const [words, nearest] of meant) {
    for (const [language, ask] of [
      ['en', 'did you mean'],
      ['pt-BR', 'você quis dizer'],
    ] as const) {
      const { exit, stderr } = await typed([...words, '--lang', language]);
      assert.equal(exit, 3, stderr);
      assert.ok(stderr.includes(`; ${ask} ${nearest}?`), `${words.join(' ')}: ${stderr}`);
    }
  }
});

test('a figure by the beginning of its name is named', async () => {
  const { exit, stderr } = await typed(['report', 'plain', '--figure', 'throughput']);
  assert.equal(exit, 2);
  assert.match(stderr, /did you mean throughput-replicas\?/);
});
