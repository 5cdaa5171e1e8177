/** A named message of the stream; `data` is JSON. */
interface FeedMessage {
  readonly name: string;
  readonly data: string;
}

/**
 * Everything that the page was told, in order, and those who wait for more. A listener reads at its own pace by
 * position; it is woken, never written to, so a slow browser holds nobody up.
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

  /** Forgets everything: the run is another one. */
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
