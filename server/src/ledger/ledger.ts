import { isDiskFull } from '@escala/model';
import type { LedgerFile, OpenedLedger } from './ledger-file.ts';

/** A request that waits for its row. `settle` is called once: when the row is on disk, or when it never will be. */
export interface RowWaiter {
  settle(state: LedgerState): void;
}

/** `open`: rows are taken. `full`: not before there is room. `failed`: never again in this process. */
export type LedgerState = 'open' | 'full' | 'failed';

/** A batch on disk: its rows, and the times of its fdatasync and of the whole commit, in µs. */
interface Commit {
  readonly rows: number;
  readonly datasyncUs: number;
  readonly commitUs: number;
}

interface LedgerOptions {
  readonly durability: 'sync' | 'async';
  readonly commitDelayMs: number;
  /** Told of every batch that was committed. */
  onCommit(commit: Commit): void;
  onState(state: LedgerState, cause: Error | undefined): void;
  nowUs(): number;
  /** Resolves when the disk takes data again. */
  untilRoom(): Promise<void>;
}

/**
 * A batch gathers until this share of all requests in flight waits for it. A commit costs the same with few rows as
 * with many. Where clients send again at once, two halves of them would take turns, and need twice as many commits.
 */
const GATHERED_SHARE = 0.9;

/**
 * Group commit: waiting rows are written and synced together, one batch at a time, and the next batch gathers
 * meanwhile and as long as more rows come. A row gets its sequence number when its batch is written, so a batch that
 * fails leaves no gap.
 */
export class Ledger {
  readonly #file: LedgerFile;
  readonly #options: LedgerOptions;
  #rows: string[] = [];
  #waiters: RowWaiter[] = [];
  #sequence: number;
  #durableBytes: number;
  #state: LedgerState = 'open';
  #flushing: Promise<void> | undefined;

  constructor(opened: OpenedLedger, options: LedgerOptions) {
    this.#file = opened.file;
    this.#options = options;
    this.#sequence = opened.sequence;
    this.#durableBytes = opened.bytes;
  }

  get state(): LedgerState {
    return this.#state;
  }

  /** The ledger's length up to its last durable row. */
  get durableBytes(): number {
    return this.#durableBytes;
  }

  get waiting(): number {
    return this.#rows.length;
  }

  /** Takes a row without its sequence number and with its line feed. */
  append(row: string, waiter: RowWaiter): void {
    if (this.#state !== 'open') {
      waiter.settle(this.#state);
      return;
    }
    this.#rows.push(row);
    this.#waiters.push(waiter);
    this.#flushing ??= this.#flush();
  }

  /** Resolves when nothing waits, and the file is closed. */
  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    let flushed: readonly RowWaiter[] = [];
    // All requests that this turn of the event loop reads share the first batch.
    await this.#gather(0);
    while (this.#rows.length > 0) {
      // The next batch goes before the flushed one is acknowledged: the disk works while those answers are written.
      const commit = this.#commit();
      acknowledge(flushed);
      flushed = await commit;
      const enough = GATHERED_SHARE * (flushed.length + this.#rows.length);
      if (this.#rows.length < enough || this.#options.commitDelayMs > 0) {
        acknowledge(flushed);
        flushed = [];
        await this.#gather(enough);
      }
    }
    this.#flushing = undefined;
    acknowledge(flushed);
  }

  /** Waits for the commit delay, or until `enough` rows wait or a turn of the event loop brought none. */
  async #gather(enough: number): Promise<void> {
    const delay = this.#options.commitDelayMs;
    if (delay > 0) return pause(delay);
    await turn();
    for (let before = -1; this.#rows.length > before && this.#rows.length < enough; ) {
      before = this.#rows.length;
      await turn();
    }
  }

  /** Commits the waiting rows, and returns their requests. A failed commit settles the requests itself, and returns none. */
  async #commit(): Promise<readonly RowWaiter[]> {
    const { durability, nowUs, onCommit } = this.#options;
    const [rows, waiters] = [this.#rows, this.#waiters];
    this.#rows = [];
    this.#waiters = [];

    const bytes = this.#encode(rows);
    const startedUs = nowUs();
    try {
      await this.#file.write(bytes, this.#durableBytes);
    } catch (error) {
      await this.#refuse(waiters, error as NodeJS.ErrnoException);
      return [];
    }
    const writtenUs = nowUs();
    try {
      if (durability === 'sync') await this.#file.datasync();
    } catch (error) {
      // After a failed sync the kernel may call the pages clean: a second try would lie, so there is none.
      this.#settle(waiters, 'failed', error as Error);
      return [];
    }
    this.#sequence += rows.length;
    this.#durableBytes += bytes.length;
    const endUs = nowUs();
    onCommit({ rows: rows.length, datasyncUs: endUs - writtenUs, commitUs: endUs - startedUs });
    return waiters;
  }

  #encode(rows: readonly string[]): Buffer {
    let text = '';
    let sequence = this.#sequence;
    for (const row of rows) text += `${++sequence},${row}`;
    return Buffer.from(text);
  }

  /** A write failed: what it left of itself is cut off, and only a full disk is waited for. */
  async #refuse(waiters: readonly RowWaiter[], cause: NodeJS.ErrnoException): Promise<void> {
    try {
      await this.#file.truncate(this.#durableBytes);
    } catch {
      this.#settle(waiters, 'failed', cause);
      return;
    }
    // There may be room later, also in a file that was too large: the row was not taken, and the file is sound.
    const full = isDiskFull(cause) || cause.code === 'EFBIG';
    this.#settle(waiters, full ? 'full' : 'failed', cause);
    if (full) void this.#options.untilRoom().then(() => this.#become('open', undefined));
  }

  #settle(waiters: readonly RowWaiter[], state: LedgerState, cause: Error): void {
    this.#become(state, cause);
    const all = [...waiters, ...this.#waiters];
    this.#rows = [];
    this.#waiters = [];
    for (const waiter of all) waiter.settle(state);
  }

  #become(state: LedgerState, cause: Error | undefined): void {
    this.#state = state;
    this.#options.onState(state, cause);
  }
}

function acknowledge(waiters: readonly RowWaiter[]): void {
  for (const waiter of waiters) waiter.settle('open');
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
