import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { MachineLimits } from '@escala/model';

/** Linux says "no limit" with a number near 2^63, or with the word `max`. */
const UNLIMITED_BYTES = 2 ** 60;

/** What holds this process back beside the hardware. What the system does not tell is null. */
export function machineLimits(): MachineLimits {
  const memory = process.constrainedMemory();
  return {
    cpus: cpuLimit(),
    memoryBytes: memory > 0 && memory < UNLIMITED_BYTES ? memory : null,
    governor: read('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor') ?? null,
  };
}

/** Processors by the quota of our own cgroup, version 2 or 1; null without one. */
function cpuLimit(): number | null {
  const groups = (read('/proc/self/cgroup') ?? '').split('\n').map((line) => line.split(':'));
  const pathOf = (controller: string) =>
    groups.find(([, names = '']) => names.split(',').includes(controller))?.[2] ?? '';
  // In a container the path is the host's, and the container's own group lies at the root.
  const inGroup = (root: string, controller: string, file: string) =>
    read(join(root, pathOf(controller), file)) ?? read(join(root, file));
  const [quota, period] =
    inGroup('/sys/fs/cgroup', '', 'cpu.max')?.split(' ') ??
    ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((file) => inGroup('/sys/fs/cgroup/cpu', 'cpu', file));
  const limit = Number(quota) / Number(period);
  return limit > 0 && limit < cpus().length ? limit : null;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
