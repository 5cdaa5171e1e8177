// Runs the project's tests with Node's own runner.
//   (none)     everything that a person waits for
//   --long     what takes longer: kill, hostile and coverage runs in full
//   --cluster  the tests that need a Kubernetes cluster; there a skipped test is a failure
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const rooms = '{packages/*,server,client,server-python,server-go}/test/**';
const patterns: Record<string, string[]> = {
  '': [`${rooms}/*.test.ts`, 'test/**/*.test.ts'],
  '--long': [`${rooms}/*.long.ts`, 'test/**/*.long.ts'],
  '--cluster': ['test/cluster/*.test.ts'],
};

const [mode = '', ...names] = process.argv.slice(2);
const chosen = patterns[mode];
const files = chosen ? globSync(chosen, { cwd: root }).sort() : [mode, ...names];
// Whatever a test makes for itself, or a process that it kills leaves, goes with the run.
const temporary = mkdtempSync(join(tmpdir(), 'escala-'));
const child = spawn(
  process.execPath,
  // Two files at a time: the tests start processes of their own, and two cores are the smallest machine we promise.
  // There is one cluster, and some of its tests stop parts of it.
  [
    '--test',
    `--test-concurrency=${mode === '--cluster' ? 1 : 2}`,
    '--test-reporter=spec',
    ...(chosen ? names : []),
    ...files,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      TMPDIR: temporary,
      ...(mode === '--cluster' && { CLUSTER_TESTS: 'required' }),
    },
  },
);
child.on('exit', (code, signal) => {
  rmSync(temporary, { recursive: true, force: true });
  process.exitCode = signal ? 1 : (code ?? 1);
});
