import { type ClosedLoad, createRandom, type Random } from '@escala/model';
import type { Alarm } from './alarm.ts';
import type { Caller, CallerListener } from './caller.ts';

type Rhythm = Pick<ClosedLoad, 'messages' | 'thinkTimeUs' | 'thinkDistribution'>;

/** One client of a closed loop: sends its next message when the one before is over, after thinking. */
export class ClosedClient implements CallerListener {
  sentMessages = 0;
  readonly #caller: Caller;
  readonly #rhythm: Rhythm;
  readonly #alarm: Alarm;
  readonly #random: Random | undefined;
  readonly #finished: (client: ClosedClient) => void;
  #stopped = false;

  constructor(
    caller: Caller,
    rhythm: Rhythm,
    alarm: Alarm,
    seed: string,
    finished: (client: ClosedClient) => void,
  ) {
    this.#caller = caller;
    this.#rhythm = rhythm;
    this.#alarm = alarm;
    this.#finished = finished;
    const isRandom = rhythm.thinkTimeUs > 0 && rhythm.thinkDistribution === 'exponential';
    this.#random = isRandom ? createRandom(`${seed}/think time of ${caller.number}`) : undefined;
  }

  start(): void {
    this.#caller.listener = this;
    this.#next();
  }

  /** No further message; what is in flight is still answered. */
  stop(): void {
    this.#stopped = true;
    if (!this.#caller.isCalling) this.#finished(this);
  }

  onFree(): void {
    const { messages, thinkTimeUs } = this.#rhythm;
    if (this.sentMessages === messages || this.#stopped) {
      this.#finished(this);
      return;
    }
    if (thinkTimeUs === 0) {
      this.#next();
      return;
    }
    const thinkUs = this.#random ? this.#random.exponential(thinkTimeUs) : thinkTimeUs;
    this.#alarm.after(thinkUs, () => this.#next());
  }

  onOpened(): void {}

  #next(): void {
    if (this.#stopped) return;
    this.sentMessages++;
    this.#caller.call(this.sentMessages, undefined);
  }
}
