// Runs the project's tests with Node's own runner.
//   (none)     everything that a person waits for
//   --long     what takes longer: kill, hostile and coverage runs in full
//   --cluster  the tests that need a Kubernetes cluster; there a skipped test is a failure
//   FILE…      these files
// Everywhere, --test-name-pattern=PATTERN runs only the tests of such a name.
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const rooms = '{packages/*,server,client,server-python,server-go}/test/**';

const { values: chosen, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    cluster: { type: 'boolean', default: false },
    'test-name-pattern': { type: 'string' },
  },
});

/**
 * Two are long: no core should wait at the end for the other to be done with one of them. The third makes the cluster by
 * the words of the README, and the other tests on a cluster use what it made.
 */
const firstFiles = [
  'test/docs/commands.test.ts',
  'test/e2e/interruption.test.ts',
  'test/cluster/manual-way.test.ts',
];

function filesToRun(): string[] {
  if (positionals.length > 0) return positionals.map((file) => resolve(file));
  const patterns = chosen.long
    ? [`${rooms}/*.long.ts`, 'test/**/*.long.ts']
    : chosen.cluster
      ? ['test/cluster/*.test.ts']
      : [`${rooms}/*.test.ts`, 'test/**/*.test.ts'];
  const found = globSync(patterns, { cwd: root }).sort();
  const isFirst = (file: string) => firstFiles.includes(file);
  return [...found.filter(isFirst), ...found.filter((file) => !isFirst(file))].map((file) =>
    join(root, file),
  );
}

// Whatever a test makes for itself, or a process that it kills leaves, goes with the run.
const temporary = mkdtempSync(join(tmpdir(), 'escala-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
process.env['TMPDIR'] = temporary;
// The tests start programs hundreds of times; half of a start is stripping types from files that did not change.
process.env['NODE_COMPILE_CACHE'] = join(temporary, 'compiled');
if (chosen.cluster) process.env['CLUSTER_TESTS'] = 'required';

const pattern = chosen['test-name-pattern'];
run({
  cwd: root,
  files: filesToRun(),
  // Two files at a time: the tests start processes of their own, and two cores are the smallest machine we promise.
  // There is one cluster, and some of its tests stop parts of it.
  concurrency: chosen.cluster ? 1 : 2,
  ...(pattern !== undefined && { testNamePatterns: [pattern] }),
})
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
