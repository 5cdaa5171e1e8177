import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in ticks of 10 ms (USER_HZ, fixed at 100 for user space) and memory in pages. */
const TICK_US = 10_000;
const PAGE_BYTES = 4_096;

/** Processor time and resident memory of a process and its children (Gunicorn's workers); undefined off Linux. */
export async function processUsage(pid: number): Promise<{ cpuUs: number; memoryBytes: number } | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // Fields after the command's closing parenthesis, which may itself hold spaces: state is field 3 of proc(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const sum = {
      cpuUs: (Number(fields[11]) + Number(fields[12])) * TICK_US,
      memoryBytes: Number(fields[21]) * PAGE_BYTES,
    };
    for (const child of await childrenOf(pid)) {
      const usage = await processUsage(child);
      sum.cpuUs += usage?.cpuUs ?? 0;
      sum.memoryBytes += usage?.memoryBytes ?? 0;
    }
    return sum;
  } catch {
    return undefined;
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.trim().split(' ').filter(Boolean).map(Number));
}
