import type { Failure } from './failure.ts';
import type { RequestWords } from './request-text.ts';

/** An answer. Its bytes are valid until `onAnswered` returns: the next read of any connection overwrites them. */
export interface Answer {
  readonly status: number;
  /** Of the whole body. */
  readonly bodyBytes: number;
  /** The beginning of the body lies between the two positions. */
  readonly body: Buffer;
  readonly bodyFrom: number;
  readonly bodyTo: number;
  /** The value of the header that was asked for; undefined where none was, or where the answer has none. */
  readonly field?: string | undefined;
}

/** Each opening calls exactly one of the two, once; none after `close`. */
export interface OpeningListener {
  onOpened(): void;
  onClosed(failure: Failure): void;
}

/** Each send calls exactly one of the two, once; none after `close`. */
export interface SendListener {
  /** The connection is idle or closed by now. */
  onAnswered(answer: Answer): void;
  onClosed(failure: Failure): void;
}

/**
 * The connection of one client, in whatever protocol. It has one request in flight at most, and never sends anything
 * twice. A server that closes it while it is idle fails nothing: only the state tells.
 */
export interface Connection {
  /** The client's number. */
  readonly client: number;
  readonly state: 'closed' | 'opening' | 'idle' | 'busy';
  /** The requests from now on carry `words`. */
  use(words: RequestWords): void;
  /** Opens the connection anew. */
  open(listener: OpeningListener): void;
  /** Sends one message. The connection must be idle. */
  send(message: number, listener: SendListener): void;
  close(): void;
}
