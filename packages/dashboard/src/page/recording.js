import { apply, nameOf, newState } from './study-state.js';

/**
 * All events of the stream, and the state at the moment that the page shows. Forward, new events are applied; backward,
 * all are folded again from the beginning, which takes milliseconds for a study of hours.
 */
export class Recording {
  /** @type {any} */
  #study = null;
  /** @type {any[]} */
  #events = [];
  #applied = 0;
  /** @type {Map<string, any> | null} */
  #verdicts = null;
  /** @type {import('./study-state.js').State | null} */
  state = null;

  /** Seconds of the newest event. */
  get endS() {
    return this.#events.at(-1)?.s ?? 0;
  }

  /** When the newest event happened, µs since the epoch. */
  get newestUs() {
    return this.#events.at(-1)?.atUs ?? 0;
  }

  /** @param {any} study */
  begin(study) {
    [this.#study, this.#events, this.#verdicts] = [study, [], null];
    this.#rewind();
  }

  /** @param {any} event */
  add(event) {
    this.#events.push(event);
  }

  /** Verdicts of results.json; they fall where a trial finished, in a replay too. @param {any[]} trials */
  knowVerdicts(trials) {
    this.#verdicts = new Map(trials.map((trial) => [nameOf(trial), trial]));
    this.#rewind();
  }

  /** The state after all events up to `s`. @param {number} s */
  moveTo(s) {
    if (this.#applied > 0 && (this.#events[this.#applied - 1]?.s ?? 0) > s) this.#rewind();
    while (this.#applied < this.#events.length && this.#events[this.#applied].s <= s) {
      if (this.state) apply(this.state, this.#events[this.#applied]);
      this.#applied++;
    }
    return this.state;
  }

  #rewind() {
    this.#applied = 0;
    this.state = this.#study && newState(this.#study);
    if (this.state) this.state.verdicts = this.#verdicts;
  }
}
