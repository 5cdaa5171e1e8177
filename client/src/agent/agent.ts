import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentPlan, type AgentProgress, type AgentState, type Clock, EscalaError } from '@escala/model';
import { plannedRequests } from '../load/planned-requests.ts';
import { rehearsedTrial } from '../load/rehearsal.ts';
import type { Trial } from '../load/trial.ts';
import { compressedHistogram } from '../measure/hdr-histogram.ts';
import { HealthMonitor } from '../measure/health.ts';
import { RowFile } from '../rows/row-file.ts';

/** The histogram of a running trial is made anew at most this often: it takes time from the load. */
const HISTOGRAM_EVERY_US = 1_000_000;

/** The plan in hand: one trial, its files, and how far it has come. */
interface Job {
  readonly plan: AgentPlan;
  /** Made when the thread has rehearsed. */
  trial: Trial | undefined;
  readonly files: { readonly client: RowFile; readonly warmup: RowFile };
  state: AgentState;
  started: boolean;
}

/** A load agent: takes a plan, gets ready, starts at the agreed instant, and keeps the rows until the next plan. */
export class Agent {
  readonly #folder: string;
  readonly #clock: Clock;
  #job: Job | undefined;
  #histogram = { atUs: 0, text: '' };

  /** @throws EscalaError FOLDER_UNWRITABLE through the first plan's files. */
  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
    mkdirSync(folder, { recursive: true });
  }

  get nowUs(): number {
    return this.#clock.nowUs();
  }

  get state(): AgentState {
    const job = this.#job;
    if (job === undefined) return { phase: 'idle' };
    if (job.state.phase !== 'running' || job.trial === undefined) return job.state;
    return { phase: 'running', plan: job.plan.id, progress: this.#progress(job.trial, HISTOGRAM_EVERY_US) };
  }

  /** Takes a plan and begins to get ready for it. The same plan again changes nothing; another one drops this one. */
  take(plan: AgentPlan): AgentState {
    if (this.#job?.plan.id === plan.id) return this.state;
    this.#drop(plan.id);
    const files = { client: this.#createFile('client.csv'), warmup: this.#createFile('warmup.csv') };
    const job: Job = {
      plan,
      files,
      trial: undefined,
      state: { phase: 'preparing', plan: plan.id },
      started: false,
    };
    this.#job = job;
    this.#guard(job, this.#prepare(job));
    return job.state;
  }

  /** Starts the ready plan at `atUs` of this agent's clock. Undefined when it is not the plan in hand, or not ready. */
  start(planId: string, atUs: number): AgentState | undefined {
    const job = this.#job;
    if (job?.plan.id !== planId || job.state.phase === 'preparing') return undefined;
    if (job.started || job.trial === undefined) return this.state;
    job.started = true;
    job.state = { phase: 'running', plan: planId, progress: this.#progress(job.trial, 0) };
    this.#guard(job, this.#run(job, job.trial, Math.round(atUs)));
    return this.state;
  }

  /** Whole rows of the plan in hand that are on disk. Undefined when it is not the plan in hand. */
  rows(planId: string, file: 'client' | 'warmup'): { path: string; bytes: number } | undefined {
    const job = this.#job;
    if (job?.plan.id !== planId) return undefined;
    const { path, writtenBytes } = job.files[file];
    return { path, bytes: writtenBytes };
  }

  async #prepare(job: Job): Promise<void> {
    const { plan, files } = job;
    const trial = await rehearsedTrial(plan, files, this.#clock);
    // Dropped meanwhile.
    if (this.#job !== job) return;
    job.trial = trial;
    await trial.prepare();
    await files.warmup.drain();
    let connectErrors = 0;
    for (const count of trial.connectErrors.values()) connectErrors += count;
    const { met } = trial;
    const { answered, rejected } = trial.warmupOutcomes;
    job.state = {
      phase: 'ready',
      plan: plan.id,
      planned: plannedRequests(plan),
      connectErrors,
      ...(met !== undefined && { met }),
      warmup: { answered, rejected },
    };
  }

  async #run(job: Job, trial: Trial, atUs: number): Promise<void> {
    const { plan, files } = job;
    using health = new HealthMonitor(this.#clock);
    health.start();
    await trial.run(atUs);
    await files.client.drain();
    const { measured } = trial;
    job.state = {
      phase: 'done',
      plan: plan.id,
      progress: this.#progress(trial, 0),
      rowBytes: files.client.writtenBytes,
      warmupBytes: files.warmup.writtenBytes,
      startSkewUs: (measured.firstSentUs ?? atUs) - atUs,
      health: health.stop(measured.sendLag, files.client.delayed, trial.idleUs),
    };
  }

  #progress({ measured, active }: Trial, histogramAgeUsMax: number): AgentProgress {
    const { latency, sent, outcomes, failed } = measured;
    if (this.nowUs - this.#histogram.atUs >= histogramAgeUsMax) {
      this.#histogram = { atUs: this.nowUs, text: latency.count > 0 ? compressedHistogram(latency) : '' };
    }
    const { text } = this.#histogram;
    return { sent, answered: outcomes.answered, failed, active, ...(text && { latencyHistogram: text }) };
  }

  /** What breaks while a plan is worked on becomes its state: the lab asks for it. */
  #guard(job: Job, work: Promise<void>): void {
    work.catch((error: Error) => {
      job.trial?.close();
      const problem = error instanceof EscalaError ? error.data : undefined;
      job.state = { phase: 'failed', plan: job.plan.id, detail: error.message, ...(problem && { problem }) };
    });
  }

  /** A file of its own: a plan that was dropped may still be writing to the one before. */
  #createFile(name: string): RowFile {
    const path = join(this.#folder, name);
    rmSync(path, { force: true });
    return RowFile.create(path);
  }

  #drop(next: string): void {
    const job = this.#job;
    if (job === undefined) return;
    this.#job = undefined;
    job.trial?.abandon(new Error(`plan ${next} was taken instead`));
    for (const file of Object.values(job.files)) file.discard().catch(() => {});
  }
}
