import { type AgentPlan, type Clock, createRandom } from '@escala/model';
import { createCachedLookup, targetsByAddress } from '../http/cached-lookup.ts';
import { requestTarget } from '../http/request-target.ts';
import { trustSystemCertificates } from '../http/trusted-certificates.ts';
import type { Span } from '../measure/measurement.ts';
import { Recorder } from '../measure/recorder.ts';
import type { RowFile } from '../rows/row-file.ts';
import { RowWriter } from '../rows/row-writer.ts';
import { Alarm } from './alarm.ts';
import { Caller } from './caller.ts';
import { ClosedClient } from './closed-loop.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { LoadContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { OpenLoop } from './open-loop.ts';
import { meetReplicas, openAll, warmUp } from './preparation.ts';
import { type Stage, warmupWords } from './stage.ts';

/** Rows go to the disk at least this often, so that little is lost when the process is killed. */
const FLUSH_MS = 500;
/** What is in flight when the load is stopped may still be answered for this long. */
const STOP_GRACE_MS = 1_000;
/** After an idle connection was closed before the start, it is opened again this much later. */
const REOPEN_MS = 100;
/** An open loop opens connections for this much of its arrivals ahead of the start. */
const AHEAD_SECONDS = 0.02;

/** Where the rows of a trial go; without a file they are only counted. */
export interface TrialFiles {
  readonly client: RowFile | undefined;
  readonly warmup: RowFile | undefined;
}

/** One trial: connects, warms up, waits for the agreed instant, and makes a row of every request. */
export class Trial {
  readonly plan: AgentPlan;
  readonly measured: Recorder;
  /** First send and last answer of each client; closed loop. */
  readonly spans: (Span | undefined)[] = [];
  /** Clients (or connections) with something in flight or still to do. */
  active = 0;
  /** Replicas that fresh connections met; null where the answers name none, undefined where none were to be met. */
  met: number | null | undefined;
  readonly #context: LoadContext;
  readonly #alarm: Alarm;
  readonly #callers: Caller[];
  readonly #stage: Stage;
  readonly #warmup: Stage;
  readonly #abandoned = new AbortController();
  #stop: (() => void) | undefined;

  constructor(plan: AgentPlan, files: TrialFiles, clock: Clock) {
    this.plan = plan;
    const targets = plan.urls.map((url) => requestTarget(url, plan.method));
    if (!plan.insecure && targets.some(({ secure }) => secure)) trustSystemCertificates();
    this.#context = {
      plan,
      clock,
      targets: targets.map((target) => [target]),
      connections: { method: plan.method, insecure: plan.insecure, lookup: createCachedLookup() },
      deadlines: new Deadlines(plan.timeoutUs, clock),
      connectErrors: new Map(),
      addresses: new Map(),
      onIdleClose: undefined,
    };
    for (const file of [files.client, files.warmup]) {
      if (file) file.onProblem = (problem) => this.abandon(problem);
    }
    this.measured = new Recorder(new RowWriter(files.client));
    this.#alarm = new Alarm(clock, () => this.measured.sent + this.measured.ended);
    this.#stage = { words: plan, recorder: this.measured };
    this.#warmup = { words: warmupWords(plan), recorder: new Recorder(new RowWriter(files.warmup)) };
    this.#callers = callerNumbers(plan).map(
      (number) => new Caller(this.#context, number, { onFree() {}, onOpened() {} }),
    );
  }

  /** Processor time that went into waiting for the next instant of the schedule, µs. */
  get idleUs(): number {
    return this.#alarm.idleUs;
  }

  /** Connections that could not be opened ahead of the start. */
  get connectErrors(): ReadonlyMap<string, number> {
    return this.#context.connectErrors;
  }

  get warmupOutcomes(): Recorder['outcomes'] {
    return this.#warmup.recorder.outcomes;
  }

  /** How many connections each address got, of names that have several. */
  get addresses(): ReadonlyMap<string, number> {
    return this.#context.addresses;
  }

  /** Opens the connections and warms them up; what fails here fails again, as rows, in the load. */
  prepare(): Promise<void> {
    return this.#unlessAbandoned(() => this.#prepare());
  }

  async #prepare(): Promise<void> {
    const { keepAlive, warmupMessages, meet, seed } = this.plan;
    if (meet !== undefined) this.met = await this.#meet(meet);
    const random = createRandom(`${seed}/addresses`);
    this.#context.targets = await Promise.all(
      this.#context.targets.flat().map((target) => targetsByAddress(target, random)),
    );
    if (keepAlive) await openAll(this.#callers);
    if (warmupMessages > 0) {
      for (const caller of this.#callers) caller.enter(this.#warmup);
      await warmUp(this.#callers, warmupMessages, this.#alarm);
      this.#warmup.recorder.flush();
      this.#context.connectErrors.clear();
      if (keepAlive) await openAll(this.#callers.filter((caller) => !caller.isOpen));
    }
    for (const caller of this.#callers) caller.enter(this.#stage);
    if (keepAlive) this.#context.onIdleClose = (caller) => setTimeout(() => this.#reopen(caller), REOPEN_MS);
    collectGarbage();
  }

  /** Before any connection that is kept. Ids have the turn in them: none occurs twice. */
  #meet(replicas: number): Promise<number | null> {
    const { recorder, words } = this.#warmup;
    return meetReplicas(this.#callers, replicas, {
      alarm: this.#alarm,
      enter: (caller, turn) =>
        caller.enter({
          recorder,
          words: { ...words, requestIdPrefix: `${words.requestIdPrefix}.${turn}` },
        }),
      seen: () => ({
        named: recorder.replicas.all.length,
        answered: recorder.outcomes.answered + recorder.outcomes.rejected,
      }),
    });
  }

  /** Runs the load from the instant `atUs` on; resolves when every request is over and its row is with the file. */
  async run(atUs: number): Promise<void> {
    const flushing = setInterval(() => this.measured.flush(), FLUSH_MS);
    try {
      await this.#unlessAbandoned(() => this.#load(atUs));
      this.measured.flush();
    } finally {
      clearInterval(flushing);
      this.close();
    }
  }

  async #load(atUs: number): Promise<void> {
    await new Promise<void>((resolve) => this.#alarm.at(atUs, resolve));
    this.#context.onIdleClose = undefined;
    await (this.plan.load.kind === 'closed' ? this.#runClosed() : this.#runOpen(atUs));
  }

  /** Sends nothing more. What is in flight gets a moment to be answered; its rows are written either way. */
  stop(): void {
    this.#stop?.();
    setTimeout(() => {
      for (const caller of this.#callers) caller.stop();
    }, STOP_GRACE_MS).unref();
  }

  /** Drops the trial wherever it stands: nothing more is sent, no row is written, and whoever waits for it gets `cause`. */
  abandon(cause: Error): void {
    this.close();
    this.#abandoned.abort(cause);
  }

  /** As `work`, until the trial is abandoned: from then on no caller reports, and `work` would wait for them forever. */
  async #unlessAbandoned(work: () => Promise<void>): Promise<void> {
    const { signal } = this.#abandoned;
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      work().then(resolve, reject);
    });
  }

  /** Closes all connections. */
  close(): void {
    this.#alarm.clear();
    this.#context.deadlines.close();
    this.#context.onIdleClose = undefined;
    for (const caller of this.#callers) caller.close();
  }

  #reopen(caller: Caller): void {
    if (this.#context.onIdleClose && !caller.isOpen) caller.open();
  }

  #runClosed(): Promise<void> {
    const { load, seed } = this.plan;
    if (load.kind !== 'closed') throw new Error('not a closed loop');
    return new Promise((resolve) => {
      this.active = this.#callers.length;
      const clients = this.#callers.map(
        (caller) =>
          new ClosedClient(caller, load, this.#alarm, seed, () => {
            this.spans.push(caller.span);
            if (--this.active === 0) resolve();
          }),
      );
      this.#stop = () => {
        for (const client of clients) client.stop();
      };
      for (const client of clients) client.start();
    });
  }

  #runOpen(atUs: number): Promise<void> {
    const { load } = this.plan;
    if (load.kind !== 'open') throw new Error('not an open loop');
    return new Promise((resolve) => {
      const loop = new OpenLoop(this.#context, load, this.#stage, this.#alarm, this.#callers, resolve);
      this.#stop = () => loop.stop();
      loop.start(atUs);
    });
  }
}

/** The numbers of the clients of this share, or of the connections that an open loop opens ahead. */
function callerNumbers({ load, keepAlive }: AgentPlan): number[] {
  if (load.kind === 'closed') {
    const { first, stride, count } = load.clients;
    return Array.from({ length: count }, (_, i) => first + i * stride);
  }
  const { ratePerSecond, shares, share, maxConnections } = load;
  const wanted = keepAlive ? Math.max(1, Math.ceil((ratePerSecond / shares) * AHEAD_SECONDS)) : 1;
  return Array.from({ length: Math.min(maxConnections, wanted) }, (_, i) => share + 1 + i * shares);
}
