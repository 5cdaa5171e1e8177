import { Duplex, PassThrough, Writable } from 'node:stream';
import { PortForward } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';

type Socket = Exclude<Awaited<ReturnType<PortForward['portForward']>>, () => unknown>;

/**
 * One connection to a pod's port, as a stream that an HTTP client can use. It lives as long as its websocket and ends
 * with it: half-closed ones have hung, so nothing is ever half-closed here.
 */
export async function openPort(
  api: ClusterApi,
  { namespace, name }: { namespace: string; name: string },
  port: number,
): Promise<Duplex> {
  const toPod = new PassThrough();
  const connection = new PodConnection(toPod);
  const fromPod = sink((bytes) => connection.push(bytes));
  const errors = sink((bytes) => connection.destroy(new Error(`port-forward to ${name}: ${bytes}`)));
  const forward = new PortForward(api.access);
  const socket = await forward.portForward(namespace, name, [port], fromPod, errors, toPod);
  connection.follow(socket as Socket);
  return connection;
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

  follow(socket: Socket): void {
    this.#socket = socket;
    socket.onclose = () => this.destroy();
    socket.onerror = () => this.destroy(new Error('the port-forward broke'));
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
