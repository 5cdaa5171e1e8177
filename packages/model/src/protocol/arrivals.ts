import { createRandom } from './random.ts';

/** What decides an open loop's schedule. */
export interface ArrivalProcess {
  readonly ratePerSecond: number;
  /** `uniform` is evenly spaced; `poisson` has independent exponential gaps. */
  readonly arrivals: 'poisson' | 'uniform';
  readonly durationUs: number;
  readonly seed: string;
}

/** Arrivals whose gaps come from one stream of random numbers. */
const BLOCK_SIZE = 1_024;

/**
 * The schedule of an open loop. The instant of an arrival depends on the process and the arrival's number alone, so
 * that everyone who shares the load, and whoever checks it later, has the same schedule. Memory: 8 bytes for 1024
 * arrivals, and two blocks.
 */
export class Arrivals {
  readonly #process: ArrivalProcess;
  readonly #gapUs: number;
  /** Where each block of a Poisson schedule begins, µs. */
  readonly #blockStarts: number[] = [0];
  #block = -1;
  readonly #offsets = new Float64Array(BLOCK_SIZE);

  constructor(process: ArrivalProcess) {
    this.#process = process;
    this.#gapUs = 1_000_000 / process.ratePerSecond;
  }

  /** When arrival `index` (from 0) is due, µs after the start; undefined when it lies after the end. */
  dueUs(index: number): number | undefined {
    const dueUs = this.#process.arrivals === 'uniform' ? index * this.#gapUs : this.#poissonUs(index);
    return dueUs < this.#process.durationUs ? dueUs : undefined;
  }

  /** All arrivals before the end. It walks through a Poisson schedule. */
  count(): number {
    const { arrivals, durationUs } = this.#process;
    // The smallest index at or after the end; the guess is corrected where division was not exact.
    let index = arrivals === 'uniform' ? Math.max(0, Math.floor(durationUs / this.#gapUs) - 1) : 0;
    while (this.dueUs(index) !== undefined) index++;
    return index;
  }

  #poissonUs(index: number): number {
    const block = Math.floor(index / BLOCK_SIZE);
    if (block !== this.#block) this.#load(block);
    return (this.#blockStarts[block] as number) + (this.#offsets[index % BLOCK_SIZE] as number);
  }

  /** Fills in `block`, and before it the blocks whose lengths decide where it begins. */
  #load(block: number): void {
    const firstUnknown = this.#blockStarts.length - 1;
    for (let i = Math.min(firstUnknown, block); i <= block; i++) {
      this.#blockStarts[i + 1] = (this.#blockStarts[i] as number) + this.#fill(i);
    }
    this.#block = block;
  }

  /** Draws the gaps of one block; returns its length in µs. */
  #fill(block: number): number {
    const random = createRandom(`${this.#process.seed}/arrivals ${block}`);
    let at = 0;
    for (let i = 0; i < BLOCK_SIZE; i++) {
      at += random.exponential(this.#gapUs);
      this.#offsets[i] = at;
    }
    return at;
  }
}
