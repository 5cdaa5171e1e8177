import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError, fillEach, type Sentence, sentences, systemReason } from '@escala/model';
import type { ClusterApi } from './cluster-api.ts';
import { FORWARD_TRY_MS_MAX } from './limits.ts';
import { openPort } from './port-forward.ts';

/** Between two tries. */
const RETRY_MS = 300;

const at: Sentence = sentences.lab.podHttp;

interface PodCall {
  readonly method?: string;
  readonly path: string;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: Buffer;
  /** Until the last try ends. */
  readonly deadlineMs?: number;
  /** How long one try may take. */
  readonly tryMs?: number;
}

export interface PodAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** A pod's name and where it is; `isGone` says that waiting for it is in vain. */
interface PodAddress {
  readonly namespace: string;
  readonly name: string;
  readonly isGone: () => boolean;
}

/**
 * Short HTTP calls to one pod through a port-forward that is kept between calls. A call that breaks is made again on a
 * new one: everything called this way may arrive twice.
 */
export class PodHttp implements Disposable {
  readonly #agent: Agent;
  readonly #pod: PodAddress;
  readonly #forwardMs: number;
  readonly #tryMs: number;

  constructor(api: ClusterApi, pod: PodAddress, port: number) {
    this.#pod = pod;
    this.#forwardMs = api.patience.forwardMs;
    this.#tryMs = Math.min(FORWARD_TRY_MS_MAX, this.#forwardMs);
    // One connection is enough for an agent's calls in turn, and a second one for rows beside them.
    this.#agent = new Agent({ keepAlive: true, maxSockets: 2 });
    this.#agent.createConnection = ((
      _options: unknown,
      done: (error: Error | null, stream?: Duplex) => void,
    ) => {
      openPort(api, pod, port).then((stream) => done(null, stream), done);
    }) as Agent['createConnection'];
  }

  /** @throws EscalaError REPLICA_LOST with the last try's error when the deadline is over, or the pod is gone. */
  async call(call: PodCall): Promise<PodAnswer> {
    const { tryMs = this.#tryMs, deadlineMs = Math.max(this.#forwardMs, tryMs) } = call;
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      try {
        return await this.#once(call, Math.min(tryMs, deadline - performance.now()));
      } catch (cause) {
        if (this.#pod.isGone() || performance.now() + RETRY_MS >= deadline)
          throw this.lost(
            fillEach(at, { path: call.path.split('?')[0] ?? '', reason: systemReason(cause) }),
            cause,
          );
        await sleep(RETRY_MS);
      }
    }
  }

  /** The pod as a problem, with the words that show its log. */
  lost(detail: string | Sentence, cause?: unknown): EscalaError {
    const { namespace, name } = this.#pod;
    const log = `kubectl logs -n ${namespace} ${name}`;
    return new EscalaError('REPLICA_LOST', { replica: name, detail, log }, { cause });
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
