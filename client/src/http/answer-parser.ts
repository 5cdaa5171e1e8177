import { type AnswerHead, fieldValue, HEAD_BROKEN, HEAD_INCOMPLETE, readHead } from './answer-head.ts';
import { ChunkedBody } from './chunked-body.ts';
import type { Answer } from './connection.ts';

/** A head longer than this is broken. */
const HEAD_BYTES_MAX = 65_536;
/** So much of a body that arrives in pieces is kept, for the name of the replica. */
const BODY_START_BYTES = 1_024;

/**
 * Reads the answers of one connection, one at a time, however their bytes are cut. It keeps what a load generator must
 * know: the status, how many bytes the body had, how it began, and whether the connection can be used again.
 *
 * An answer that comes whole in one piece, as nearly all do, is read without a copy.
 */
export class AnswerParser implements Answer {
  phase: 'head' | 'length' | 'chunked' | 'until-close' | 'done' | 'broken' = 'head';
  bodyBytes = 0;
  readonly head: AnswerHead = { status: 0, contentLength: -1, chunked: false, keepAlive: true };
  /** Where the beginning of the body lies once the phase is `done`: valid until the next call. */
  body: Buffer = noBytes;
  bodyFrom = 0;
  bodyTo = 0;
  field: string | undefined;
  readonly #wanted: string | undefined;

  #isHead = false;
  #partialHead: Buffer = noBytes;
  #bodyStart: Buffer = noBytes;
  #bodyStartBytes = 0;
  #remaining = 0;
  #chunks: ChunkedBody | undefined;

  /** `wanted` is the header whose value is kept, in small letters. */
  constructor(wanted?: string) {
    this.#wanted = wanted;
  }

  get status(): number {
    return this.head.status;
  }

  /** Ready for the answer to the next request. An answer to HEAD has no body. */
  reset(isHead: boolean): void {
    this.#isHead = isHead;
    this.phase = 'head';
    this.bodyBytes = 0;
    this.bodyFrom = 0;
    this.bodyTo = 0;
    this.#bodyStartBytes = 0;
    this.#partialHead = noBytes;
  }

  /**
   * Reads `bytes` between the two positions, which stay the caller's.
   * @returns the position after the last byte of this answer: before `to` only if the phase is `done` or `broken`.
   */
  feed(bytes: Buffer, from: number, to: number): number {
    let at = from;
    if (this.phase === 'head') {
      at = this.#feedHead(bytes, from, to);
      if (at < 0) return to;
    }
    if (this.phase === 'length') return this.#feedLength(bytes, at, to);
    if (this.phase === 'chunked') return this.#feedChunks(bytes, at, to);
    if (this.phase === 'until-close') {
      this.#keepStart(bytes, at, to);
      this.bodyBytes += to - at;
      return to;
    }
    return at;
  }

  /** The connection was closed. True when that is what completes the answer. */
  end(): boolean {
    if (this.phase !== 'until-close') return false;
    this.#pointToStart();
    this.phase = 'done';
    return true;
  }

  /** Returns the position after the head in `bytes`, or a negative number when there is nothing more to read. */
  #feedHead(bytes: Buffer, from: number, to: number): number {
    if (this.#partialHead.length > 0) return this.#feedJoinedHead(bytes, from, to);
    let at = from;
    for (;;) {
      const end = readHead(bytes, at, to, this.head);
      if (end === HEAD_BROKEN || (end === HEAD_INCOMPLETE && to - at > HEAD_BYTES_MAX)) return this.#break();
      if (end === HEAD_INCOMPLETE) {
        this.#partialHead = Buffer.from(bytes.subarray(at, to));
        return -1;
      }
      if (this.#wanted !== undefined) this.field = fieldValue(bytes, at, end, this.#wanted);
      at = end;
      // Interim answers (1xx) come before the real one; 101 is final, and was not asked for.
      if (this.head.status >= 200 || this.head.status === 101) break;
    }
    this.#startBody();
    return at;
  }

  /** A head that was cut: what came before and what came now, read again as one. */
  #feedJoinedHead(bytes: Buffer, from: number, to: number): number {
    const before = this.#partialHead;
    const joined = Buffer.concat([before, bytes.subarray(from, to)]);
    this.#partialHead = noBytes;
    const end = this.#feedHead(joined, 0, joined.length);
    if (end < 0) return end;
    // The head ends in the new bytes: otherwise it would have been complete before.
    return from + end - before.length;
  }

  #startBody(): void {
    const { status, contentLength, chunked } = this.head;
    if (this.#isHead || status === 204 || status === 304 || status === 101) {
      if (status === 101) this.head.keepAlive = false;
      this.#remaining = 0;
      this.phase = 'length';
    } else if (chunked) {
      // With both, chunks win, and the connection is not trusted any further (RFC 9112, section 6.1).
      if (contentLength >= 0) this.head.keepAlive = false;
      this.#chunks ??= new ChunkedBody((bytes, from, to) => this.#keepStart(bytes, from, to));
      this.#chunks.reset();
      this.phase = 'chunked';
    } else if (contentLength >= 0) {
      this.#remaining = contentLength;
      this.phase = 'length';
    } else {
      this.head.keepAlive = false;
      this.phase = 'until-close';
    }
  }

  #feedLength(bytes: Buffer, from: number, to: number): number {
    const end = Math.min(to, from + this.#remaining);
    const isWhole = this.bodyBytes === 0 && end - from === this.#remaining;
    this.bodyBytes += end - from;
    if (isWhole) {
      this.body = bytes;
      this.bodyFrom = from;
      this.bodyTo = Math.min(end, from + BODY_START_BYTES);
      this.phase = 'done';
      return end;
    }
    this.#keepStart(bytes, from, end);
    this.#remaining -= end - from;
    if (this.#remaining === 0) {
      this.#pointToStart();
      this.phase = 'done';
    }
    return end;
  }

  #feedChunks(bytes: Buffer, from: number, to: number): number {
    const chunks = this.#chunks as ChunkedBody;
    const end = chunks.feed(bytes, from, to);
    this.bodyBytes = chunks.dataBytes;
    if (chunks.state === 'broken') this.#break();
    else if (chunks.state === 'done') {
      this.#pointToStart();
      this.phase = 'done';
    }
    return end;
  }

  #keepStart(bytes: Buffer, from: number, to: number): void {
    const room = BODY_START_BYTES - this.#bodyStartBytes;
    if (room <= 0 || to <= from) return;
    if (this.#bodyStart.length === 0) this.#bodyStart = Buffer.allocUnsafe(BODY_START_BYTES);
    this.#bodyStartBytes += bytes.copy(
      this.#bodyStart,
      this.#bodyStartBytes,
      from,
      Math.min(to, from + room),
    );
  }

  #pointToStart(): void {
    this.body = this.#bodyStart;
    this.bodyFrom = 0;
    this.bodyTo = this.#bodyStartBytes;
  }

  #break(): number {
    this.phase = 'broken';
    return -1;
  }
}

const noBytes = Buffer.alloc(0);
