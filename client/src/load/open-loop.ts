import { Arrivals, type OpenLoad } from '@escala/model';
import type { Connection } from '../http/connection.ts';
import { unsent } from '../http/failure.ts';
import { rowStart } from '../rows/row-writer.ts';
import { Caller, type CallerListener } from './caller.ts';
import type { LoadContext, Loop, Stage } from './context.ts';

/**
 * A load that is late by less than this sends all due messages at once: a timer wakes no more finely.
 */
const SLACK_US = 2_000;
/**
 * A load that is later than that follows the schedule at this many times its speed until it has caught up. A higher speed
 * would bring a load at half of the system's capacity close to that capacity, where delays grow by themselves.
 */
const CATCH_UP_SPEED = 1.5;

/** Where a pacer stands: when the last arrival was due, and when it might go. µs after the start. */
export interface Pace {
  readonly dueUs: number;
  readonly goUs: number;
}

/**
 * When the next arrival may go, due at `dueUs`: on time as long as the load is on time. After a delay the gaps of the
 * schedule are shortened, not dropped, so that catching up makes no burst that the schedule does not have. A pure
 * function of the schedule and of the sends: `sentUs` is when the arrival before really went.
 */
export function nextPace(last: Pace, sentUs: number, dueUs: number): Pace {
  const lastUs = sentUs - last.goUs > SLACK_US ? sentUs : last.goUs;
  const goUs = Math.max(dueUs, lastUs + (dueUs - last.dueUs) / CATCH_UP_SPEED);
  return { dueUs, goUs };
}

/**
 * Sends in one turn of the event loop before answers are read again. Without this bound a late load would send on, read
 * nothing, find no connection free, open new ones, and be later still.
 */
const TURN_SENDS_MAX = 32;
/** Sends between two answers of one turn: the connection that got free may send again. */
const ANSWER_SENDS_MAX = 1;
/** To open a connection takes as long as so many sends. */
const OPENING_SENDS = 8;
/**
 * Of the open connections so many are used in turn, those for this much of the arrivals but some at least: all replicas
 * must get their part. More would only make each request dearer, and each pause of garbage collection longer.
 */
const IN_USE_SECONDS = 0.005;
const IN_USE_MIN = 64;

/**
 * Sends at the instants of a schedule, whatever is answered. A request takes a free connection, else a new one up to
 * the limit, else it waits for one; what cannot be sent within the timeout is a row `unsent`.
 */
export class OpenLoop implements Loop, CallerListener {
  readonly active = 0;
  readonly spans = [];
  readonly #context: LoadContext;
  readonly #load: OpenLoad;
  readonly #stage: Stage;
  readonly #arrivals: Arrivals;
  readonly #over = Promise.withResolvers<void>();
  /** Free callers, the one that was free longest first, so that all of them stay in use. */
  readonly #free: Caller[];
  #firstFree = 0;
  /** Open and not used yet. When none is free, one of these joins them for good. */
  readonly #spare: Caller[];
  readonly #callers: Caller[];
  #calling = 0;
  #startUs = 0;
  #index: number;
  #pace: Pace = { dueUs: 0, goUs: 0 };
  /** When the timer is due next, µs after the start. */
  #wakeUs = Number.POSITIVE_INFINITY;
  /** The last turn found no connection free, and none got free since. */
  #isStarved = false;
  #isOver = false;

  constructor(context: LoadContext, stage: Stage, connections: readonly Connection[], load: OpenLoad) {
    this.#context = context;
    this.#load = load;
    this.#stage = stage;
    this.#callers = connections.map((connection) => new Caller(context, stage, connection, this));
    const arrivals = Math.ceil((load.ratePerSecond / load.shares) * IN_USE_SECONDS);
    this.#free = this.#callers.slice(0, Math.max(IN_USE_MIN, arrivals));
    this.#spare = this.#callers.slice(this.#free.length);
    this.#index = load.share;
    this.#arrivals = new Arrivals({ ...load, seed: context.plan.seed });
  }

  run(startUs: number): Promise<void> {
    this.#startUs = startUs;
    this.#aimAtNext(0);
    this.#sendDue(TURN_SENDS_MAX);
    this.#finishIfDone();
    return this.#over.promise;
  }

  stop(): void {
    this.#isOver = true;
    this.#finishIfDone();
  }

  giveUp(): void {
    for (const caller of this.#callers) caller.stop();
  }

  onFree(caller: Caller): void {
    this.#calling--;
    this.#free.push(caller);
    this.#isStarved = false;
    this.#sendDue(ANSWER_SENDS_MAX);
    this.#finishIfDone();
  }

  /** The next arrival of the schedule; `sentUs` is when the last one went, µs after the start. */
  #aimAtNext(sentUs: number): void {
    const dueUs = this.#arrivals.dueUs(this.#index);
    if (dueUs === undefined) this.#isOver = true;
    else this.#pace = nextPace(this.#pace, sentUs, dueUs);
  }

  readonly #onTimer = (): void => {
    this.#wakeUs = Number.POSITIVE_INFINITY;
    this.#sendDue(TURN_SENDS_MAX);
    this.#finishIfDone();
  };

  /** Sends what may go by now, `sendsMax` at most, and sets the timer for the rest. */
  #sendDue(sendsMax: number): void {
    const nowUs = this.#nowUs();
    let sends = 0;
    while (sends < sendsMax && !this.#isOver && this.#goUs <= nowUs) {
      if (nowUs - this.#pace.dueUs > this.#context.plan.timeoutUs) {
        this.#leaveUnsent();
        sends++;
      } else {
        const caller = this.#takeCaller();
        if (caller === undefined) {
          this.#waitForCaller();
          return;
        }
        sends += caller.connection.state === 'idle' ? 1 : OPENING_SENDS;
        this.#calling++;
        caller.call(this.#index + 1, this.#startUs + Math.floor(this.#pace.dueUs));
      }
      this.#index += this.#load.shares;
      this.#aimAtNext(nowUs);
    }
    if (!this.#isOver) this.#wakeAt(this.#goUs);
  }

  /** In whole µs: added to the µs since the epoch, a fraction would be rounded, also down. */
  get #goUs(): number {
    return Math.ceil(this.#pace.goUs);
  }

  #wakeAt(atUs: number): void {
    if (atUs >= this.#wakeUs) return;
    this.#wakeUs = atUs;
    this.#context.timer.at(this.#startUs + atUs, this.#onTimer);
  }

  /** Until one is free. In the next turn a new one may be opened; at the limit of them, until it is too late to send. */
  #waitForCaller(): void {
    this.#isStarved = true;
    const mayOpen = this.#callers.length < this.#load.maxConnections;
    this.#wakeAt(mayOpen ? this.#goUs : Math.ceil(this.#pace.dueUs) + this.#context.plan.timeoutUs + 1);
  }

  /** µs since the start. */
  #nowUs(): number {
    return this.#context.clock.nowUs() - this.#startUs;
  }

  /**
   * The one that was free longest, else a spare one. A new one only after a turn of the event loop in which none got free:
   * then the answers are late, and not the reading of them.
   */
  #takeCaller(): Caller | undefined {
    if (this.#firstFree < this.#free.length) return this.#shiftFree();
    const spare = this.#spare.pop();
    if (spare !== undefined) return spare;
    if (!this.#isStarved || this.#callers.length >= this.#load.maxConnections) return undefined;
    const number = this.#load.share + 1 + this.#callers.length * this.#load.shares;
    const connection = this.#context.connect(number);
    const caller = new Caller(this.#context, this.#stage, connection, this);
    this.#callers.push(caller);
    return caller;
  }

  /** The first of the queue. Its array is cut only now and then, as `shift` moves all that follow. */
  #shiftFree(): Caller {
    const caller = this.#free[this.#firstFree++] as Caller;
    if (this.#firstFree > 1_024 && this.#firstFree * 2 > this.#free.length) {
      this.#free.splice(0, this.#firstFree);
      this.#firstFree = 0;
    }
    return caller;
  }

  #leaveUnsent(): void {
    const { recorder, words } = this.#stage;
    const { row } = recorder;
    row.message = this.#index + 1;
    row.intendedUs = this.#startUs + Math.floor(this.#pace.dueUs);
    row.sentUs = undefined;
    row.doneUs = this.#context.clock.nowUs();
    row.latencyUs = row.doneUs - row.intendedUs;
    row.status = undefined;
    row.outcome = unsent.outcome;
    row.replicaCell = undefined;
    row.bytes = 0;
    row.kind = this.#context.kindOf(words, this.#load.share + 1, this.#index + 1);
    // No connection sent this message. Its row names the first connection, so that the id stays unique.
    recorder.record(rowStart(words, this.#load.share + 1), undefined, unsent.code);
  }

  #finishIfDone(): void {
    if (this.#isOver && this.#calling === 0) this.#over.resolve();
  }
}
