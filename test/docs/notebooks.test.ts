// The lines of pandas and of R that the guide shows, run on a study whose numbers are known.
import assert from 'node:assert/strict';
import { type ExecFileException, execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { analyseKnownStudy } from '../../packages/analysis/test/coverage-study.ts';
import { simulatedCell } from '../../packages/analysis/test/oracle/simulated-experiment.ts';
import { cached } from '../../packages/lab/src/targets/local/systems.ts';
import { filesForPapers } from '../../packages/report/src/write-report.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { blocksOf } from './markdown.ts';

const run = promisify(execFile);
const guide = 'docs/guides/notebooks.md';
const linesOf = (language: string) => {
  const [block, ...others] = blocksOf(guide).filter((one) => one.language === language);
  assert.ok(block && others.length === 0, `${guide} has not one block of ${language}`);
  return block.lines;
};

/** The guide's study, with noise between the rounds: what the lines print follows from no round number. */
const results = analyseKnownStudy({
  seed: 'notebooks',
  cells: ['before', 'after'].flatMap((system) =>
    [4, 16].map((clients) => simulatedCell({ system, replicas: 1, clients, messages: 40 })),
  ),
  rounds: 6,
  noise: 0.08,
  truth: ({ system, clients }) => (system === 'before' ? 500 : 300) + clients,
});
const folder = temporaryFolder(test);
const tables = join(folder, 'runs/gate/tables');
mkdirSync(tables, { recursive: true });
for (const [name, text] of Object.entries(filesForPapers(results, 'en')))
  writeFileSync(join(tables, name), text);

/** How often a number is printed, with the digits that both languages print by themselves. */
function timesPrinted(output: string, expected: number): number {
  const printed = [...output.matchAll(/\d+\.\d+/g)].map(([number]) => Number(number));
  return printed.filter((number) => Math.abs(number / expected - 1) < 1e-5).length;
}

function checkOutput(output: string): void {
  for (const { cell, throughput } of results.cells)
    assert.equal(timesPrinted(output, throughput?.value ?? 0), 1, `throughput of ${cell.key}\n${output}`);
  const compared = results.comparisons.find(({ metric }) => metric === 'throughput')?.cells ?? [];
  assert.equal(compared.length, 2);
  for (const { clients, ratio } of compared)
    assert.equal(timesPrinted(output, ratio ?? 0), 2, `ratio at ${clients} clients\n${output}`);
}

/** The reason where a tool cannot be had on this machine; a fault of the test itself is no such reason. */
function reason(error: ExecFileException & { stderr?: string }): string {
  if (!('cmd' in error)) throw error;
  return (error.stderr || error.message).trim().split('\n').at(-1) ?? '';
}

/** A Python with pandas, made once and kept in `.cache`. */
async function pythonWithPandas(): Promise<string> {
  const requirements = join(import.meta.dirname, 'pandas.txt');
  const environment = await cached('pandas', [requirements], async (made) => {
    await run('python3', ['-m', 'venv', made]);
    const install = ['-m', 'pip', 'install', '--quiet', '--no-compile', '--only-binary', ':all:'];
    await run(join(made, 'bin/python'), [...install, '-r', requirements]);
  });
  return join(environment, 'bin/python');
}

test('the lines of pandas print the throughputs and ratios of the report', async (t) => {
  const python = await pythonWithPandas().catch((error) => t.skip(`no pandas here: ${reason(error)}`));
  if (!python) return;
  const { stdout } = await run(python, ['-c', linesOf('python').join('\n')], { cwd: folder });
  checkOutput(stdout);
});

test('the lines of R print the throughputs and ratios of the report', async (t) => {
  const missing = await run('Rscript', ['--version']).then(() => null, reason);
  if (missing !== null) return t.skip(`no R here: ${missing}`);
  const { stdout } = await run('Rscript', ['--vanilla', '-e', linesOf('r').join('\n')], { cwd: folder });
  checkOutput(stdout);
});

test('five lines are enough, beside the import', () => {
  for (const language of ['python', 'r'])
    assert.ok(linesOf(language).filter((line) => !line.startsWith('import')).length <= 5, language);
});

test('a number that is not printed is missed', () => {
  assert.equal(timesPrinted('after 316.02 0.6012', 316.02), 1);
  assert.equal(timesPrinted('after 316.02 0.6012', 317), 0);
});
