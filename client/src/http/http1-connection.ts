import { readSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type SecureContext } from 'node:tls';
import type { ReplicaPlace, RequestMix, TlsTexts } from '@escala/model';
import { AnswerParser } from './answer-parser.ts';
import type { Connection, OpeningListener, SendListener } from './connection.ts';
import { brokenAnswer, closedEarly, type Failure, failureOf } from './failure.ts';
import { MixedText } from './mixed-text.ts';
import type { RequestOrder } from './request-kinds.ts';
import { type Lookup, type RequestTarget, serverName } from './request-target.ts';
import { MessageText, type RequestText, type RequestWords, type TextSettings } from './request-text.ts';

interface Http1Settings extends TextSettings {
  readonly mix?: RequestMix;
  /** Undefined without a mix. */
  readonly order: RequestOrder | undefined;
  readonly insecure: boolean;
  readonly replicaFrom?: ReplicaPlace;
  readonly tls?: TlsTexts;
  /** Of `tls`; one for all connections. */
  readonly secureContext: SecureContext | undefined;
  readonly lookup: Lookup;
  /** How many connections each address got, of names that have several. */
  readonly addresses: Map<string, number>;
}

/**
 * All connections read into this buffer: each read is used up before the next one begins, so ten thousand connections
 * need one buffer.
 */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

/** HTTP/1.1 on a bare socket, which is never used again after something unexpected was seen on it. */
export class Http1Connection implements Connection {
  state: Connection['state'] = 'closed';
  readonly client: number;
  readonly #settings: Http1Settings;
  readonly #chooseTarget: () => RequestTarget;
  readonly #parser: AnswerParser;
  readonly #texts = new Map<RequestTarget, RequestText>();
  #words: RequestWords | undefined;
  #target: RequestTarget | undefined;
  #text: RequestText | undefined;
  #socket: Socket | undefined;
  /** What a socket tells counts as long as it is this one's number. */
  #socketNumber = 0;
  #opening: OpeningListener | undefined;
  #sending: SendListener | undefined;
  #failure: Failure | undefined;

  constructor(settings: Http1Settings, chooseTarget: () => RequestTarget, client: number) {
    this.client = client;
    this.#settings = settings;
    this.#chooseTarget = chooseTarget;
    this.#parser = new AnswerParser(settings.replicaFrom?.header);
  }

  /** The text is put together here, so that a first request is sent as fast as any other. */
  use(words: RequestWords): void {
    this.#words = words;
    this.#texts.clear();
    if (this.#target) this.#text = this.#textFor(this.#target, words);
  }

  open(listener: OpeningListener): void {
    this.close();
    const target = this.#chooseTarget();
    const number = ++this.#socketNumber;
    const isCurrent = () => number === this.#socketNumber;
    this.state = 'opening';
    this.#opening = listener;
    this.#failure = undefined;
    this.#target = target;
    if (this.#words) this.#text = this.#textFor(target, this.#words);
    this.#socket = openSocket(target, this.#settings, (bytes) => isCurrent() && this.#onRead(bytes))
      .on(target.secure ? 'secureConnect' : 'connect', () => isCurrent() && this.#onOpened(target))
      .on('error', (error) => {
        if (isCurrent()) this.#failure ??= failureOf(error);
      })
      .on('end', () => isCurrent() && this.#onEnd())
      .on('close', () => isCurrent() && this.#onClosed());
  }

  send(message: number, listener: SendListener): void {
    const socket = this.#socket as Socket;
    const text = this.#text as RequestText;
    this.state = 'busy';
    this.#sending = listener;
    const request = text.of(message);
    this.#parser.reset(text.isHead);
    if (text.rest === undefined) socket.write(request, 'latin1');
    else {
      this.#readBeforeEnd(socket);
      socket.cork();
      socket.write(request, 'latin1');
      for (const bytes of text.rest) socket.write(bytes);
      socket.uncork();
    }
    if (socket.writableLength > 0) this.#readBeforeEnd(socket);
  }

  close(): void {
    this.state = 'closed';
    this.#socketNumber++;
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #textFor(target: RequestTarget, words: RequestWords): RequestText {
    const text = this.#texts.get(target) ?? this.#newText(target, words);
    this.#texts.set(target, text);
    return text;
  }

  #newText(target: RequestTarget, words: RequestWords): RequestText {
    const settings = this.#settings;
    const { mix, order } = settings;
    if (mix && order) return new MixedText(target, { settings, mix, order }, words, this.client);
    return new MessageText(target, settings, words, this.client);
  }

  /**
   * A server may answer before it has read the whole request, and close: then a write fails while the answer lies unread
   * in the socket. Node would end the socket at the failed write, so what was received is read first.
   */
  #readBeforeEnd(socket: Socket): void {
    // The bytes in a socket of TLS could not be read here; and once is enough.
    if (this.#target?.secure || Object.hasOwn(socket, 'destroy')) return;
    const end = socket.destroy;
    socket.destroy = (error) => {
      const { fd = -1 } = (socket as { _handle?: { fd?: number } | null })._handle ?? {};
      if (error !== undefined && fd >= 0 && socket === this.#socket) this.#readLast(fd);
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
      this.#onRead(count);
    }
  }

  #onOpened(target: RequestTarget): void {
    if (this.state !== 'opening') return;
    this.state = 'idle';
    if (target.lookup) {
      const { addresses } = this.#settings;
      const address = this.#socket?.remoteAddress ?? '?';
      addresses.set(address, (addresses.get(address) ?? 0) + 1);
    }
    this.#opening?.onOpened();
  }

  #onRead(count: number): void {
    // Bytes without a request: the next answer could be taken for another request's.
    if (this.state !== 'busy') {
      this.#giveUp(undefined);
      return;
    }
    const parser = this.#parser;
    const end = parser.feed(readBuffer, 0, count);
    if (parser.phase === 'broken') this.#giveUp(brokenAnswer);
    else if (parser.phase === 'done') {
      // An answer that came before the whole request went: the server may not read the rest of it.
      const isSent = this.#socket?.writableLength === 0;
      this.#answer(end === count && parser.head.keepAlive && isSent && this.#settings.keepAlive);
    }
  }

  #answer(isReusable: boolean): void {
    if (isReusable) this.state = 'idle';
    else this.close();
    this.#sending?.onAnswered(this.#parser);
  }

  #onEnd(): void {
    if (this.state !== 'busy') this.#giveUp(undefined);
    else if (this.#parser.end()) this.#answer(false);
    else this.#giveUp(closedEarly);
  }

  #giveUp(failure: Failure | undefined): void {
    this.#failure ??= failure;
    this.#onClosed();
  }

  #onClosed(): void {
    const { state } = this;
    this.close();
    if (state === 'opening') this.#opening?.onClosed(this.#failure ?? closedEarly);
    else if (state === 'busy') this.#sending?.onClosed(this.#failure ?? closedEarly);
  }
}

function openSocket(target: RequestTarget, settings: Http1Settings, read: (bytes: number) => void): Socket {
  const { host, port, secure, lookup = settings.lookup } = target;
  const onread = {
    buffer: readBuffer,
    callback: (bytes: number) => {
      read(bytes);
      return true;
    },
  };
  if (!secure) return connectTcp({ host, port, noDelay: true, lookup, onread });
  const servername = settings.tls?.serverName ?? serverName(target);
  // `onread` is documented for TLS too, and is missing in the declarations.
  const options: ConnectionOptions & { onread: typeof onread } = {
    host,
    port,
    lookup,
    onread,
    rejectUnauthorized: !settings.insecure,
    ...(settings.secureContext && { secureContext: settings.secureContext }),
    ALPNProtocols: ['http/1.1'],
    ...(servername !== undefined && { servername }),
  };
  return connectTls(options).setNoDelay(true);
}
