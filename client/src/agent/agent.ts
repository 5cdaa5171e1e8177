import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AgentPlan,
  type AgentProgress,
  type AgentState,
  Arrivals,
  type Clock,
  EscalaError,
} from '@escala/model';
import { LocalShare } from '../load/local-share.ts';
import type { Trial } from '../load/trial.ts';
import { compressedHistogram } from '../measure/hdr-histogram.ts';
import type { Measurement } from '../measure/measurement.ts';
import { RowFile } from '../rows/row-file.ts';

/** The histogram of a running trial is made anew at most this often: it takes time from the load. */
const HISTOGRAM_EVERY_US = 1_000_000;

/** The plan in hand: its share of the load, its files, and how far it has come. */
interface Job {
  readonly plan: AgentPlan;
  readonly files: { readonly client: RowFile; readonly warmup: RowFile };
  readonly share: LocalShare;
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
    const { trial } = job.share;
    if (job.state.phase === 'preparing' && trial?.met !== undefined) return { ...job.state, met: trial.met };
    if (job.state.phase !== 'running' || trial === undefined) return job.state;
    return { phase: 'running', plan: job.plan.id, progress: this.#progress(trial, HISTOGRAM_EVERY_US) };
  }

  /** Takes a plan and begins to get ready for it. The same plan again changes nothing; another one drops this one. */
  take(plan: AgentPlan): AgentState {
    if (this.#job?.plan.id === plan.id) return this.state;
    this.#drop(plan.id);
    const files = { client: this.#createFile('client.csv'), warmup: this.#createFile('warmup.csv') };
    const job: Job = {
      plan,
      files,
      share: new LocalShare(plan, files, this.#clock),
      state: { phase: 'preparing', plan: plan.id },
      started: false,
    };
    this.#job = job;
    void this.#settle(job, this.#prepare(job));
    return job.state;
  }

  /** Starts the ready plan at `atUs` of this agent's clock. Undefined when it is not the plan in hand, or not ready. */
  start(planId: string, atUs: number): AgentState | undefined {
    const job = this.#job;
    if (job?.plan.id !== planId || job.state.phase === 'preparing') return undefined;
    const { trial } = job.share;
    if (job.started || trial === undefined) return this.state;
    job.started = true;
    job.state = { phase: 'running', plan: planId, progress: this.#progress(trial, 0) };
    const startUs = Math.round(atUs);
    const running = job.share.run(startUs).then((measured) => this.#done(job, trial, measured, startUs));
    void this.#settle(job, running);
    return this.state;
  }

  /** Whole rows of the plan in hand that are on disk. Undefined when it is not the plan in hand. */
  rows(planId: string, file: 'client' | 'warmup'): { path: string; bytes: number } | undefined {
    const job = this.#job;
    if (job?.plan.id !== planId) return undefined;
    const { path, writtenBytes } = job.files[file];
    return { path, bytes: writtenBytes };
  }

  async #prepare({ plan, share }: Job): Promise<AgentState> {
    await share.prepare();
    const { connectErrors, met, warmupOutcomes } = share.trial as Trial;
    const { answered, rejected } = warmupOutcomes;
    return {
      phase: 'ready',
      plan: plan.id,
      planned: plannedRequests(plan),
      connectErrors: [...connectErrors.values()].reduce((sum, count) => sum + count, 0),
      ...(met !== undefined && { met }),
      warmup: { answered, rejected },
    };
  }

  #done({ plan, files }: Job, trial: Trial, measured: Measurement, atUs: number): AgentState {
    const { health, firstSentUs = atUs } = measured;
    return {
      phase: 'done',
      plan: plan.id,
      progress: this.#progress(trial, 0),
      rowBytes: files.client.writtenBytes,
      warmupBytes: files.warmup.writtenBytes,
      startSkewUs: firstSentUs - atUs,
      health,
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

  /** The result of `work` becomes the plan's state, and so does its failure: the lab asks for it. */
  async #settle(job: Job, work: Promise<AgentState>): Promise<void> {
    try {
      job.state = await work;
    } catch (cause) {
      const error = cause as Error;
      job.share.abandon(error);
      const problem = error instanceof EscalaError ? error.data : undefined;
      job.state = { phase: 'failed', plan: job.plan.id, detail: error.message, ...(problem && { problem }) };
    }
  }

  /** A file of its own: a plan that was dropped may still be writing to the one before. */
  #createFile(name: string): RowFile {
    const path = join(this.#folder, name);
    rmSync(path, { force: true });
    return RowFile.create(path);
  }

  #drop(next: string): void {
    this.#job?.share.discard(new Error(`plan ${next} was taken instead`));
    this.#job = undefined;
  }
}

/** Requests that the plan's share has: clients × messages, or the arrivals of its schedule. */
function plannedRequests({ load, seed }: Pick<AgentPlan, 'load' | 'seed'>): number {
  if (load.kind === 'closed') return load.clients.count * load.messages;
  const all = new Arrivals({ ...load, seed }).count();
  return Math.max(0, Math.ceil((all - load.share) / load.shares));
}
