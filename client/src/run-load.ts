import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  type AgentPlan,
  type ClientSettings,
  EscalaError,
  type PlannedRequest,
  type ProblemData,
  systemClock,
} from '@escala/model';
import { requestTarget } from './http/request-target.ts';
import { type LoadShare, LocalShare } from './load/local-share.ts';
import type { ExactCounts } from './measure/exact-counts.ts';
import type { Measurement } from './measure/measurement.ts';
import { helpfulWorkers, planFromSettings, shareOfPlan, workersMax } from './plan-from-settings.ts';
import { RowFile } from './rows/row-file.ts';
import { type Summary, summarize } from './summary/summary.ts';

/** From now until all threads start together, once all are ready. */
const START_AHEAD_US = 20_000;

/** Runs the load of a client on its own, in as many threads as help. `interrupted` stops it early, cleanly. */
export async function runLoad(
  settings: ClientSettings,
  interrupted: AbortSignal,
  kinds?: readonly PlannedRequest[],
): Promise<{ summary: Summary; latency: ExactCounts }> {
  const plan = planFromSettings(settings, kinds);
  const count = Math.min(settings.workers ?? helpfulWorkers(plan), workersMax(plan));
  // The file is opened before anything is sent: a path that cannot be written must not cost a run.
  if (settings.out !== undefined) await RowFile.create(settings.out).close();
  await untilReachable(plan, settings.readyWaitUs, interrupted);
  const shares: LoadShare[] = Array.from({ length: count }, (_, index) => {
    const part = shareOfPlan(plan, index, count);
    return count === 1 ? LocalShare.appendingTo(settings.out, part) : new WorkerShare(settings.out, part);
  });
  const stop = () => {
    for (const share of shares) share.stop();
  };
  try {
    await Promise.all(shares.map((share) => share.prepare()));
    const atUs = systemClock.nowUs() + START_AHEAD_US;
    const running = shares.map((share) =>
      share.run(atUs).catch((error) => {
        stop();
        throw error;
      }),
    );
    if (interrupted.aborted) stop();
    interrupted.addEventListener('abort', stop);
    // One that fails stops the others, and waits for them: a thread that is cut off may leave half a row.
    await Promise.allSettled(running);
    return summarize(await Promise.all(running), {
      hasSchedule: plan.load.kind === 'open',
      insecure: settings.insecure,
      interrupted: interrupted.aborted,
      failIf: settings.failIf,
    });
  } finally {
    interrupted.removeEventListener('abort', stop);
    await Promise.all(shares.map((share) => share.close()));
  }
}

/** Between two tries, and how long one try may take. */
const RETRY_MS = 100;
const TRY_MS = 1_000;

/**
 * Waits until every URL takes connections, for `waitUs` at most; then the load starts in any case, and its rows tell.
 */
async function untilReachable(
  { urls, method }: Pick<AgentPlan, 'urls' | 'method'>,
  waitUs: number,
  interrupted: AbortSignal,
): Promise<void> {
  const endMs = performance.now() + waitUs / 1_000;
  for (const url of urls) {
    const { host, port } = requestTarget(url, method);
    while (!(await isReachable(host, port)) && performance.now() < endMs && !interrupted.aborted) {
      await sleep(RETRY_MS);
    }
  }
}

function isReachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TRY_MS });
    const end = (reachable: boolean) => {
      socket.destroy();
      resolve(reachable);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}

/** A share in a thread of its own. */
class WorkerShare implements LoadShare {
  readonly #worker: Worker;

  constructor(out: string | undefined, plan: AgentPlan) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { plan, out } });
  }

  async prepare(): Promise<void> {
    await this.#nextMessage();
  }

  async run(atUs: number): Promise<Measurement> {
    this.#worker.postMessage({ run: atUs });
    return (await this.#nextMessage()) as Measurement;
  }

  stop(): void {
    this.#worker.postMessage('stop');
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  /** @throws EscalaError when the thread tells of a problem. */
  async #nextMessage(): Promise<unknown> {
    const message = await new Promise<'ready' | Measurement | { problem: ProblemData }>((resolve, reject) => {
      this.#worker.once('message', resolve).once('error', reject);
    });
    if (typeof message === 'object' && 'problem' in message) {
      throw new EscalaError(message.problem.code, message.problem.values);
    }
    return message;
  }
}
