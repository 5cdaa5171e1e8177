import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Results, runFiles, type TrialResult } from '@escala/model';
import { temporaryFolder } from '../temporary-folder.ts';
import { escala } from './escala.ts';

// The machine is the instrument here: nothing else may run on it. Some eight minutes.

const audits: readonly string[] = ['machine', 'neighbours'];
const isAccused = ({ audits: found }: TrialResult) =>
  found.some(({ audit, status }) => audits.includes(audit) && ['warn', 'fail'].includes(status));
const isNotValid = ({ verdict }: TrialResult) => verdict !== 'VALID';

async function trialsOf(context: TestContext, experiment: string): Promise<readonly TrialResult[]> {
  const folder = temporaryFolder(context);
  const [file, run] = [join(folder, 'planted.yaml'), join(folder, 'run')];
  writeFileSync(file, experiment);
  const { code, stderr } = await escala('run', file, '--out', run);
  assert.equal(code, 0, stderr);
  const { trials } = JSON.parse(readFileSync(join(run, runFiles.results), 'utf8')) as Results;
  const kinds = Map.groupBy(
    trials.flatMap(({ audits: found }) => found),
    ({ finding, status }) => `${finding} ${status}`,
  );
  const count = (name: string, of: readonly unknown[]) =>
    context.diagnostic(`${name}: ${of.length} of ${trials.length}`);
  count(
    'VALID',
    trials.filter(({ verdict }) => verdict === 'VALID'),
  );
  count('accused by machine or neighbours', trials.filter(isAccused));
  count(
    'limited by the machine',
    trials.filter(({ regime }) => regime === 'machine-limited'),
  );
  for (const [kind, found] of [...kinds].sort()) {
    if (audits.some((name) => kind.startsWith(name)) || /(warn|fail)$/.test(kind)) count(kind, found);
  }
  return trials;
}

const share = (trials: readonly TrialResult[], is: (trial: TrialResult) => boolean) =>
  trials.filter(is).length / trials.length;

/** Keeps so many processors busy until the test ends, however it ends. */
function burn(context: TestContext, processors: number): void {
  const code = `for (let i = 0; i < ${processors}; i++) new (require('worker_threads').Worker)('for (;;);', { eval: true });
    process.stdin.resume().on('end', () => process.exit());`;
  const program = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'ignore', 'inherit'] });
  context.after(() => program.stdin.end());
}

test('on a quiet machine at most 5 % of the founding study are accused, and 95 % are VALID', async (context) => {
  const trials = await trialsOf(context, readFileSync(resolve('experiments/founding.yaml'), 'utf8'));
  assert.ok(share(trials, isAccused) <= 0.05);
  assert.ok(share(trials, isNotValid) <= 0.05);
});

test('with half of the processors burnt by another program, at least 95 % are not VALID', async (context) => {
  burn(context, Math.max(1, Math.floor(availableParallelism() / 2)));
  const trials = await trialsOf(
    context,
    `name: burnt
replicas: [2, 6, 10]
clients: [10, 50, 100]
messages: [1, 10, 100]
service: { time: 1ms, parallelism: 1, kind: wait }
commitDelay: 2ms
rounds: 2
`,
  );
  assert.ok(share(trials, isNotValid) >= 0.95);
  assert.ok(share(trials, isAccused) >= 0.95);
});

test('more busy servers than processors are limited by the machine, and in no law over replicas', async (context) => {
  const cores = availableParallelism();
  const program = JSON.stringify([process.execPath, join(import.meta.dirname, 'planted-busy-system.ts')]);
  const trials = await trialsOf(
    context,
    `name: busy
systems: [{ name: busy, command: ${program}, ledger: none, path: / }]
replicas: [${cores}, ${cores + 1}, ${2 * cores}]
clients: [20, 40]
messages: [10, 20]
rounds: 3
`,
  );
  assert.ok(share(trials, isNotValid) >= 0.95);
  assert.ok(share(trials, ({ regime }) => regime === 'machine-limited') >= 0.95);
});
