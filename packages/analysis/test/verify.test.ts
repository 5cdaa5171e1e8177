import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { analyzeRun, type VerifyProblem, verifyRun, writeChecksums, writeResults } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

let folder: string;
let copies = 0;
const cell = simulatedCell({ replicas: 2, clients: 4, messages: 40 });
const requests = join('cells', cell.key, '1', 'requests.csv');

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'escala-verify-'));
  const run = join(folder, 'whole');
  const trials = [1, 2].map((round) => {
    const load = {
      kind: 'closed',
      clients: 4,
      messages: 40,
      thinkUs: 0,
      thinkDistribution: 'fixed',
    } as const;
    const rows = rowsOf(
      simulateQueue({
        seed: `verify ${round}`,
        replicas: 2,
        parallelism: 1,
        serviceUs: 1_000,
        serviceDistribution: 'exponential',
        load,
      }),
    );
    return { cell, round, rows, planned: rows.length };
  });
  await writeSimulatedRun(run, simulatedExperiment([cell], { rounds: 2 }), trials);
  await writeResults(run, await analyzeRun(run));
  await writeChecksums(run);
});
after(() => rm(folder, { recursive: true, force: true }));

/** Verifies a copy of the run after `change`. */
async function changed(change: (copy: string) => Promise<void>): Promise<readonly VerifyProblem[]> {
  const copy = join(folder, `copy-${copies++}`);
  await cp(join(folder, 'whole'), copy, { recursive: true });
  await change(copy);
  const { ok, problems } = await verifyRun(copy);
  assert.equal(ok, problems.length === 0);
  return problems;
}

async function replace(file: string, pattern: RegExp, by: (found: string) => string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const next = text.replace(pattern, by);
  assert.notEqual(next, text, 'the test changes something');
  await writeFile(file, next);
}

const otherDigit = (digit: string) => String((Number(digit) + 1) % 10);
const named = (problems: readonly VerifyProblem[], code: string, place: string) =>
  assert.ok(
    problems.some((problem) => problem.code === code && problem.where.includes(place)),
    JSON.stringify(problems, null, 1),
  );

test('an untouched run verifies', async () => {
  assert.deepEqual(await changed(async () => {}), []);
});

test('one changed digit of results.json is named by its path, even when the checksums were made anew', async () => {
  const problems = await changed(async (copy) => {
    const last = /(?<="p95Us": \{\s+"value": \d*)\d(?=,)/;
    await replace(join(copy, 'results.json'), last, otherDigit);
    await writeChecksums(copy);
  });
  named(problems, 'NUMBER_CHANGED', 'results.json:cells[0].p95Us.value');
  assert.equal(problems.length, 1);
});

test('one changed digit of a row changes numbers, the concatenation and the checksum', async () => {
  const problems = await changed((copy) =>
    replace(join(copy, requests), /(?<=\.9,[^\n]*)\d(?=,201,)/, otherDigit),
  );
  named(problems, 'NUMBER_CHANGED', 'results.json:');
  named(problems, 'FILE_CHANGED', requests);
});

test('a row that is gone from the run’s requests.csv is named by its line', async () => {
  const problems = await changed((copy) => replace(join(copy, 'requests.csv'), /(?<=\n)[^\n]+\n$/, () => ''));
  named(problems, 'ROWS_CHANGED', 'requests.csv:321');
});

test('a row that is gone from a cell is named', async () => {
  const problems = await changed((copy) => replace(join(copy, requests), /(?<=\n)[^\n]+\n$/, () => ''));
  named(problems, 'NUMBER_CHANGED', 'results.json:');
  named(problems, 'FILE_CHANGED', requests);
});

for (const file of ['results.json', 'requests.csv', requests, 'checksums.txt', 'experiment.yaml']) {
  test(`a missing ${file.split('/').at(-1)} is named (${file.split('/').length} deep)`, async () => {
    const problems = await changed((copy) => rm(join(copy, file)));
    assert.ok(
      problems.some(({ where }) => where.includes(file)),
      JSON.stringify(problems),
    );
  });
}

test('a missing cell.json is a trial that results.json has and the rows have not', async () => {
  const record = join('cells', cell.key, '2', 'cell.json');
  const problems = await changed((copy) => rm(join(copy, record)));
  named(problems, 'FILE_MISSING', record);
  named(problems, 'NUMBER_CHANGED', 'results.json:');
});
