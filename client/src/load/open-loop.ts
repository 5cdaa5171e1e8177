import { Arrivals, type OpenLoad } from '@escala/model';
import { unsent } from '../http/failure.ts';
import { rowStart } from '../rows/row-writer.ts';
import type { Alarm } from './alarm.ts';
import { Caller, type CallerListener } from './caller.ts';
import type { LoadContext } from './context.ts';
import { nextPace, type Pace } from './pacer.ts';
import type { Stage } from './stage.ts';

/**
 * Sends at the instants of a schedule, whatever is answered. A request takes a free connection, else a new one up to
 * the limit, else it waits for one; what cannot be sent within the timeout is a row `unsent`.
 */
export class OpenLoop implements CallerListener {
  readonly #context: LoadContext;
  readonly #load: OpenLoad;
  readonly #stage: Stage;
  readonly #alarm: Alarm;
  readonly #arrivals: Arrivals;
  readonly #finished: () => void;
  /** Free callers, the one that was free longest first, so that all connections stay in use. */
  readonly #free: Caller[];
  #firstFree = 0;
  readonly #callers: Caller[];
  #calling = 0;
  #startUs = 0;
  #index: number;
  #pace: Pace = { dueUs: 0, goUs: 0 };
  #waitsForCaller = false;
  #isOver = false;

  constructor(
    context: LoadContext,
    load: OpenLoad,
    stage: Stage,
    alarm: Alarm,
    callers: Caller[],
    finished: () => void,
  ) {
    this.#context = context;
    this.#load = load;
    this.#stage = stage;
    this.#alarm = alarm;
    this.#callers = callers;
    this.#free = [...callers];
    this.#finished = finished;
    this.#index = load.share;
    this.#arrivals = new Arrivals({ ...load, seed: context.plan.seed });
    for (const caller of callers) caller.listener = this;
  }

  get callers(): readonly Caller[] {
    return this.#callers;
  }

  start(startUs: number): void {
    this.#startUs = startUs;
    this.#scheduleNext(0);
    this.#sendDue();
  }

  /** Nothing more is sent; what is in flight is still answered. */
  stop(): void {
    this.#isOver = true;
    this.#finishIfDone();
  }

  onFree(caller: Caller): void {
    this.#calling--;
    this.#free.push(caller);
    if (this.#waitsForCaller) {
      this.#waitsForCaller = false;
      this.#sendDue();
    }
    this.#finishIfDone();
  }

  onOpened(): void {}

  /** Sets the alarm for the next arrival; `sentUs` is when the last one went, µs after the start. */
  #scheduleNext(sentUs: number): void {
    const dueUs = this.#arrivals.dueUs(this.#index);
    if (dueUs === undefined || this.#isOver) {
      this.#isOver = true;
      this.#finishIfDone();
      return;
    }
    this.#pace = nextPace(this.#pace, sentUs, dueUs);
    // In whole µs: added to the µs since the epoch, a fraction would be rounded, also down.
    const goUs = Math.ceil(this.#pace.goUs);
    if (goUs > this.#nowUs()) this.#alarm.at(this.#startUs + goUs, () => this.#sendDue());
  }

  /** Sends all that may go by now. */
  #sendDue(): void {
    for (;;) {
      if (this.#isOver) return;
      const nowUs = this.#nowUs();
      if (Math.ceil(this.#pace.goUs) > nowUs) return;
      if (nowUs - this.#pace.dueUs > this.#context.plan.timeoutUs) this.#leaveUnsent();
      else {
        const caller = this.#takeCaller();
        if (caller === undefined) {
          this.#waitForCaller();
          return;
        }
        this.#calling++;
        caller.call(this.#index + 1, this.#startUs + Math.floor(this.#pace.dueUs));
      }
      this.#index += this.#load.shares;
      this.#scheduleNext(nowUs);
    }
  }

  /** µs since the start. */
  #nowUs(): number {
    return this.#context.clock.nowUs() - this.#startUs;
  }

  /** Until one is free, or until it is too late for this arrival. */
  #waitForCaller(): void {
    this.#waitsForCaller = true;
    const tooLateUs = this.#startUs + Math.ceil(this.#pace.dueUs) + this.#context.plan.timeoutUs + 1;
    const index = this.#index;
    this.#alarm.at(tooLateUs, () => {
      if (this.#waitsForCaller && this.#index === index) this.#sendDue();
    });
  }

  #takeCaller(): Caller | undefined {
    if (this.#firstFree < this.#free.length) return this.#shiftFree();
    if (this.#callers.length >= this.#load.maxConnections) return undefined;
    const number = this.#load.share + 1 + this.#callers.length * this.#load.shares;
    const caller = new Caller(this.#context, number, this);
    caller.enter(this.#stage);
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
    // Nobody carried it; it is booked on the first connection, so that its id is unique by its message.
    recorder.record(rowStart(words, this.#load.share + 1), undefined, unsent.code);
  }

  #finishIfDone(): void {
    if (this.#isOver && this.#calling === 0) {
      this.#alarm.clear();
      this.#finished();
    }
  }
}
