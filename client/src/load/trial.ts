import { createSecureContext } from 'node:tls';
import type { AgentPlan, Clock } from '@escala/model';
import type { Answer, Connection } from '../http/connection.ts';
import type { Failure } from '../http/failure.ts';
import { Http1Connection } from '../http/http1-connection.ts';
import { RequestOrder, type SentKind, sentKind } from '../http/request-kinds.ts';
import { createCachedLookup, Targets, trustSystemCertificates } from '../http/targets.ts';
import type { Measurement } from '../measure/measurement.ts';
import { Recorder } from '../measure/recorder.ts';
import type { RowFile } from '../rows/row-file.ts';
import { RowWriter } from '../rows/row-writer.ts';
import { ClosedLoop } from './closed-loop.ts';
import { collectGarbage } from './collect-garbage.ts';
import { type LoadContext, type Loop, measuredWords, type Stage, warmupWords } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { OpenLoop } from './open-loop.ts';
import { PreciseTimer } from './precise-timer.ts';
import { keepOpen, meetReplicas, openAll, warmUp } from './preparation.ts';

/** Rows go to the disk at least this often, so that little is lost when the process is killed. */
const FLUSH_MS = 500;
/** Requests in flight when the load is stopped may still be answered for this long. */
const STOP_GRACE_MS = 1_000;
/** An open loop opens connections for this much of its arrivals ahead of the start. */
const AHEAD_SECONDS = 0.02;

/** Where the rows of a trial go; without a file they are only counted. */
export interface TrialFiles {
  readonly client: RowFile | undefined;
  readonly warmup: RowFile | undefined;
}

/** What became of a request that is no part of the load. An answer's bytes are valid until the next read. */
export type ProbeEnd = { readonly answer: Answer; readonly kind: SentKind } | { readonly failure: Failure };

/** One trial: connects, warms up, waits for the agreed instant, and makes a row of every request. */
export class Trial {
  readonly plan: AgentPlan;
  readonly measured: Recorder;
  /** Why connections could not be opened ahead of the start, by the system's code. */
  readonly connectErrors = new Map<string, number>();
  /** How many connections each address got, of names that have several. */
  readonly addresses = new Map<string, number>();
  /** Replicas that fresh connections met; null where the answers name none, undefined where none were to be met. */
  met: number | null | undefined;
  readonly #context: LoadContext;
  readonly #targets: Targets;
  readonly #timer: PreciseTimer;
  /** All connections of this trial. */
  readonly #connections: Connection[] = [];
  readonly #stage: Stage;
  readonly #warmup: Stage;
  readonly #abandoned = new AbortController();
  #loop: Loop | undefined;
  #keptOpen: Disposable | undefined;

  constructor(plan: AgentPlan, files: TrialFiles, clock: Clock) {
    this.plan = plan;
    this.#targets = new Targets(plan.urls, plan.method, plan.seed);
    if (!plan.insecure && this.#targets.areSecure) trustSystemCertificates();
    for (const file of [files.client, files.warmup]) file?.failed.then((problem) => this.abandon(problem));
    this.measured = new Recorder(new RowWriter(files.client), plan.replicaFrom);
    this.#timer = new PreciseTimer(clock, () => this.measured.sent + this.measured.ended);
    this.#stage = { words: measuredWords(plan), recorder: this.measured };
    this.#warmup = {
      words: warmupWords(plan),
      recorder: new Recorder(new RowWriter(files.warmup), plan.replicaFrom),
    };
    const { mix, seed } = plan;
    const order = mix && new RequestOrder(mix.kinds, mix.clients, seed);
    const only = sentKind('', plan.expect ?? ['2xx']);
    const kindOf: LoadContext['kindOf'] = (words, client, message) =>
      order === undefined ? only : order.kindOf(client, message, words.numbering);
    const secureContext = plan.tls && createSecureContext(plan.tls);
    const settings = {
      ...plan,
      secureContext,
      order,
      lookup: createCachedLookup(),
      addresses: this.addresses,
    };
    const connect = (client: number) => {
      const connection = new Http1Connection(settings, this.#targets.chooser(client), client);
      this.#connections.push(connection);
      return connection;
    };
    const deadlines = new Deadlines(plan.timeoutUs, clock);
    this.#context = { plan, clock, timer: this.#timer, deadlines, kindOf, connect };
  }

  /** Processor time that went into waiting for the next instant of the schedule, µs. */
  get idleUs(): number {
    return this.#timer.idleUs;
  }

  /** Clients with something in flight or still to do; 0 in an open loop. */
  get active(): number {
    return this.#loop?.active ?? 0;
  }

  get spans(): Measurement['spans'] {
    return this.#loop?.spans ?? [];
  }

  get warmupOutcomes(): Recorder['outcomes'] {
    return this.#warmup.recorder.outcomes;
  }

  /** One request of the first client, before any other and with a row nowhere. */
  probe(): Promise<ProbeEnd> {
    const [client = 1] = clientNumbers(this.plan);
    const connection = this.#context.connect(client);
    const { words } = this.#warmup;
    const kind = this.#context.kindOf(words, client, 1);
    connection.use({ ...words, requestIdPrefix: `${words.requestIdPrefix}.probe` });
    return new Promise((resolve) => {
      const onClosed = (failure: Failure) => resolve({ failure });
      const onAnswered = (answer: Answer) => resolve({ answer, kind });
      connection.open({ onOpened: () => connection.send(1, { onAnswered, onClosed }), onClosed });
    });
  }

  /** Opens the connections and warms them up; what fails here fails again, as rows, in the load. */
  prepare(): Promise<void> {
    return this.#unlessAbandoned(() => this.#prepare());
  }

  async #prepare(): Promise<void> {
    const { keepAlive, warmupMessages, meet, load } = this.plan;
    const [context, warmup] = [this.#context, this.#warmup];
    const connections = clientNumbers(this.plan).map(context.connect);
    const { signal } = this.#abandoned;
    if (meet !== undefined)
      this.met = await meetReplicas(context, warmup, connections, { replicas: meet, signal });
    await this.#targets.resolve();
    if (keepAlive) await openAll(context, connections, this.connectErrors);
    if (warmupMessages > 0) {
      await warmUp(context, warmup, connections, warmupMessages);
      warmup.recorder.flush();
      this.connectErrors.clear();
      const closed = connections.filter(({ state }) => state === 'closed');
      if (keepAlive) await openAll(context, closed, this.connectErrors);
    }
    this.#loop =
      load.kind === 'closed'
        ? new ClosedLoop(context, this.#stage, connections, load)
        : new OpenLoop(context, this.#stage, connections, load);
    if (keepAlive) this.#keptOpen = keepOpen(context, connections);
    collectGarbage();
  }

  /** Runs the load from the instant `atUs` on; resolves when every request is over and its row is with the file. */
  async run(atUs: number): Promise<void> {
    const flushing = setInterval(() => this.measured.flush(), FLUSH_MS);
    try {
      await this.#unlessAbandoned(async () => {
        const loop = this.#loop;
        if (loop === undefined) throw new Error('the trial is not prepared');
        await new Promise<void>((resolve) => this.#timer.at(atUs, resolve));
        this.#keptOpen?.[Symbol.dispose]();
        await loop.run(atUs);
      });
      this.measured.flush();
    } finally {
      clearInterval(flushing);
      this.close();
    }
  }

  /** Sends nothing more. Requests in flight get a moment to be answered; their rows are written either way. */
  stop(): void {
    const loop = this.#loop;
    loop?.stop();
    setTimeout(() => loop?.giveUp(), STOP_GRACE_MS).unref();
  }

  /** Ends the trial at once: nothing more is sent, no row is written, and `prepare` or `run` throws `cause`. */
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
    this.#timer.clear();
    this.#context.deadlines.close();
    this.#keptOpen?.[Symbol.dispose]();
    for (const connection of this.#connections) connection.close();
  }
}

/** The numbers of the clients of this share, or of the connections that an open loop opens ahead. */
function clientNumbers({ load, keepAlive }: AgentPlan): number[] {
  if (load.kind === 'closed') {
    const { first, stride, count } = load.clients;
    return Array.from({ length: count }, (_, i) => first + i * stride);
  }
  const { ratePerSecond, shares, share, maxConnections } = load;
  const wanted = keepAlive ? Math.max(1, Math.ceil((ratePerSecond / shares) * AHEAD_SECONDS)) : 1;
  return Array.from({ length: Math.min(maxConnections, wanted) }, (_, i) => share + 1 + i * shares);
}
