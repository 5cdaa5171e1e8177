import assert from 'node:assert/strict';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { requestColumns } from '@escala/model';
import { writeChecksums, writeResults } from '@escala/model/study';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { analyzeRun, type VerifyProblem, verifyRun } from '../src/index.ts';
import { rowsOf } from './oracle/planted-rows.ts';
import { simulateQueue } from './oracle/queue-simulator.ts';
import { writeRawFiles } from './oracle/raw-files.ts';
import { simulatedCell, simulatedExperiment } from './oracle/simulated-experiment.ts';
import { writeSimulatedRun } from './oracle/simulated-run.ts';

const folder = temporaryFolder(test);
let copies = 0;
const cell = simulatedCell({ replicas: 2, clients: 4, messages: 40 });
const requests = join('cells', cell.key, '1', 'requests.csv');

before(async () => {
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
  await writeRawFiles(run, trials);
  await writeResults(run, await analyzeRun(run));
  await writeChecksums(run);
});

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

for (const file of [
  'manifest.json',
  'results.json',
  'requests.csv',
  requests,
  'checksums.txt',
  'experiment.yaml',
]) {
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

const clientFile = join('cells', cell.key, '1', 'client-agent-1.csv');
const ledgerFile = join('cells', cell.key, '1', 'ledger-replica-0.csv');

test('a digit of a client row is named by its request, even when the checksums were made anew', async () => {
  const problems = await changed(async (copy) => {
    await replace(join(copy, clientFile), /(?<=\.9,[^\n]*)\d(?=,201,)/, otherDigit);
    await writeChecksums(copy);
  });
  named(problems, 'ROWS_CHANGED', `${requests}:simulated.0.1.1.`);
});

test('a time of the ledger is named by its request, even when the checksums were made anew', async () => {
  const problems = await changed(async (copy) => {
    await replace(join(copy, ledgerFile), /\d(?=,POST)/, otherDigit);
    await writeChecksums(copy);
  });
  named(problems, 'ROWS_CHANGED', requests);
});

test('a row taken out of client file, cell and run alike stays in the ledger, and is named', async () => {
  const problems = await changed(async (copy) => {
    const [, row = ''] = (await readFile(join(copy, clientFile), 'utf8')).split('\n');
    const id = row.slice(0, row.indexOf(',') + 1);
    for (const file of [clientFile, requests, 'requests.csv']) {
      await replace(join(copy, file), new RegExp(`^${id}.*\n`, 'm'), () => '');
    }
    await writeChecksums(copy);
  });
  named(problems, 'ROWS_CHANGED', `${requests}:simulated.0.1.1.`);
  named(problems, 'NUMBER_CHANGED', 'results.json:');
});

test('a ledger that is gone takes its rows out of the join', async () => {
  const problems = await changed(async (copy) => {
    await rm(join(copy, ledgerFile));
    await writeChecksums(copy);
  });
  named(problems, 'ROWS_CHANGED', requests);
});

for (const [what, file] of [
  ['client', clientFile],
  ['ledger', ledgerFile],
] as const) {
  test(`a ${what} file that is no CSV any more is named with its line, and the rest is still checked`, async () => {
    const problems = await changed(async (copy) => {
      await replace(join(copy, file), /\n[^\n]*\n$/, () => '\nhalf a row');
      await replace(join(copy, 'requests.csv'), /(?<=\n)[^\n]+\n$/, () => '');
    });
    named(problems, 'RUN_UNREADABLE', `${file}:`);
    named(problems, 'ROWS_CHANGED', 'requests.csv:321');
  });
}

test('a header that is not ours is named', async () => {
  const problems = await changed((copy) => replace(join(copy, ledgerFile), /queue_us/, () => 'waited_us'));
  named(problems, 'RUN_UNREADABLE', `${ledgerFile}:1`);
});

test('a doubled or moved line of checksums.txt is named with its line', async () => {
  const doubled = await changed((copy) =>
    replace(join(copy, 'checksums.txt'), /\n([^\n]+\n)/, (line) => line + line.slice(1)),
  );
  named(doubled, 'FILE_CHANGED', 'checksums.txt:3');
  const moved = await changed((copy) =>
    replace(join(copy, 'checksums.txt'), /^([^\n]+\n)([^\n]+\n)/, (two) =>
      two.replace(/^([^\n]+\n)([^\n]+\n)$/, '$2$1'),
    ),
  );
  named(moved, 'FILE_CHANGED', 'checksums.txt:2');
});

test('a file that nobody wrote down is named', async () => {
  const problems = await changed((copy) => writeFile(join(copy, 'cells', 'extra.csv'), 'x\n'));
  named(problems, 'FILE_UNLISTED', 'cells/extra.csv');
});

for (const file of [
  'checksums.txt',
  'requests.csv',
  'results.json',
  requests,
  clientFile,
  'experiment.yaml',
]) {
  test(`a folder in the place of ${file} is named`, async () => {
    const problems = await changed(async (copy) => {
      await rm(join(copy, file));
      await mkdir(join(copy, file));
    });
    assert.ok(
      problems.some(({ where }) => where.startsWith(file) || file.startsWith(where)),
      JSON.stringify(problems),
    );
  });
}

test('another round, system or factor in a row of requests.csv is named, even when the checksums were made anew', async () => {
  const columns = ['round', 'system', 'replicas', 'clients', 'messages'];
  const ids: string[] = [];
  const problems = await changed(async (copy) => {
    const lines = (await readFile(join(copy, requests), 'utf8')).split('\n');
    for (const [i, column] of columns.entries()) {
      // Each in a row of its own, below the header.
      const cells = (lines[i + 1] ?? '').split(',');
      ids.push(cells[0] ?? '');
      cells[requestColumns.findIndex(({ name }) => name === column)] = '77';
      lines[i + 1] = cells.join(',');
    }
    await writeFile(join(copy, requests), lines.join('\n'));
    await writeChecksums(copy);
  });
  for (const id of ids) named(problems, 'ROWS_CHANGED', `${requests}:${id}`);
});

test('a ledger whose rows changed places is named with its line, even when the checksums were made anew', async () => {
  const problems = await changed(async (copy) => {
    await replace(join(copy, ledgerFile), /(?<=\n)([^\n]+\n)([^\n]+\n)$/, (two) =>
      two.replace(/^([^\n]+\n)([^\n]+\n)$/, '$2$1'),
    );
    await writeChecksums(copy);
  });
  assert.match(
    problems.map(({ code, where }) => `${code} ${where}`).join(),
    /LEDGER_CHANGED \S+ledger-replica-0\.csv:\d+/,
  );
});

test('another count in an event is named with its line, even when the checksums were made anew', async () => {
  const problems = await changed(async (copy) => {
    await replace(join(copy, 'events.ndjson'), /(?<="recorded":\d*)\d/, otherDigit);
    await writeChecksums(copy);
  });
  assert.deepEqual(
    problems.map(({ code, where }) => [code, where]),
    [['EVENTS_CHANGED', 'events.ndjson:1']],
  );
});

test('another factor in the plan is named, even when the checksums were made anew', async () => {
  const problems = await changed(async (copy) => {
    await replace(join(copy, 'manifest.json'), /(?<="plan":.*?"timeoutUs":\d*)\d/, otherDigit);
    await writeChecksums(copy);
  });
  named(problems, 'PLAN_CHANGED', `${cell.key}/1/cell.json`);
});

test('what is left of a file that was not finished has no checksum', async () => {
  const problems = await changed(async (copy) => {
    await writeFile(join(copy, 'requests.csv.part'), 'half');
  });
  assert.deepEqual(problems, []);
});

test('a folder whose name reads as a pattern or as a column gives its own rows, and no others', async () => {
  await cp(join(folder, 'whole'), join(folder, 'star'), { recursive: true });
  await cp(join(folder, 'whole'), join(folder, 'b1'), { recursive: true });
  for (const name of ['s*r', 'st?r', 'b[1]', 'a\\b*', 'client=99', "it's"]) {
    const copy = join(folder, name);
    await cp(join(folder, 'whole'), copy, { recursive: true });
    assert.deepEqual((await verifyRun(copy)).problems, [], name);
  }
});
