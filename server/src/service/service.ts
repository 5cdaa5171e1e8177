import { Worker } from 'node:worker_threads';

/** A request that waits for the simulated service. `served` is called once, with the times that the ledger records. */
export interface ServiceWaiter {
  served(queueUs: number, serviceUs: number): void;
}

/** Simulated work in front of the ledger: first come, first served, by `parallelism` servers. */
export interface Service {
  request(waiter: ServiceWaiter): void;
  /** Requests that wait or are served. */
  readonly occupancy: number;
  close(): void;
}

/** No simulated work: each request is served as it comes. */
export const noService: Service = { request: (waiter) => waiter.served(0, 0), occupancy: 0, close() {} };

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

/** A thread each; more would only wait for the processors that there are. */
const THREADS_MAX = 64;

/**
 * Servers that use the processor: each is a thread that spends `serviceUs` of processor time on a request. The recorded
 * service is wall time: where processors are short it is longer than `serviceUs`, as it should be seen.
 */
export function createComputingService(
  { serviceUs, parallelism }: { serviceUs: number; parallelism: number },
  nowUs: () => number,
): Service {
  const threads = Math.min(parallelism, THREADS_MAX);
  const idle: Worker[] = [];
  const workers = Array.from({ length: threads }, () => startWorker(serviceUs));
  const queue: { waiter: ServiceWaiter; arrivedUs: number }[] = [];
  let busy = 0;

  function dispatch(): void {
    while (idle.length > 0 && queue.length > 0) {
      const worker = idle.pop() as Worker;
      const { waiter, arrivedUs } = queue.shift() as (typeof queue)[number];
      const startUs = nowUs();
      busy++;
      worker.once('message', () => {
        busy--;
        idle.push(worker);
        waiter.served(startUs - arrivedUs, nowUs() - startUs);
        dispatch();
      });
      worker.postMessage(null);
    }
  }
  idle.push(...workers);
  return {
    request(waiter) {
      queue.push({ waiter, arrivedUs: nowUs() });
      dispatch();
    },
    get occupancy() {
      return queue.length + busy;
    },
    close() {
      for (const worker of workers) void worker.terminate();
    },
  };
}

function startWorker(serviceUs: number): Worker {
  return new Worker(new URL('./computing-worker.ts', import.meta.url), { workerData: serviceUs });
}
