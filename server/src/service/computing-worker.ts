// One server of the computing service: a message asks for work, the answer says that it is done.
import { parentPort, workerData } from 'node:worker_threads';

const serviceUs: number = workerData;

/** Processor time of this thread, µs: time that the system gave to others does not count as work. */
function usedUs(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

parentPort?.on('message', () => {
  const endUs = usedUs() + serviceUs;
  while (usedUs() < endUs);
  parentPort?.postMessage(null);
});
