import { type Outcome, outcomes, textCell } from '@escala/model';
import type { SentKind } from '../http/request-kinds.ts';
import type { RequestWords } from '../http/request-text.ts';
import { CHUNK_BYTES, type RowFile } from './row-file.ts';

/** The cells of a row that are the same for all requests of one client, as bytes. */
export interface RowStart {
  readonly id: Buffer;
  readonly cells: Buffer;
}

/** One request that is over. Times in µs since the epoch; `undefined` is an empty cell. */
export interface RequestEnd {
  message: number;
  intendedUs: number | undefined;
  sentUs: number | undefined;
  doneUs: number;
  latencyUs: number | undefined;
  status: number | undefined;
  outcome: Outcome;
  replicaCell: Buffer | undefined;
  bytes: number;
  kind: SentKind | undefined;
}

const COMMA = 44;
const LF = 10;
const MINUS = 45;
const ZERO = 48;
/** Eleven numbers and words at their longest; the rest of a row is measured. */
const ROW_BYTES_MAX = 256;

const outcomeBytes = new Map(outcomes.map((outcome) => [outcome, Buffer.from(outcome)]));

export function rowStart({ run, cell, requestIdPrefix }: RequestWords, client: number): RowStart {
  return {
    id: Buffer.from(`${requestIdPrefix}.${client}.`),
    cells: Buffer.from(`,${textCell(run)},${textCell(cell)},${client},`),
  };
}

/**
 * Writes rows as bytes, without making strings: at seventy thousand rows a second, strings of sixteen digits would be a
 * tenth of the work. Whole rows go to the file when a piece is full, or when `flush` says so.
 */
export class RowWriter {
  readonly #file: RowFile | undefined;
  #bytes: Buffer;
  #at = 0;

  /** Without a file the rows are counted elsewhere and kept nowhere. */
  constructor(file: RowFile | undefined) {
    this.#file = file;
    this.#bytes = file ? Buffer.allocUnsafe(CHUNK_BYTES) : Buffer.alloc(0);
  }

  write(start: RowStart, end: RequestEnd): void {
    if (this.#file === undefined) return;
    const kindCell = end.kind?.cell;
    const variable =
      start.id.length + start.cells.length + (end.replicaCell?.length ?? 0) + (kindCell?.length ?? 0);
    this.#makeRoom(variable + ROW_BYTES_MAX);
    this.#copy(start.id);
    this.#integer(end.message);
    this.#copy(start.cells);
    this.#integer(end.message);
    this.#cell(end.intendedUs);
    this.#cell(end.sentUs);
    this.#cell(end.doneUs);
    this.#cell(end.latencyUs);
    this.#cell(end.status);
    this.#bytes[this.#at++] = COMMA;
    this.#copy(outcomeBytes.get(end.outcome) as Buffer);
    this.#bytes[this.#at++] = COMMA;
    if (end.replicaCell !== undefined) this.#copy(end.replicaCell);
    this.#cell(end.bytes);
    this.#bytes[this.#at++] = COMMA;
    if (kindCell !== undefined) this.#copy(kindCell);
    this.#bytes[this.#at++] = LF;
  }

  /** Hands all rows so far to the file. */
  flush(): void {
    if (this.#at === 0) return;
    this.#file?.append(this.#bytes.subarray(0, this.#at));
    this.#bytes = Buffer.allocUnsafe(CHUNK_BYTES);
    this.#at = 0;
  }

  #makeRoom(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    this.flush();
    if (bytes > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(bytes);
  }

  #copy(bytes: Buffer): void {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #cell(value: number | undefined): void {
    this.#bytes[this.#at++] = COMMA;
    if (value !== undefined) this.#integer(value);
  }

  /** A whole number. Those beyond 32 bits are cut in two, because division of small integers is cheap. */
  #integer(value: number): void {
    if (value < 0) {
      this.#bytes[this.#at++] = MINUS;
      this.#integer(-value);
      return;
    }
    if (value < 1_000_000_000) {
      this.#digits(value, digitCount(value));
      return;
    }
    const high = Math.floor(value / 100_000_000);
    this.#integer(high);
    this.#digits(value - high * 100_000_000, 8);
  }

  #digits(value: number, count: number): void {
    const bytes = this.#bytes;
    let rest = value | 0;
    for (let i = this.#at + count - 1; i >= this.#at; i--) {
      const tenth = (rest / 10) | 0;
      bytes[i] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.#at += count;
  }
}

function digitCount(value: number): number {
  let count = 1;
  for (let power = 10; power <= value; power *= 10) count++;
  return count;
}
