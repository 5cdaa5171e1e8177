import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { machineLimits } from '../src/targets/local/machine-limits.ts';

const groups = '/sys/fs/cgroup/cpu';
const mayLimit =
  existsSync(join(groups, 'cpu.cfs_quota_us')) && process.getuid?.() === 0 && cpus().length > 1;

/** The limits that a process finds which is in `group`. */
function limitsIn(group: string): ReturnType<typeof machineLimits> {
  const file = join(import.meta.dirname, '../src/targets/local/machine-limits.ts');
  const script = `const { machineLimits } = await import(${JSON.stringify(file)}); console.log(JSON.stringify(machineLimits()))`;
  const command = `echo $$ > ${join(group, 'cgroup.procs')} && exec "$0" --input-type=module -e "$1"`;
  return JSON.parse(execFileSync('sh', ['-c', command, process.execPath, script], { encoding: 'utf8' }));
}

test('a processor limit holds, whether it is of the own group or of one around it', {
  skip: !mayLimit && 'needs root and control groups of version 1',
}, (context) => {
  const outer = join(groups, `escala-test-${process.pid}`);
  const inner = join(outer, 'inner');
  mkdirSync(inner, { recursive: true });
  context.after(() => [inner, outer].forEach((group) => void rmdirSync(group)));
  writeFileSync(join(outer, 'cpu.cfs_quota_us'), '50000');
  assert.equal(limitsIn(outer).cpus, 0.5);
  assert.equal(limitsIn(inner).cpus, 0.5);
  writeFileSync(join(inner, 'cpu.cfs_quota_us'), '25000');
  assert.equal(limitsIn(inner).cpus, 0.25);
});
