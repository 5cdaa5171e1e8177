/** A named message of the stream; `data` is JSON. */
interface FeedMessage {
  readonly name: string;
  readonly data: string;
}

/**
 * All messages of the page, in order, and the listeners that wait for more. A listener is woken, and reads by position at
 * its own pace: a slow browser delays no other.
 */
export class Feed {
  #messages: FeedMessage[] = [];
  #generation = 0;
  readonly #waiting = new Set<() => void>();

  /** Counts how often the feed began anew: a position is worth nothing in another generation. */
  get generation(): number {
    return this.#generation;
  }

  at(position: number): FeedMessage | undefined {
    return this.#messages[position];
  }

  add(name: string, value: unknown): void {
    this.#messages.push({ name, data: JSON.stringify(value) });
    this.#wake();
  }

  /** Drops all messages, because another run begins. */
  startAnew(): void {
    this.#messages = [];
    this.#generation++;
    this.#wake();
  }

  /** `wake` is called once, when there is news; the returned function takes it back. */
  onNews(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}
