import { Worker } from 'node:worker_threads';
import { type AgentPlan, EscalaError, type ProblemData } from '@escala/model';
import type { LoadShare } from './load/local-share.ts';
import type { Measurement } from './measure/measurement.ts';

/** A share in a thread of its own. */
export class WorkerShare implements LoadShare {
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
