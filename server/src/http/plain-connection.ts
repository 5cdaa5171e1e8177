import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { messageApi } from '@escala/model';
import { countAnswer, json, RETRY_AFTER_SECONDS } from './answer.ts';
import type { App, OwnConnection } from './app.ts';
import { parseMessage } from './message.ts';
import { readPlainPost } from './plain-post.ts';
import { type Reply, record } from './recorder.ts';
import { type Refusal, refusalBody, refusals } from './refusals.ts';

/** Takes a connection, and what was read of it, out of our hands for good. */
type HandOver = (socket: Socket) => void;

/**
 * A connection as long as it carries nothing but plain messages, one after the other. Reading and answering them here
 * takes half of the time that `node:http` takes; at the first thing that is not plain, `node:http` gets the connection.
 */
export class PlainConnection implements Reply, OwnConnection {
  readonly #socket: Socket;
  readonly #app: App;
  readonly #handOver: HandOver;
  /** Bytes that came while a request was in flight: pipelined requests are answered in order. */
  #held: Buffer | undefined;
  #inFlight = false;
  /** The client does not read its answers; further requests wait until it does, or the idle time is up. */
  #congested = false;
  #ended = false;

  constructor(socket: Socket, app: App, handOver: HandOver) {
    this.#socket = socket;
    this.#app = app;
    this.#handOver = handOver;
    socket.setTimeout(app.limits.headerTimeMs);
    socket.on('data', this.#onData).on('end', this.#onEnd);
    socket.on('timeout', this.closeIfIdle).on('error', this.#onError);
  }

  /** A request in flight is answered first; the answer closes the connection when the server drains. */
  readonly closeIfIdle = (): void => {
    if (!this.#inFlight) this.#socket.destroy();
  };

  cut(): void {
    this.#socket.destroy();
  }

  recorded(status: number, body: string): void {
    this.#write(status === 201 ? '201 Created' : String(status), body, '');
    countAnswer(this.#app, status);
  }

  refused(refusal: Refusal): void {
    const { status } = refusals[refusal.code];
    const retry = status === 503 ? `retry-after: ${RETRY_AFTER_SECONDS}\r\n` : '';
    this.#write(`${status} ${refusal.code}`, refusalBody(refusal), retry);
    countAnswer(this.#app, status);
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#inFlight || this.#congested) {
      this.#held = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
      this.#socket.pause();
    } else {
      this.#take(chunk);
    }
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    if (!this.#inFlight) this.#socket.end();
  };

  readonly #onError = (): void => {
    this.#socket.destroy();
  };

  #take(chunk: Buffer): void {
    const plain = readPlainPost(chunk);
    const message = plain && parseMessage(chunk.subarray(plain.bodyStart, plain.bodyEnd), this.#app.limits);
    if (!message || 'code' in message) {
      this.#leave(chunk);
      return;
    }
    if (plain.bodyEnd < chunk.length) this.#held = chunk.subarray(plain.bodyEnd);
    this.#inFlight = true;
    // Only once: each read and each write restarts the timer by itself.
    if (this.#socket.timeout !== this.#app.limits.idleTimeMs) {
      this.#socket.setTimeout(this.#app.limits.idleTimeMs);
    }
    const request = {
      requestId: plain.requestId ?? randomUUID(),
      message,
      method: 'POST',
      path: messageApi.messages,
      status: 201,
      receivedUs: this.#app.nowUs(),
    } as const;
    record(request, this, this.#app);
  }

  #leave(chunk: Buffer): void {
    const socket = this.#socket;
    socket.pause().setTimeout(0);
    socket.off('data', this.#onData).off('end', this.#onEnd);
    socket.off('timeout', this.closeIfIdle).off('error', this.#onError);
    socket.unshift(chunk);
    this.#handOver(socket);
    socket.resume();
  }

  #write(status: string, body: string, headers: string): void {
    const close = this.#app.draining ? 'connection: close\r\n' : '';
    this.#inFlight = false;
    const flushed = this.#socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: ${json}\r\n${headers}${close}date: ${httpDate(this.#app.nowUs())}\r\n` +
        `content-length: ${body.length}\r\n\r\n${body}`,
      'latin1',
    );
    if (this.#app.draining || (this.#ended && !this.#held)) this.#socket.end();
    else if (!flushed) this.#waitForReader();
    else if (this.#held) this.#goOn();
  }

  #waitForReader(): void {
    this.#congested = true;
    this.#socket.once('drain', () => {
      this.#congested = false;
      if (this.#held && !this.#inFlight) this.#goOn();
    });
  }

  #goOn(): void {
    const held = this.#held as Buffer;
    this.#held = undefined;
    // Not from within the answer to the request before: pipelined requests must not pile up on the stack.
    setImmediate(() => {
      if (this.#socket.destroyed) return;
      this.#socket.resume();
      this.#onData(held);
    });
  }
}

let [dateSecond, dateText] = [0, ''];

/** The date header's value; its text changes once a second. */
function httpDate(nowUs: number): string {
  const second = Math.floor(nowUs / 1e6);
  if (second !== dateSecond) [dateSecond, dateText] = [second, new Date(second * 1_000).toUTCString()];
  return dateText;
}
