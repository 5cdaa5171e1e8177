import { setTimeout as sleep } from 'node:timers/promises';
import type { Alarm } from './alarm.ts';
import type { Caller } from './caller.ts';
import { ClosedClient } from './closed-loop.ts';

/** Connections that are being opened at the same time: more would overflow the queue of a server that accepts slowly. */
const OPENING_MAX = 128;

/** Callers that meet the replicas at the same time. */
const MEETING_MAX = 16;
/** Where a Service does not know its replicas yet, the next connections are tried so much later, until that long. */
const MEETING_RETRY_MS = 50;
const MEETING_MS_MAX = 20_000;

/** Opens the connections of all callers, some at a time. Resolves when each has been tried. */
export function openAll(callers: readonly Caller[]): Promise<void> {
  return new Promise((resolve) => {
    let started = 0;
    let ended = 0;
    const openNext = () => {
      const caller = callers[started++];
      if (caller === undefined) return;
      caller.listener = {
        onFree() {},
        onOpened() {
          if (++ended === callers.length) resolve();
          else openNext();
        },
      };
      caller.open();
    };
    if (callers.length === 0) resolve();
    for (let i = 0; i < OPENING_MAX; i++) openNext();
  });
}

/** Each caller sends `messages` in a closed loop without thinking. */
export function warmUp(callers: readonly Caller[], messages: number, alarm: Alarm): Promise<void> {
  const rhythm = { messages, thinkTimeUs: 0, thinkDistribution: 'fixed' } as const;
  return new Promise((resolve) => {
    let left = callers.length;
    const finished = () => {
      if (--left === 0) resolve();
    };
    if (left === 0) resolve();
    for (const caller of callers) new ClosedClient(caller, rhythm, alarm, '', finished).start();
  });
}

interface Meeting {
  readonly alarm: Alarm;
  /** Takes the caller into the stage of this turn. */
  readonly enter: (caller: Caller, turn: number) => void;
  /** Replicas that have answered by name, and all answers. */
  readonly seen: () => { readonly named: number; readonly answered: number };
}

/**
 * Each caller makes a fresh connection and one request on it, again and again, until `replicas` of them have answered
 * by name: a node learns of new replicas later than the API server, and a kept connection would never meet them.
 * Resolves with how many; null where the answers name none.
 */
export async function meetReplicas(
  callers: readonly Caller[],
  replicas: number,
  { alarm, enter, seen }: Meeting,
): Promise<number | null> {
  const meeting = callers.slice(0, MEETING_MAX);
  const deadline = performance.now() + MEETING_MS_MAX;
  for (let turn = 1; seen().named < replicas && performance.now() < deadline; turn++) {
    for (const caller of meeting) enter(caller, turn);
    await warmUp(meeting, 1, alarm);
    for (const caller of meeting) caller.close();
    const now = seen();
    if (now.answered > 0 && now.named === 0) return null;
    if (now.named < replicas) await sleep(MEETING_RETRY_MS);
  }
  return seen().named;
}
