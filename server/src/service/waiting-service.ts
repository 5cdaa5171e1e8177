import type { Service, ServiceWaiter } from './service.ts';

/** The clock and the timer of the waiting service; a test passes virtual ones. */
interface ServiceTime {
  nowUs(): number;
  /** Calls back no earlier than after `delayUs`, perhaps late. Returns a function that cancels it. */
  after(delayUs: number, callback: () => void): () => void;
}

/** Real time. Node's timers have a resolution of 1 ms and are late by some 80 µs at least. */
export const realServiceTime = (nowUs: () => number): ServiceTime => ({
  nowUs,
  after(delayUs, callback) {
    const timer = setTimeout(callback, Math.ceil(delayUs / 1_000));
    return () => clearTimeout(timer);
  },
});

/**
 * Servers that only wait. All services take the same time and are taken in order, so when each ends is known on
 * arrival: the k-th request is served by the server that served the (k − parallelism)-th. Ends follow from ends, never
 * from the moment a timer fired: a late timer delays an answer, but the capacity stays parallelism / serviceUs.
 */
export function createWaitingService(
  { serviceUs, parallelism }: { serviceUs: number; parallelism: number },
  time: ServiceTime,
): Service {
  const freeAtUs = new Float64Array(parallelism);
  const present: { waiter: ServiceWaiter; queueUs: number; endUs: number }[] = [];
  let [next, head] = [0, 0];
  let cancelTimer: (() => void) | undefined;

  function arm(): void {
    const first = present[head];
    cancelTimer = first && time.after(Math.max(0, first.endUs - time.nowUs()), complete);
  }

  function complete(): void {
    const nowUs = time.nowUs();
    for (let first = present[head]; first && first.endUs <= nowUs; first = present[head]) {
      head++;
      first.waiter.served(first.queueUs, serviceUs);
    }
    if (head > 1_024 || head === present.length) {
      present.splice(0, head);
      head = 0;
    }
    arm();
  }

  return {
    request(waiter) {
      const nowUs = time.nowUs();
      const startUs = Math.max(nowUs, freeAtUs[next] ?? 0);
      freeAtUs[next] = startUs + serviceUs;
      next = (next + 1) % parallelism;
      present.push({ waiter, queueUs: startUs - nowUs, endUs: startUs + serviceUs });
      if (!cancelTimer) arm();
    },
    get occupancy() {
      return present.length - head;
    },
    close: () => cancelTimer?.(),
  };
}
