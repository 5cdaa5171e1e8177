import type { Clock } from '@escala/model';

/** Something that must be over at `deadlineUs`. The queue alone writes these fields. */
export interface Waiting {
  deadlineUs: number;
  before: Waiting | undefined;
  after: Waiting | undefined;
  onDeadline(): void;
}

/** A timer that Node set one millisecond early is set again for this long. */
const TIMER_STEP_US = 1_000;

/**
 * Deadlines that are all equally far away, so that they come due in the order in which they were set: a linked queue
 * and one timer for its head, instead of a timer for each request.
 */
export class Deadlines {
  readonly #timeoutUs: number;
  readonly #clock: Clock;
  #head: Waiting | undefined;
  #tail: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeoutUs: number, clock: Clock) {
    this.#timeoutUs = timeoutUs;
    this.#clock = clock;
  }

  /** `waiting` must be over within the timeout from `nowUs`. It must not be in the queue. */
  add(waiting: Waiting, nowUs: number): void {
    waiting.deadlineUs = nowUs + this.#timeoutUs;
    waiting.before = this.#tail;
    waiting.after = undefined;
    if (this.#tail) this.#tail.after = waiting;
    else this.#head = waiting;
    this.#tail = waiting;
    // While a timer runs it is for an earlier deadline, and sets itself again.
    if (this.#timer === undefined) this.#arm(this.#timeoutUs);
  }

  remove(waiting: Waiting): void {
    if (waiting.before) waiting.before.after = waiting.after;
    else this.#head = waiting.after;
    if (waiting.after) waiting.after.before = waiting.before;
    else this.#tail = waiting.before;
    waiting.before = undefined;
    waiting.after = undefined;
  }

  /** Ends the timer; the process may end. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(delayUs: number): void {
    this.#timer = setTimeout(() => this.#expire(), Math.ceil(delayUs / 1_000));
  }

  #expire(): void {
    this.#timer = undefined;
    const nowUs = this.#clock.nowUs();
    for (let head = this.#head; head && head.deadlineUs <= nowUs; head = this.#head) {
      this.remove(head);
      head.onDeadline();
    }
    // What a deadline led to may have set the timer already.
    if (this.#head && this.#timer === undefined) {
      this.#arm(Math.max(TIMER_STEP_US, this.#head.deadlineUs - nowUs));
    }
  }
}
