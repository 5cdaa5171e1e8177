/** What a ledger says of one request. `times` are received_us, queue_us, service_us of its first row. */
interface LedgerEntry {
  readonly copies: number;
  readonly times: readonly [number, number, number];
}

/** Messages of one client stay below this, so client × span + message is a safe integer of its own for each request. */
const MESSAGE_SPAN = 1_000_000_000;
const INITIAL_ROWS = 1_024;

/**
 * The ledger rows of one trial by request id. Our own ids, `<prefix>.<client>.<message>`, are kept as one number each
 * and their times in typed arrays, some 80 bytes a row in all; ids of any other form are kept as text.
 */
export class LedgerIndex {
  readonly #prefix: string;
  readonly #passes: number;
  readonly #pass: number;
  readonly #positions = new Map<number | string, number>();
  #copies = new Uint8Array(INITIAL_ROWS);
  #times = new Float64Array(INITIAL_ROWS * 3);

  constructor(options: { prefix: string; passes: number; pass: number }) {
    this.#prefix = `${options.prefix}.`;
    this.#passes = options.passes;
    this.#pass = options.pass;
  }

  /** Whether the id belongs to this pass over the files. */
  isMine(id: string): boolean {
    if (this.#passes === 1) return true;
    const key = this.#keyOf(id);
    return (typeof key === 'number' ? key % this.#passes : 0) === this.#pass;
  }

  add(id: string, receivedUs: number, queueUs: number, serviceUs: number): void {
    const key = this.#keyOf(id);
    const known = this.#positions.get(key);
    if (known !== undefined) {
      this.#copies[known] = Math.min((this.#copies[known] ?? 0) + 1, 255);
      return;
    }
    const position = this.#positions.size;
    if (position === this.#copies.length) this.#grow();
    this.#positions.set(key, position);
    this.#copies[position] = 1;
    this.#times.set([receivedUs, queueUs, serviceUs], position * 3);
  }

  /** The entry of the id, once: the second time it is undefined, as for an id that is not there. */
  take(id: string): LedgerEntry | undefined {
    const key = this.#keyOf(id);
    const position = this.#positions.get(key);
    if (position === undefined) return undefined;
    this.#positions.delete(key);
    const [received = 0, queue = 0, service = 0] = this.#times.subarray(position * 3, position * 3 + 3);
    return { copies: this.#copies[position] ?? 0, times: [received, queue, service] };
  }

  get untaken(): number {
    return this.#positions.size;
  }

  #keyOf(id: string): number | string {
    if (!id.startsWith(this.#prefix)) return id;
    const dot = id.indexOf('.', this.#prefix.length);
    const client = Number(id.slice(this.#prefix.length, dot));
    const message = Number(id.slice(dot + 1));
    const isOurs = dot > 0 && Number.isInteger(client) && Number.isInteger(message) && message < MESSAGE_SPAN;
    return isOurs ? client * MESSAGE_SPAN + message : id;
  }

  #grow(): void {
    const copies = new Uint8Array(this.#copies.length * 2);
    copies.set(this.#copies);
    const times = new Float64Array(this.#times.length * 2);
    times.set(this.#times);
    this.#copies = copies;
    this.#times = times;
  }
}
