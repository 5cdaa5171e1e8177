import { Duplex, PassThrough, Writable } from 'node:stream';
import { EscalaError, fillEach, type Sentence, sentences, systemReason } from '@escala/model';
import { PortForward } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';

const said = sentences.lab.portForward;

type Socket = Exclude<Awaited<ReturnType<PortForward['portForward']>>, () => unknown>;

/**
 * One connection to a pod's port, as a stream that an HTTP client can use. It lives as long as its websocket and ends
 * with it: half-closed ones have hung, so nothing is ever half-closed here.
 * @throws EscalaError FORWARD_FAILED; of the API server or of who asks as for any call. The stream ends with the same.
 */
export async function openPort(
  api: ClusterApi,
  { namespace, name }: { namespace: string; name: string },
  port: number,
): Promise<Duplex> {
  const failed = (detail: Sentence | string, cause?: unknown) =>
    new EscalaError('FORWARD_FAILED', { namespace, pod: name, port, detail }, { cause });
  const toPod = new PassThrough();
  const connection = new PodConnection(toPod);
  const fromPod = sink((bytes) => connection.push(bytes));
  const errors = sink((bytes) => connection.destroy(failed(`“${String(bytes).trim()}”`)));
  const forward = new PortForward(api.access);
  try {
    const socket = await forward.portForward(namespace, name, [port], fromPod, errors, toPod);
    connection.follow(socket as Socket, () => failed(sentences.model.systemReason.reasons.ECONNRESET));
    return connection;
  } catch (cause) {
    throw cause instanceof EscalaError ? cause : failed(handshakeTrouble(cause), cause);
  }
}

/** The websocket's library gives an event with the error in it, and has no codes for what is not the system's. */
function handshakeTrouble(cause: unknown): Sentence {
  const { error = cause } = cause as { error?: unknown };
  const { message = '', code } = error as NodeJS.ErrnoException;
  const [, status] = /server response: (\d+)/.exec(message) ?? [];
  if (status !== undefined) return fillEach(said.theApiServerAnswers, { status });
  if (/handshake has timed out/.test(message)) return said.silent;
  return code === undefined ? said.foreign : systemReason(error);
}

/** The first write on each channel is empty: it carried the port's number. */
function sink(take: (bytes: Buffer) => void): Writable {
  return new Writable({
    write(bytes: Buffer, _encoding, done) {
      if (bytes.length > 0) take(bytes);
      done();
    },
  });
}

class PodConnection extends Duplex {
  readonly #toPod: PassThrough;
  #socket: Socket | undefined;

  constructor(toPod: PassThrough) {
    super({ allowHalfOpen: false });
    this.#toPod = toPod;
  }

  follow(socket: Socket, broken: () => EscalaError): void {
    this.#socket = socket;
    socket.onclose = () => this.destroy();
    socket.onerror = () => this.destroy(broken());
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#toPod.write(bytes, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket?.close();
    this.#toPod.destroy();
    done(error);
  }

  // What an HTTP agent asks of a socket that it keeps; a websocket has no such settings.
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
