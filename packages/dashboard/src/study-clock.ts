import type { Event } from '@escala/model';

/**
 * Seconds that the study has worked when an event happened. The time between two lives of a run (an interruption, a
 * crash, a night) does not count: figures would be mostly gap.
 */
export class StudyClock {
  #originUs: number | undefined;
  #lastUs = 0;

  secondsAt({ type, atUs }: Pick<Event, 'type' | 'atUs'>): number {
    if (this.#originUs === undefined) this.#originUs = atUs;
    else if (type === 'run-started') this.#originUs += Math.max(0, atUs - this.#lastUs);
    this.#lastUs = Math.max(this.#lastUs, atUs);
    return Math.max(0, (atUs - this.#originUs) / 1e6);
  }
}
