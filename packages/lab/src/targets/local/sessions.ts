import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in ticks of 10 ms (USER_HZ, fixed at 100 for user space) and memory in pages. */
export const TICK_US = 10_000;
const PAGE_BYTES = 4_096;

/** What all processes of a session have used since its leader began. `waitedUs`: ready, and no processor was free. */
export interface SessionUse {
  readonly cpuUs: number;
  readonly waitedUs: number;
  readonly memoryBytes: number;
}

/** One process at one look. `childrenUs` is the processor time of its children that have ended, as proc(5) counts it. */
interface Process extends SessionUse {
  readonly session: number;
  readonly childrenUs: number;
}

/**
 * The processor time of whole sessions. The leader's descendants stay in its session whoever their parent becomes, so
 * that a command's workers are its own. What a process had used at the last look stays counted when it has ended,
 * unless its parent already counts it.
 */
export class Sessions {
  #before = new Map<number, Process>();
  readonly #ended = new Map<number, number>();
  /** A process never comes into a session from another, so that it is looked at once. */
  readonly #strangers = new Set<number>();

  /** By leader; none off Linux, and none of a session that has no process left and had none before. */
  read(leaders: ReadonlySet<number>): ReadonlyMap<number, SessionUse> {
    const now = new Map<number, Process>();
    for (const pid of processIds()) {
      if (this.#strangers.has(pid)) continue;
      const found = processOf(pid, leaders);
      if (found) now.set(pid, found);
      else this.#strangers.add(pid);
    }
    for (const leader of leaders) {
      this.#ended.set(leader, (this.#ended.get(leader) ?? 0) + this.#uncountedOf(leader, now));
    }
    this.#before = now;
    return new Map(
      [...leaders].flatMap((leader) => {
        const members = [...now.values()].filter(({ session }) => session === leader);
        const endedUs = this.#ended.get(leader) ?? 0;
        if (members.length === 0 && endedUs === 0) return [];
        const sum = (of: (one: Process) => number) => members.reduce((total, one) => total + of(one), 0);
        return [
          [
            leader,
            {
              cpuUs: endedUs + sum(({ cpuUs, childrenUs }) => cpuUs + childrenUs),
              waitedUs: sum(({ waitedUs }) => waitedUs),
              memoryBytes: sum(({ memoryBytes }) => memoryBytes),
            },
          ] as const,
        ];
      }),
    );
  }

  /** What processes that ended since the last look had used, less what the living have taken over from them. */
  #uncountedOf(leader: number, now: ReadonlyMap<number, Process>): number {
    let [lostUs, takenOverUs] = [0, 0];
    for (const [pid, before] of this.#before) {
      if (before.session !== leader) continue;
      const after = now.get(pid);
      if (after) takenOverUs += after.childrenUs - before.childrenUs;
      else lostUs += before.cpuUs + before.childrenUs;
    }
    return Math.max(0, lostUs - takenOverUs);
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** A process of one of the sessions; undefined for any other, and for one that has just ended. */
function processOf(pid: number, leaders: ReadonlySet<number>): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields after the command's closing parenthesis, which may itself hold spaces: state is field 3 of proc(5).
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [session = 0, user = 0, system = 0, childUser = 0, childSystem = 0, pages = 0] = [
      3, 11, 12, 13, 14, 21,
    ].map((field) => fields[field]);
    if (!leaders.has(session)) return undefined;
    const threads = threadsOf(pid);
    return {
      session,
      // Threads that have ended are in the ticks only.
      cpuUs: Math.max(threads.ranUs, (user + system) * TICK_US),
      waitedUs: threads.waitedUs,
      childrenUs: (childUser + childSystem) * TICK_US,
      memoryBytes: pages * PAGE_BYTES,
    };
  } catch {
    return undefined;
  }
}

/** Sums over the threads that live, to the nanosecond, where the kernel keeps them (CONFIG_SCHED_INFO). */
function threadsOf(pid: number): { ranUs: number; waitedUs: number } {
  const sum = { ranUs: 0, waitedUs: 0 };
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const [ranNs = 0, waitedNs = 0] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')
        .split(' ')
        .map(Number);
      sum.ranUs += Math.round(ranNs / 1_000);
      sum.waitedUs += Math.round(waitedNs / 1_000);
    } catch {
      // It ended meanwhile, or this kernel keeps no such file.
    }
  }
  return sum;
}
