import { closeSync, fstatSync, ftruncateSync, openSync, write, writeSync } from 'node:fs';
import { clientColumns, EscalaError, headerLine, unwritable } from '@escala/model';

/** Rows are handed to the disk in pieces of about this size. */
export const CHUNK_BYTES = 262_144;
/** Pieces that may wait for the disk. Above it the load is held up, and `delayed` tells. */
const CHUNKS_WAITING_MAX = 64;
const LF = 10;

/**
 * The file of rows. It takes whole rows and appends them in the background, so that several threads may append to the
 * same file, and a stop at any time leaves whole rows. Memory is bounded: when too much waits, `append` writes at once
 * and holds up the load, and `delayed` tells.
 *
 * `append` is called in timers and in callbacks of sockets, where no error can be caught. A problem resolves `failed` at
 * once, and is thrown by `drain` and `close`.
 */
export class RowFile {
  /** The disk could not keep up: the load was held up. */
  delayed = false;
  /** Bytes of whole rows, with the header, that are in the file. */
  writtenBytes = 0;
  /** Resolves when rows cannot be written: DISK_FULL or FOLDER_UNWRITABLE. All rows from then on are dropped. */
  readonly failed: Promise<EscalaError>;
  readonly path: string;
  readonly #descriptor: number;
  readonly #waiting: Buffer[] = [];
  #writing = false;
  #closed = false;
  readonly #fail: (problem: EscalaError) => void;
  #problem: EscalaError | undefined;
  #drained: (() => void) | undefined;

  private constructor(path: string, flags: 'w' | 'a') {
    this.path = path;
    ({ promise: this.failed, resolve: this.#fail } = Promise.withResolvers<EscalaError>());
    try {
      // Appending also where the file was just made: other threads may have written since.
      if (flags === 'w') closeSync(openSync(path, 'w'));
      this.#descriptor = openSync(path, 'a');
    } catch (cause) {
      throw problemOf(path, cause as NodeJS.ErrnoException);
    }
  }

  /** A new file that begins with the header line. */
  static create(path: string): RowFile {
    const file = new RowFile(path, 'w');
    file.append(Buffer.from(headerLine(clientColumns)));
    return file;
  }

  /** A file that `create` made, also in another thread. */
  static join(path: string): RowFile {
    return new RowFile(path, 'a');
  }

  /** Takes whole rows; the bytes must not be changed afterwards. */
  append(rows: Buffer): void {
    if (this.#problem) return;
    // Its descriptor may be another file's by now.
    if (this.#closed) throw new Error(`${this.path} is closed`);
    if (this.#waiting.length >= CHUNKS_WAITING_MAX) {
      this.delayed = true;
      this.#appendNow(rows);
      return;
    }
    this.#waiting.push(rows);
    if (!this.#writing) this.#writeNext();
  }

  /** Resolves when all rows are in the file. @throws EscalaError when they are not. */
  async drain(): Promise<void> {
    if (this.#writing) await new Promise<void>((resolve) => (this.#drained = resolve));
    if (this.#problem) throw this.#problem;
  }

  /** Writes the rows that are left and closes the file. */
  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.drain();
    } finally {
      closeSync(this.#descriptor);
    }
  }

  /** Empties the file and closes it. Its room on the disk is free when this returns, and not only when it resolves. */
  async discard(): Promise<void> {
    this.#waiting.length = 0;
    ftruncateSync(this.#descriptor);
    await this.close();
  }

  #appendNow(rows: Buffer): void {
    try {
      this.#finished(null, writeSync(this.#descriptor, rows), rows);
    } catch (cause) {
      this.#finished(cause as NodeJS.ErrnoException, 0, rows);
    }
  }

  #writeNext(): void {
    const rows = this.#waiting.shift();
    this.#writing = rows !== undefined;
    if (rows === undefined) {
      this.#drained?.();
      return;
    }
    write(this.#descriptor, rows, (error, bytes) => {
      this.#finished(error, bytes, rows);
      if (this.#problem) this.#waiting.length = 0;
      this.#writeNext();
    });
  }

  #finished(error: NodeJS.ErrnoException | null, bytes: number, rows: Buffer): void {
    if (!error && bytes === rows.length) {
      this.writtenBytes += bytes;
      return;
    }
    // A file takes less than it was given only when there is no room for more.
    this.#cutToWholeRows(rows.subarray(0, bytes));
    if (this.#problem) return;
    this.#problem = problemOf(this.path, error);
    this.#fail(this.#problem);
  }

  /** Takes the part of a row that came last off the file again. */
  #cutToWholeRows(written: Buffer): void {
    const wholeBytes = written.lastIndexOf(LF) + 1;
    this.writtenBytes += wholeBytes;
    const partBytes = written.length - wholeBytes;
    if (partBytes > 0) ftruncateSync(this.#descriptor, fstatSync(this.#descriptor).size - partBytes);
  }
}

function problemOf(path: string, error: NodeJS.ErrnoException | null): EscalaError {
  return error === null ? new EscalaError('DISK_FULL', { file: path }) : unwritable(path, error);
}
