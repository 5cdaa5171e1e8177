import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** The text of a file in which the system tells of itself, such as those of /proc; undefined where there is none. */
export function systemText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Linux counts the time of each processor in ticks of 10 ms (USER_HZ, fixed at 100 for user space). */
export const TICK_US = 10_000;

/** Processors of a machine. Times in µs, summed over them, since an instant that is the same for all of its programs. */
export interface Processors {
  readonly cores: number;
  readonly busyUs: number;
  /** Null where the system does not tell. */
  readonly stolenUs: number | null;
  /** Time in which some ready task waited for a processor (PSI). */
  readonly pressureUs: number | null;
}

/**
 * Those that this process may use, or all of the machine. Linux counts the idle time of each processor; whatever is
 * neither idle nor stolen is busy.
 */
export function readProcessors(which: 'allowed' | 'all' = 'allowed'): Processors {
  const stat = systemText('/proc/stat');
  if (stat === undefined) return withoutProc();
  const allowed = which === 'all' ? undefined : allowedProcessors();
  let [cores, idleUs, stolenUs] = [0, 0, 0];
  for (const [, number, times = ''] of stat.matchAll(/^cpu(\d+) (.*)$/gm)) {
    if (allowed && !allowed.has(Number(number))) continue;
    // user, nice, system, idle, iowait, irq, softirq, steal: proc(5).
    const ticks = times.split(' ').map(Number);
    cores++;
    idleUs += ((ticks[3] ?? 0) + (ticks[4] ?? 0)) * TICK_US;
    stolenUs += (ticks[7] ?? 0) * TICK_US;
  }
  // Since the machine's start, as its counters are.
  const elapsedUs = Number(process.hrtime.bigint() / 1_000n);
  return { cores, busyUs: cores * elapsedUs - idleUs - stolenUs, stolenUs, pressureUs: pressureUs() };
}

/** Elsewhere Node tells how long each processor did what, and nothing of what was stolen. */
function withoutProc(): Processors {
  const busyMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { cores: cpus().length, busyUs: busyMs * 1_000, stolenUs: null, pressureUs: null };
}

/** A container or `taskset` may leave us only some, as `0-3,8`. */
function allowedProcessors(): ReadonlySet<number> | undefined {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(systemText('/proc/self/status') ?? '')?.[1];
  if (list === undefined) return undefined;
  const ranges = list.split(',').map((range) => range.split('-').map(Number));
  return new Set(
    ranges.flatMap(([from = 0, to = from]) => Array.from({ length: to - from + 1 }, (_, i) => from + i)),
  );
}

function pressureUs(): number | null {
  const total = /^some .*total=(\d+)/m.exec(systemText('/proc/pressure/cpu') ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

/** Tells one running machine from all others; undefined where the system does not tell. Containers share their host's. */
export function machineId(): string | undefined {
  return systemText('/proc/sys/kernel/random/boot_id')?.trim();
}

/** The counter at /metrics that says how long a server has waited because of its processor limit, seconds. */
export const throttledMetric = 'escala_cpu_throttled_seconds_total';
const throttled = new RegExp(`^${throttledMetric} (\\S+)`, 'm');

/** That counter in µs, as the text of `/metrics` has it; null where it does not. */
export function throttledUsOf(metrics: string): number | null {
  const seconds = Number(throttled.exec(metrics)?.[1] ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.round(seconds * 1e6) : null;
}

/**
 * How long a process was kept from the processor by the limit of its control group, or of a group around it, since the
 * group was made, µs. Zero where there are no such limits; null where the system does not say.
 */
export function throttledTimeUs(pid: number | 'self' = 'self'): number | null {
  if (process.platform !== 'linux') return 0;
  const texts = controlGroupTexts('cpu.stat', pid);
  return texts.length === 0 ? null : Math.max(...texts.map(timeUs));
}

/** Version 1 counts nanoseconds. A group without either line has no limit. */
function timeUs(text: string): number {
  const [, us] = /^throttled_usec (\d+)$/m.exec(text) ?? [];
  const [, ns] = /^throttled_time (\d+)$/m.exec(text) ?? [];
  return us === undefined ? Math.round(Number(ns ?? 0) / 1_000) : Number(us);
}

/**
 * What `file` says in the processor's control group of a process and in the groups around it, the outermost first: a
 * limit of any of them holds. Empty where the system has no such groups, or no such file.
 */
export function controlGroupTexts(file: string, pid: number | 'self' = 'self'): string[] {
  return groupsOf(pid).flatMap(({ mounts, path }) =>
    levelsOf(path).flatMap((level) => {
      const found = mounts.map((mount) => systemText(`/sys/fs/cgroup${mount}${level}/${file}`));
      return found.filter((text) => text !== undefined).slice(0, 1);
    }),
  );
}

/** The process's control group with a processor limit: version 2 (`0::/path`) or 1 (`4:cpu,cpuacct:/path`). */
function groupsOf(pid: number | 'self'): { mounts: readonly string[]; path: string }[] {
  const lines = systemText(`/proc/${pid}/cgroup`)?.trim().split('\n') ?? [];
  return lines.flatMap((line) => {
    const [, number, controllers = '', path = ''] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    if (number === '0' && controllers === '') return [{ mounts: ['', '/unified'], path }];
    return controllers.split(',').includes('cpu') ? [{ mounts: [`/${controllers}`, '/cpu'], path }] : [];
  });
}

/** The group and those around it. A container sees its own at the root, whatever its path is called outside. */
function levelsOf(path: string): string[] {
  const names = path.split('/').filter(Boolean);
  return Array.from({ length: names.length + 1 }, (_, i) =>
    names
      .slice(0, i)
      .map((name) => `/${name}`)
      .join(''),
  );
}
