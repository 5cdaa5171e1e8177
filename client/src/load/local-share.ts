import { type AgentPlan, type Clock, systemClock } from '@escala/model';
import { HealthMonitor } from '../measure/health.ts';
import { type Measurement, measurementOf } from '../measure/measurement.ts';
import { RowFile } from '../rows/row-file.ts';
import { rehearsedTrial } from './rehearsal.ts';
import type { Trial, TrialFiles } from './trial.ts';

/** One share of a load, in this thread or in another. */
export interface LoadShare {
  prepare(): Promise<void>;
  /** Resolves when all its requests are over and their rows are in the file. */
  run(atUs: number): Promise<Measurement>;
  stop(): void;
  close(): Promise<void>;
}

/** A share in this thread. */
export class LocalShare implements LoadShare {
  readonly #plan: AgentPlan;
  readonly #files: TrialFiles;
  readonly #clock: Clock;
  #trial: Trial | undefined;
  #abandoned: Error | undefined;

  constructor(plan: AgentPlan, files: TrialFiles, clock: Clock) {
    this.#plan = plan;
    this.#files = files;
    this.#clock = clock;
  }

  /** Its rows are appended to a file that has its header already. */
  static appendingTo(out: string | undefined, plan: AgentPlan): LocalShare {
    const client = out === undefined ? undefined : RowFile.join(out);
    return new LocalShare(plan, { client, warmup: undefined }, systemClock);
  }

  /** Undefined until the thread has rehearsed: a trial that was made before would run code compiled for others. */
  get trial(): Trial | undefined {
    return this.#trial;
  }

  async prepare(): Promise<void> {
    const trial = await rehearsedTrial(this.#plan, this.#files, this.#clock);
    if (this.#abandoned) throw this.#abandoned;
    this.#trial = trial;
    await trial.prepare();
    await this.#files.warmup?.drain();
  }

  async run(atUs: number): Promise<Measurement> {
    const { client } = this.#files;
    const trial = this.#trial;
    if (trial === undefined) throw new Error('the share is not prepared');
    using health = new HealthMonitor(this.#clock);
    health.start();
    await trial.run(atUs);
    await client?.drain();
    const isDelayed = client?.delayed ?? false;
    return measurementOf(trial, health.stop(trial.measured.sendLag, isDelayed, trial.idleUs));
  }

  stop(): void {
    this.#trial?.stop();
  }

  /** Ends the share at once: `prepare` or `run` throws `cause`. */
  abandon(cause: Error): void {
    this.#abandoned = cause;
    this.#trial?.abandon(cause);
  }

  /** Closes the connections, and the files. */
  async close(): Promise<void> {
    this.#trial?.close();
    await Promise.all(this.#openFiles.map((file) => file.close()));
  }

  /** As `abandon`, and empties the files. */
  discard(cause: Error): void {
    this.abandon(cause);
    for (const file of this.#openFiles) file.discard().catch(() => {});
  }

  get #openFiles(): RowFile[] {
    return Object.values(this.#files).filter((file) => file !== undefined);
  }
}
