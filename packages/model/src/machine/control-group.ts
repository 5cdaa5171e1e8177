import { systemText } from './system-file.ts';

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
