// Runs the project's tests with Node's own runner.
//   (none)     everything that a person waits for
//   --long     what takes longer: kill, hostile and coverage runs in full
//   --cluster  the tests that need a Kubernetes cluster; there a skipped test is a failure
//   FILE…      these files
// Everywhere, --test-name-pattern=PATTERN runs only the tests of such a name.
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
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

/** These two are long: no core should wait at the end for the other to be done with one of them. */
const longest: readonly string[] = ['test/docs/commands.test.ts', 'test/e2e/interruption.test.ts'];
/** Makes the cluster by the words of the README; the other tests on a cluster use what it made. */
const makesCluster = 'test/cluster/manual-way.test.ts';
/** These stop or change parts of the cluster, so that no other test may use it meanwhile. */
const changesCluster: readonly string[] = [
  'test/cluster/changed-cluster.test.ts',
  'test/cluster/losses.test.ts',
  'test/cluster/two-nodes.test.ts',
];

/** The tests start processes of their own, and two cores are the smallest machine we promise. */
const FILES_AT_ONCE = 2;
/** A study on a cluster waits for its pods most of the time. */
const CLUSTER_FILES_AT_ONCE = 3;

/** Files that run together; one step follows the other. */
interface Step {
  readonly files: readonly string[];
  readonly filesAtOnce: number;
}

function stepsToRun(): readonly Step[] {
  const step = (files: readonly string[], filesAtOnce: number): Step => ({ files, filesAtOnce });
  if (positionals.length > 0)
    return [
      step(
        positionals.map((file) => resolve(file)),
        chosen.cluster ? 1 : FILES_AT_ONCE,
      ),
    ];
  if (chosen.cluster) {
    const alone = [makesCluster, ...changesCluster];
    const others = filesOf('test/cluster/*.test.ts').filter((file) => !alone.includes(file));
    return [step([makesCluster], 1), step(others, CLUSTER_FILES_AT_ONCE), step(changesCluster, 1)];
  }
  const kind = chosen.long ? 'long' : 'test';
  const files = filesOf(`${rooms}/*.${kind}.ts`, `test/**/*.${kind}.ts`);
  const others = files.filter((file) => !longest.includes(file));
  return [step([...longest.filter((file) => files.includes(file)), ...others], FILES_AT_ONCE)];
}

const filesOf = (...patterns: string[]) => globSync(patterns, { cwd: root }).sort();

// Whatever a test makes for itself, or a process that it kills leaves, goes with the run.
const temporary = mkdtempSync(join(tmpdir(), 'escala-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
process.env['TMPDIR'] = temporary;
// The tests start programs hundreds of times; half of a start is stripping types from files that did not change.
process.env['NODE_COMPILE_CACHE'] = join(temporary, 'compiled');
if (chosen.cluster) process.env['CLUSTER_TESTS'] = 'required';

const pattern = chosen['test-name-pattern'];
for (const { files, filesAtOnce } of stepsToRun()) {
  const tests = run({
    cwd: root,
    files: files.map((file) => resolve(root, file)),
    concurrency: filesAtOnce,
    ...(pattern !== undefined && { testNamePatterns: [pattern] }),
  }).on('test:fail', () => {
    process.exitCode = 1;
  });
  await pipeline(tests.compose(spec), process.stdout, { end: false });
}
