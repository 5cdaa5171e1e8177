import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { agentApi, EscalaError } from '@escala/model';
import { STATE_AGE_MS_MAX } from './limits.ts';
import type { PodAnswer, PodHttp } from './pod-http.ts';

/**
 * An agent's address on this machine: what the lab asks here is asked of the pod. A lost port-forward is made anew
 * behind the lab's back. Answers about the state are told again for a moment, since the lab looks far more often than
 * a kubelet should be asked.
 */
export class Relay implements Disposable {
  readonly url: string;
  readonly #server: Server;
  readonly #pod: PodHttp;
  /** Why the last call broke; undefined after one that was answered. */
  trouble: EscalaError | undefined;

  private constructor(server: Server, pod: PodHttp) {
    this.#server = server;
    this.#pod = pod;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(pod: PodHttp): Promise<Relay> {
    let state: { at: number; answer: PodAnswer } | undefined;
    let relay: Relay | undefined;
    const server = createServer((incoming, outgoing) => {
      const isState = incoming.url === agentApi.state;
      if (!isState && incoming.method !== 'GET') state = undefined;
      const fresh =
        isState && state && performance.now() - state.at < STATE_AGE_MS_MAX ? state.answer : undefined;
      const answer = fresh ? Promise.resolve(fresh) : forward(incoming, pod);
      answer.then(
        (given) => {
          if (relay) relay.trouble = undefined;
          if (isState && !fresh) state = { at: performance.now(), answer: given };
          send(outgoing, given);
        },
        // The lab sees a broken connection, as it would locally, and decides.
        (cause) => {
          if (relay && cause instanceof EscalaError) relay.trouble = cause;
          outgoing.destroy();
        },
      );
    });
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(0, '127.0.0.1', resolve),
    );
    relay = new Relay(server, pod);
    return relay;
  }

  [Symbol.dispose](): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#pod[Symbol.dispose]();
  }
}

async function forward(incoming: IncomingMessage, pod: PodHttp): Promise<PodAnswer> {
  const { authorization } = incoming.headers;
  const body = await buffer(incoming);
  return pod.call({
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    headers: {
      ...(authorization && { authorization }),
      ...(body.length > 0 && { 'content-length': String(body.length) }),
    },
    body,
  });
}

function send(outgoing: ServerResponse, { status, contentType, body }: PodAnswer): void {
  outgoing.writeHead(status, { 'content-type': contentType, 'content-length': body.length }).end(body);
}
