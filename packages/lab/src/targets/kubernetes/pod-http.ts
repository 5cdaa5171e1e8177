import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterApi } from './cluster-api.ts';
import { FORWARD_MS_MAX, FORWARD_TRY_MS_MAX } from './limits.ts';
import { openPort } from './port-forward.ts';

/** Between two tries. */
const RETRY_MS = 300;

export interface PodCall {
  readonly method?: string;
  readonly path: string;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: Buffer;
  readonly deadlineMs?: number;
}

export interface PodAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/**
 * Short HTTP calls to one pod through a port-forward that is kept between calls. A call that breaks is made again on a
 * new one: everything called this way may arrive twice.
 */
export class PodHttp implements Disposable {
  readonly #agent: Agent;

  constructor(api: ClusterApi, pod: { namespace: string; name: string }, port: number) {
    // One connection is enough for an agent's calls in turn, and a second one for rows beside them.
    this.#agent = new Agent({ keepAlive: true, maxSockets: 2 });
    this.#agent.createConnection = ((
      _options: unknown,
      done: (error: Error | null, stream?: Duplex) => void,
    ) => {
      openPort(api, pod, port).then(
        (stream) => done(null, stream),
        (error) => done(asError(error)),
      );
    }) as Agent['createConnection'];
  }

  /** @throws the last try's error when the deadline is over. */
  async call(call: PodCall): Promise<PodAnswer> {
    const deadline = performance.now() + (call.deadlineMs ?? FORWARD_MS_MAX);
    for (;;) {
      try {
        return await this.#once(call, Math.min(FORWARD_TRY_MS_MAX, deadline - performance.now()));
      } catch (error) {
        if (performance.now() + RETRY_MS >= deadline) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  async #once({ method = 'GET', path, headers = {}, body }: PodCall, timeoutMs: number): Promise<PodAnswer> {
    const signal = AbortSignal.timeout(Math.max(1, Math.round(timeoutMs)));
    const options = { agent: this.#agent, host: 'pod', method, path, headers, signal };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(options, resolve).on('error', reject).end(body);
    });
    const contentType = response.headers['content-type'] ?? 'application/octet-stream';
    return { status: response.statusCode ?? 502, contentType, body: await buffer(response) };
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

/** A websocket's error event carries its cause; a plain error is one. */
function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  const { error: cause, message } = error as { error?: Error; message?: string };
  return cause ?? new Error(message ?? 'the port-forward could not be made');
}
