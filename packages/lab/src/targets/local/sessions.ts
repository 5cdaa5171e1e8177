import { readdirSync, readFileSync } from 'node:fs';
import { TICK_US } from '@escala/model';

/** Linux counts memory in pages. */
const PAGE_BYTES = 4_096;

/** What all processes of a session have used since its leader began. `waitedUs`: ready, and no processor was free. */
interface SessionUse {
  readonly cpuUs: number;
  readonly waitedUs: number;
  readonly memoryBytes: number;
}

/** One process at one look. `childrenUs` is the processor time of its children that have ended, as proc(5) counts it. */
interface Process extends SessionUse {
  readonly session: number;
  readonly childrenUs: number;
  readonly threads: Threads;
}

/** A thread at one look: how long it ran, and how long it was ready to run and had to wait. */
type Thread = Readonly<Record<'ranUs' | 'waitedUs', number>>;

/** The threads of a process that live, by id, and the sum of those that have ended. */
interface Threads {
  readonly living: ReadonlyMap<string, Thread>;
  readonly ended: Thread;
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
  readonly #others = new Set<number>();

  /** By leader; none off Linux, and none of a session that has no process left and had none before. */
  read(leaders: ReadonlySet<number>): ReadonlyMap<number, SessionUse> {
    const now = new Map<number, Process>();
    for (const pid of processIds()) {
      if (this.#others.has(pid)) continue;
      const found = processOf(pid, leaders, this.#before.get(pid));
      if (found) now.set(pid, found);
      else this.#others.add(pid);
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
function processOf(pid: number, leaders: ReadonlySet<number>, before?: Process): Process | undefined {
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
    const threads = threadsOf(pid, (user + system) * TICK_US, before?.threads);
    const sum = (time: keyof Thread) =>
      [...threads.living.values()].reduce((total, thread) => total + thread[time], threads.ended[time]);
    return {
      session,
      threads,
      cpuUs: sum('ranUs'),
      waitedUs: sum('waitedUs'),
      childrenUs: (childUser + childSystem) * TICK_US,
      memoryBytes: pages * PAGE_BYTES,
    };
  } catch {
    return undefined;
  }
}

/**
 * The threads of a process. Linux counts a living thread by the nanosecond (CONFIG_SCHED_INFO) and a whole process by
 * the tick, each of its two times rounded down. A thread that has ended keeps what it had at the last look. Only ticks
 * that rounding cannot explain belong to threads that lived and ended between two looks.
 */
function threadsOf(pid: number, ticksUs: number, before?: Threads): Threads {
  const living = new Map(
    readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const found = threadOf(`/proc/${pid}/task/${thread}/schedstat`);
      return found ? [[thread, found] as const] : [];
    }),
  );
  const gone = [...(before?.living ?? [])].filter(([thread]) => !living.has(thread));
  const endedOf = (time: keyof Thread) =>
    gone.reduce((sum, [, thread]) => sum + thread[time], before?.ended[time] ?? 0);
  const [endedUs, waitedUs] = [endedOf('ranUs'), endedOf('waitedUs')];
  const restUs = Math.max(0, ticksUs - [...living.values()].reduce((sum, { ranUs }) => sum + ranUs, 0));
  const isFine = before !== undefined && living.size > 0 && restUs <= endedUs + 2 * TICK_US;
  return { living, ended: { ranUs: isFine ? endedUs : restUs, waitedUs } };
}

function threadOf(file: string): Thread | undefined {
  try {
    const [ranNs = 0, waitedNs = 0] = readFileSync(file, 'utf8').split(' ').map(Number);
    return { ranUs: Math.round(ranNs / 1_000), waitedUs: Math.round(waitedNs / 1_000) };
  } catch {
    // It ended meanwhile, or this kernel keeps no such file.
    return undefined;
  }
}
