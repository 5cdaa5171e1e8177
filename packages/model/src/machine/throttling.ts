import { systemText } from './processors.ts';

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
