import { Worker } from 'node:worker_threads';
import type { Service, ServiceWaiter } from './service.ts';

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
