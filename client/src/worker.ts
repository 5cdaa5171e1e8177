import { parentPort, workerData } from 'node:worker_threads';
import { type AgentPlan, EscalaError } from '@escala/model';
import { LocalShare } from './load/local-share.ts';

/** The thread of one share of the load. It prepares the share, says `ready`, and then waits for `run` and `stop`. */
const { plan, out } = workerData as { plan: AgentPlan; out: string | undefined };
const port = parentPort;
if (port === null) throw new Error('worker.ts runs as a thread');

const share = LocalShare.appendingTo(out, plan);
port.on('message', (message: { run: number } | 'stop') => {
  if (message === 'stop') share.stop();
  else share.run(message.run).then((measurement) => port.postMessage(measurement), fail);
});
share.prepare().then(() => port.postMessage('ready'), fail);

/**
 * A problem is told as data: an error that crosses threads loses its code. Any other error is thrown outside of all
 * handlers: then the thread ends, and its starter gets the event `error`.
 */
function fail(error: Error): void {
  if (error instanceof EscalaError) {
    port?.postMessage({ problem: error.data });
    return;
  }
  setImmediate(() => {
    throw error;
  });
}
