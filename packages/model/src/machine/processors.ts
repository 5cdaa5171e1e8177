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
