import type { Clock } from '@escala/model';

interface Entry {
  readonly dueUs: number;
  readonly ring: () => void;
}

/** Below this the event loop is turned instead of a timer set: a timer of 1 ms fires after 1.08 ms or later. */
const TURN_US = 1_500;
/** A turn with nothing to do takes a few µs; what is longer was spent waiting for the processor. */
const IDLE_TURN_US_MAX = 50;

/**
 * Rings at an instant, to a few microseconds: it sleeps on a timer until shortly before, and turns the event loop for
 * the rest, so that answers are read meanwhile.
 */
export class Alarm {
  /** Time in turns that did nothing but look at the clock, µs: processor time, and yet not load. */
  idleUs = 0;
  readonly #clock: Clock;
  readonly #workDone: () => number;
  /** A binary heap, the earliest first. */
  readonly #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  #isRinging = false;
  #turnFromUs = 0;
  #workBefore = 0;

  /** `workDone` grows with all that is done in other callbacks. */
  constructor(clock: Clock, workDone: () => number) {
    this.#clock = clock;
    this.#workDone = workDone;
  }

  /** Calls `ring` once, at `dueUs` or as soon after it as possible. */
  at(dueUs: number, ring: () => void): void {
    pushEntry(this.#entries, { dueUs, ring });
    if (!this.#isRinging && this.#entries[0]?.ring === ring) this.#arm();
  }

  /** Calls `ring` once, `delayUs` from now. */
  after(delayUs: number, ring: () => void): void {
    this.at(this.#clock.nowUs() + delayUs, ring);
  }

  /** Forgets all that has not rung. */
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
    this.#isRinging = true;
    for (let next = this.#entries[0]; next && next.dueUs <= nowUs; next = this.#entries[0]) {
      popEntry(this.#entries);
      next.ring();
    }
    this.#isRinging = false;
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
