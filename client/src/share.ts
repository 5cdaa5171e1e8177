import { Worker } from 'node:worker_threads';
import { type AgentPlan, type Clock, EscalaError, type ProblemData } from '@escala/model';
import { rehearsedTrial } from './load/rehearsal.ts';
import type { Trial } from './load/trial.ts';
import { HealthMonitor } from './measure/health.ts';
import { type Measurement, measurementOf } from './measure/measurement.ts';
import { RowFile } from './rows/row-file.ts';

/** One share of a load, in this thread or in another. */
export interface Share {
  prepare(): Promise<void>;
  /** Resolves when all its requests are over and their rows are in the file. */
  run(atUs: number): Promise<Measurement>;
  stop(): void;
  close(): Promise<void>;
}

/** A share in this thread. Its rows are appended to a file that has its header already. */
export class LocalShare implements Share {
  readonly #plan: AgentPlan;
  readonly #file: RowFile | undefined;
  readonly #health: HealthMonitor;
  readonly #clock: Clock;
  /** Made when the thread has rehearsed. */
  #trial: Trial | undefined;

  constructor(plan: AgentPlan, out: string | undefined, clock: Clock) {
    this.#plan = plan;
    this.#clock = clock;
    this.#file = out === undefined ? undefined : RowFile.join(out);
    this.#health = new HealthMonitor(clock);
  }

  async prepare(): Promise<void> {
    this.#trial = await rehearsedTrial(this.#plan, { client: this.#file, warmup: undefined }, this.#clock);
    await this.#trial.prepare();
  }

  async run(atUs: number): Promise<Measurement> {
    const trial = this.#trial;
    if (trial === undefined) throw new Error('the share is not prepared');
    this.#health.start();
    await trial.run(atUs);
    await this.#file?.close();
    const delayed = this.#file?.delayed ?? false;
    return measurementOf(trial, this.#health.stop(trial.measured.sendLag, delayed, trial.idleUs));
  }

  stop(): void {
    this.#trial?.stop();
  }

  async close(): Promise<void> {
    this.#trial?.close();
  }
}

/** A share in a thread of its own. */
export class WorkerShare implements Share {
  readonly #worker: Worker;

  constructor(plan: AgentPlan, out: string | undefined) {
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
