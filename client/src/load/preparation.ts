import type { Alarm } from './alarm.ts';
import type { Caller } from './caller.ts';
import { ClosedClient } from './closed-loop.ts';

/** Connections that are being opened at the same time: more would overflow the queue of a server that accepts slowly. */
const OPENING_MAX = 128;

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
