import type { AgentPlan, Clock } from '@escala/model';
import { HealthMonitor } from '../measure/health.ts';
import { type Measurement, measurementOf } from '../measure/measurement.ts';
import { RowFile } from '../rows/row-file.ts';
import { rehearsedTrial } from './rehearsal.ts';
import type { Trial } from './trial.ts';

/** One share of a load, in this thread or in another. */
export interface LoadShare {
  prepare(): Promise<void>;
  /** Resolves when all its requests are over and their rows are in the file. */
  run(atUs: number): Promise<Measurement>;
  stop(): void;
  close(): Promise<void>;
}

/** A share in this thread. Its rows are appended to a file that has its header already. */
export class LocalShare implements LoadShare {
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
