import { readSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { AnswerParser } from './answer-parser.ts';
import { brokenAnswer, closedEarly, type Failure, failureOf } from './failure.ts';
import { type Lookup, type RequestTarget, serverName } from './request-target.ts';

/** What happens on a connection. Each `send` is followed by exactly one of `onAnswer` and `onFailure`. */
export interface ConnectionOwner {
  onOpen(connection: Connection): void;
  /** The answer is in `connection.parser`, whose body is valid until this returns. */
  onAnswer(connection: Connection): void;
  /** The connection is gone. `failure` is absent when it was idle: then nothing failed. */
  onClose(connection: Connection, failure: Failure | undefined): void;
}

export interface ConnectionSettings {
  readonly method: string;
  readonly insecure: boolean;
  readonly lookup: Lookup;
}

/**
 * All connections read into this buffer: each read is used up before the next one begins, so ten thousand connections
 * need one buffer.
 */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

/**
 * One HTTP/1.1 connection on a bare socket, with one request in flight at most. It never sends anything twice, and it
 * is never used again after something unexpected was seen on it.
 */
export class Connection {
  state: 'opening' | 'idle' | 'busy' | 'closed' = 'opening';
  readonly target: RequestTarget;
  readonly parser: AnswerParser;
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  #failure: Failure | undefined;

  constructor(target: RequestTarget, settings: ConnectionSettings, owner: ConnectionOwner) {
    this.target = target;
    this.parser = new AnswerParser(settings.method);
    this.#owner = owner;
    this.#socket = openSocket(target, settings, (bytes) => this.#read(bytes));
    this.#socket
      .on(target.secure ? 'secureConnect' : 'connect', () => this.#opened())
      .on('error', (error) => {
        this.#failure ??= failureOf(error);
      })
      .on('end', () => this.#ended())
      .on('close', () => this.#closed());
  }

  /** The address at the other end; undefined once the connection is gone. */
  get address(): string | undefined {
    return this.#socket.remoteAddress;
  }

  /**
   * Sends one request: text of single-byte characters, and what follows it where it is large. The connection must be
   * idle.
   */
  send(request: string, rest?: readonly Buffer[]): void {
    this.state = 'busy';
    const socket = this.#socket;
    if (rest === undefined) socket.write(request, 'latin1');
    else {
      this.#readBeforeEnd();
      socket.cork();
      socket.write(request, 'latin1');
      for (const bytes of rest) socket.write(bytes);
      socket.uncork();
    }
    if (socket.writableLength > 0) this.#readBeforeEnd();
  }

  /**
   * A server may answer before it has read the whole request, and close: then a write fails while the answer lies unread
   * in the socket. Node would end the socket at the failed write, so what was received is read first.
   */
  #readBeforeEnd(): void {
    const socket = this.#socket;
    // What lies in a socket of TLS could not be read here; and once is enough.
    if (this.target.secure || Object.hasOwn(socket, 'destroy')) return;
    const end = socket.destroy;
    socket.destroy = (error) => {
      const { fd = -1 } = (socket as { _handle?: { fd?: number } | null })._handle ?? {};
      if (error !== undefined && fd >= 0) this.#readLast(fd);
      return end.call(socket, error);
    };
  }

  #readLast(fd: number): void {
    while (this.state === 'busy') {
      let count = 0;
      try {
        count = readSync(fd, readBuffer);
      } catch {
        // Nothing more lies there; the error of the write says why.
      }
      if (count === 0) return;
      this.#read(count);
    }
  }

  /** Closes the connection; the owner hears nothing more of it. */
  close(): void {
    this.state = 'closed';
    this.#socket.destroy();
  }

  #opened(): void {
    if (this.state !== 'opening') return;
    this.state = 'idle';
    this.#owner.onOpen(this);
  }

  #read(count: number): void {
    // Bytes that nobody asked for: the next answer could be taken for another request's.
    if (this.state !== 'busy') {
      this.#giveUp(undefined);
      return;
    }
    const end = this.parser.feed(readBuffer, 0, count);
    if (this.parser.phase === 'broken') this.#giveUp(brokenAnswer);
    else if (this.parser.phase === 'done') {
      // An answer that came before the whole request went: the server may not read the rest of it.
      const isSent = this.#socket.writableLength === 0;
      this.#answered(end === count && this.parser.head.keepAlive && isSent);
    }
  }

  #answered(reusable: boolean): void {
    this.state = reusable ? 'idle' : 'closed';
    if (!reusable) this.#socket.destroy();
    this.#owner.onAnswer(this);
  }

  #ended(): void {
    if (this.state !== 'busy') this.#giveUp(undefined);
    else if (this.parser.end()) this.#answered(false);
    else this.#giveUp(closedEarly);
  }

  #giveUp(failure: Failure | undefined): void {
    if (this.state === 'closed') return;
    this.#failure ??= failure;
    this.#socket.destroy();
    this.#closed();
  }

  #closed(): void {
    const { state } = this;
    if (state === 'closed') return;
    this.state = 'closed';
    const failure = this.#failure ?? closedEarly;
    this.#owner.onClose(this, state === 'idle' ? undefined : failure);
  }
}

function openSocket(
  target: RequestTarget,
  settings: ConnectionSettings,
  read: (bytes: number) => void,
): Socket {
  const { host, port, secure, lookup = settings.lookup } = target;
  const onread = {
    buffer: readBuffer,
    callback: (bytes: number) => {
      read(bytes);
      return true;
    },
  };
  if (!secure) return connectTcp({ host, port, noDelay: true, lookup, onread });
  const servername = serverName(target);
  // `onread` is documented for TLS too, and is missing in the declarations.
  const options: ConnectionOptions & { onread: typeof onread } = {
    host,
    port,
    lookup,
    onread,
    rejectUnauthorized: !settings.insecure,
    ALPNProtocols: ['http/1.1'],
    ...(servername !== undefined && { servername }),
  };
  return connectTls(options).setNoDelay(true);
}
