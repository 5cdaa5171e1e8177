import type { Clock } from '@escala/model';

interface Entry {
  readonly dueUs: number;
  readonly callback: () => void;
}

/** Below this the event loop is turned, as Node's timer of 1 ms fires after 1.08 ms or later. */
const TURN_US = 1_500;
/** A turn with nothing to do takes a few µs; the rest of a longer one was spent waiting for the processor. */
const IDLE_TURN_US_MAX = 50;

/**
 * A timer that is exact to a few microseconds. It sleeps until shortly before the instant, and turns the event loop for the
 * rest, so that answers are read meanwhile.
 */
export class PreciseTimer {
  /** Time in turns that did nothing but look at the clock, µs: processor time, and yet not load. */
  idleUs = 0;
  readonly #clock: Clock;
  readonly #workDone: () => number;
  /** A binary heap, the earliest first. */
  readonly #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  #isCalling = false;
  #turnFromUs = 0;
  #workBefore = 0;

  /** `workDone` grows with all that is done in other callbacks. */
  constructor(clock: Clock, workDone: () => number) {
    this.#clock = clock;
    this.#workDone = workDone;
  }

  /** Calls `callback` once, at `dueUs` or as soon after it as possible. */
  at(dueUs: number, callback: () => void): void {
    pushEntry(this.#entries, { dueUs, callback });
    if (!this.#isCalling && this.#entries[0]?.callback === callback) this.#arm();
  }

  /** Calls `callback` once, `delayUs` from now. */
  after(delayUs: number, callback: () => void): void {
    this.at(this.#clock.nowUs() + delayUs, callback);
  }

  /** Drops all callbacks that were not called yet. */
  clear(): void {
    this.#entries.length = 0;
    this.#disarm();
  }

  #arm(): void {
    this.#disarm();
    const next = this.#entries[0];
    if (next === undefined) return;
    const waitUs = next.dueUs - this.#clock.nowUs();
    if (waitUs > TURN_US) this.#timer = setTimeout(this.#wake, Math.floor((waitUs - TURN_US) / 1_000));
    else this.#takeTurn();
  }

  readonly #wake = (): void => {
    const nowUs = this.#clock.nowUs();
    if (this.#turn !== undefined) this.#noteTurn(nowUs);
    this.#isCalling = true;
    for (let next = this.#entries[0]; next && next.dueUs <= nowUs; next = this.#entries[0]) {
      popEntry(this.#entries);
      next.callback();
    }
    this.#isCalling = false;
    this.#arm();
  };

  #takeTurn(): void {
    this.#turnFromUs = this.#clock.nowUs();
    this.#workBefore = this.#workDone();
    this.#turn = setImmediate(this.#wake);
  }

  #noteTurn(nowUs: number): void {
    if (this.#workDone() > this.#workBefore) return;
    this.idleUs += Math.min(nowUs - this.#turnFromUs, IDLE_TURN_US_MAX);
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#timer = undefined;
    this.#turn = undefined;
  }
}

function pushEntry(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if ((heap[parent] as Entry).dueUs <= entry.dueUs) break;
    heap[at] = heap[parent] as Entry;
    at = parent;
  }
  heap[at] = entry;
}

function popEntry(heap: Entry[]): void {
  const last = heap.pop() as Entry;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as Entry).dueUs < (heap[child] as Entry).dueUs) child++;
    if ((heap[child] as Entry).dueUs >= last.dueUs) break;
    heap[at] = heap[child] as Entry;
    at = child;
  }
  heap[at] = last;
}
