import { connect as connectTcp, type Socket, type TcpSocketConnectOpts } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { AnswerParser } from './answer-parser.ts';
import { brokenAnswer, closedEarly, type Failure, failureOf } from './failure.ts';
import { type RequestTarget, serverName } from './request-target.ts';

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
  readonly lookup: NonNullable<TcpSocketConnectOpts['lookup']>;
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

  /** Sends one request, already complete as text of single-byte characters. The connection must be idle. */
  send(request: string): void {
    this.state = 'busy';
    this.#socket.write(request, 'latin1');
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
    else if (this.parser.phase === 'done') this.#answered(end === count && this.parser.head.keepAlive);
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
  { insecure, lookup }: ConnectionSettings,
  read: (bytes: number) => void,
): Socket {
  const { host, port, secure } = target;
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
    rejectUnauthorized: !insecure,
    ALPNProtocols: ['http/1.1'],
    ...(servername !== undefined && { servername }),
  };
  return connectTls(options).setNoDelay(true);
}
