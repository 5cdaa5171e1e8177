import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError } from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import {
  type ApiAnswer,
  ApiError,
  type Asked,
  type Change,
  changeIn,
  type ListPage,
  linesOf,
  type Needs,
  namedIn,
  objectIn,
  pageIn,
  removedIn,
  requireDone,
  whole,
} from './api-answer.ts';
import { ClusterAccess } from './cluster-access.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { readKubeconfig } from './kubeconfig.ts';
import {
  AWAY_MS_MAX,
  CALL_MS_MAX,
  CALL_RETRY_MS,
  ENDPOINTS_MS_MAX,
  FORWARD_MS_MAX,
  GONE_MS_MAX,
  PODS_READY_MS_MAX,
  WATCH_SILENCE_MS_MAX,
} from './limits.ts';

interface Call {
  readonly body?: unknown;
  readonly contentType?: string;
  /** The call is made once: a late answer is of no use. */
  readonly once?: boolean;
  /** Fields that the answer has to have, by path. */
  readonly needs?: Needs;
}

/** How long the API server is waited for, in milliseconds. */
export interface ApiPatience {
  /** One call, from the first byte out to the last byte in. */
  readonly callMs: number;
  /** How long a server that has answered before may be away. */
  readonly awayMs: number;
  /** Between two tries. */
  readonly retryMs: number;
  /** Until what was removed is gone. */
  readonly goneMs: number;
  /** Until the pods that a study made are ready. */
  readonly podsMs: number;
  /** Until their Service knows them. */
  readonly endpointsMs: number;
  /** Until a call through a port-forward is given up. */
  readonly forwardMs: number;
}

const usual: ApiPatience = {
  callMs: CALL_MS_MAX,
  awayMs: AWAY_MS_MAX,
  retryMs: CALL_RETRY_MS,
  goneMs: GONE_MS_MAX,
  podsMs: PODS_READY_MS_MAX,
  endpointsMs: ENDPOINTS_MS_MAX,
  forwardMs: FORWARD_MS_MAX,
};

/** Problems of a server that is starting, overloaded or away; what it refuses stays refused. */
const passing: ReadonlySet<string> = new Set(['CLUSTER_FAILS', 'CLUSTER_STRANGE', 'CLUSTER_UNREACHABLE']);

type Read<T> = (answer: ApiAnswer, asked: Asked) => T;

/**
 * Plain calls to the API server with kubectl's configuration. Objects go out as the YAML files have them: the typed
 * client drops fields that it does not know, such as a policy's `from`. Nothing that comes back is trusted: every call
 * gives a value of the form that was asked for, or throws a problem that a person can read.
 */
export class ClusterApi {
  readonly access: ClusterAccess;
  readonly context: string;
  readonly #server: URL;
  readonly patience: ApiPatience;
  #hasAnswered = false;
  /** The API server's clock minus this machine's, as its last answer told; it tells whole seconds. */
  #clockOffsetMs = 0;

  constructor(access: ClusterAccess, patience: Partial<ApiPatience> = {}) {
    this.access = access;
    this.context = access.context;
    this.#server = new URL(access.server);
    this.patience = { ...usual, ...patience };
  }

  /** @throws EscalaError KUBECONFIG_MISSING, KUBECONFIG_INVALID, CONTEXT_UNSET, CLUSTER_UNKNOWN. */
  static connect(context: string | undefined, patience?: Partial<ApiPatience>): ClusterApi {
    return new ClusterApi(new ClusterAccess(readKubeconfig(process.env, context)), patience);
  }

  /** The answer's bytes, for what is no JSON: logs and the kubelets' pages. */
  bytes(path: string, call: Call = {}): Promise<Buffer> {
    return this.#call('GET', path, call, ({ bytes }) => bytes);
  }

  /** An object whose parts have the form that Kubernetes gives them; which parts there are is for the caller to ask. */
  json<T>(method: string, path: string, call: Call = {}): Promise<T> {
    return this.#call(method, path, call, (answer, asked) => objectIn(answer, asked, call.needs) as T);
  }

  /** The API server's clock, which all that use it share: the clock of a machine may be wrong. */
  get nowMs(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  /** The API server's version, such as `v1.34.1`. */
  async version(): Promise<string> {
    const needs = { gitVersion: 'string' } as const;
    return (await this.json<{ gitVersion: string }>('GET', '/version', { needs })).gitVersion;
  }

  /** @throws ApiError, also where an object of this name is there. */
  create<T extends KubernetesObject>(path: string, body: KubernetesObject): Promise<T> {
    return this.#call('POST', path, { body }, namedIn<T>);
  }

  async list<T extends KubernetesObject>(path: string, query: Record<string, string> = {}): Promise<T[]> {
    return (await this.page<T>(path, query)).items;
  }

  /** A list, and the version of the cluster that it shows. */
  page<T extends KubernetesObject>(
    path: string,
    query: Record<string, string>,
    call: Call = {},
  ): Promise<ListPage<T>> {
    const words = new URLSearchParams(query).toString();
    return this.#call('GET', `${path}${words && `?${words}`}`, call, pageIn<T>);
  }

  /** Creates the object or changes it into this (server-side apply); fields of others are kept. */
  apply<T extends KubernetesObject>(path: string, object: KubernetesObject): Promise<T> {
    const name = encodeURIComponent(object.metadata?.name ?? '');
    const call = { body: object, contentType: 'application/apply-patch+yaml' };
    return this.#call('PATCH', `${path}/${name}?fieldManager=escala&force=true`, call, namedIn<T>);
  }

  /** What the API server would warn of if the object were applied; nothing is changed. */
  warnings(path: string, object: KubernetesObject): Promise<string> {
    const name = encodeURIComponent(object.metadata?.name ?? '');
    const call = { body: object, contentType: 'application/apply-patch+yaml' };
    const words = 'fieldManager=escala&force=true&dryRun=All';
    return this.#call('PATCH', `${path}/${name}?${words}`, call, ({ headers }) =>
      String(headers['warning'] ?? ''),
    );
  }

  /** True where it was there. */
  async remove(path: string, options: { graceSeconds?: number } = {}): Promise<boolean> {
    const body = {
      propagationPolicy: 'Background',
      ...(options.graceSeconds !== undefined && { gracePeriodSeconds: options.graceSeconds }),
    };
    try {
      await this.#call('DELETE', path, { body }, removedIn);
      return true;
    } catch (error) {
      const isGone = error instanceof ApiError && (error.code === 'NAMESPACE_ENDS' || error.status === 404);
      if (isGone) return false;
      throw error;
    }
  }

  /**
   * The changes that a watch tells of, until it ends or `signal` ends it.
   * @throws ApiError, EscalaError CLUSTER_UNREACHABLE, also for lines that are no changes.
   */
  async *watch<T extends KubernetesObject>(path: string, signal: AbortSignal): AsyncGenerator<Change<T>> {
    const asked = this.#asked('GET', path);
    try {
      const response = await this.#send(asked, {}, signal, AbortSignal.timeout(this.patience.callMs));
      if (response.statusCode !== 200) requireDone(await whole(response), asked);
      response.setTimeout(WATCH_SILENCE_MS_MAX, () => response.destroy());
      for await (const line of linesOf(response)) {
        const change = changeIn<T>(line, asked);
        if (change) yield change;
      }
    } catch (cause) {
      if (!signal.aborted) throw this.#problem(cause);
    }
  }

  /** True where a problem that has lasted so long is not of a kind that passes, or did not pass in time. */
  isInVain(problem: EscalaError, lastedMs: number): boolean {
    return !passing.has(problem.code) || lastedMs > this.patience.awayMs;
  }

  /**
   * A cluster that has answered before may be away for a while, or something else may answer in its place: the call is
   * made again, so it may arrive twice. What it refuses is not asked again; where it asks for time, it gets it.
   */
  async #call<T>(method: string, path: string, call: Call, read: Read<T>): Promise<T> {
    const asked = this.#asked(method, path);
    const { awayMs } = this.patience;
    const deadline = performance.now() + awayMs;
    for (let isNew = true; ; isNew = false) {
      try {
        const answer = await this.#once(asked, call);
        const serverMs = Date.parse(answer.headers.date ?? '');
        if (!Number.isNaN(serverMs)) this.#clockOffsetMs = serverMs - Date.now();
        requireDone(answer, asked);
        const value = read(answer, asked);
        this.#hasAnswered = true;
        return value;
      } catch (cause) {
        const problem = this.#problem(cause);
        const waitMs = this.#retryMs(problem, isNew);
        if (call.once || waitMs === null) throw problem;
        if (waitMs > 0 && performance.now() + waitMs > deadline) {
          // Once it was waited for in vain, the calls that take the study away do not wait again.
          this.#hasAnswered = false;
          throw problem;
        }
        await sleep(waitMs);
      }
    }
  }

  /** How long to wait before the call is made again; null where that is of no use. */
  #retryMs(problem: EscalaError, isNew: boolean): number | null {
    const { retryMs } = this.patience;
    // A token may have run out since it was taken; a new one is asked for once.
    if (problem.code === 'CLUSTER_UNAUTHORIZED') return isNew && this.access.forgetCredentials() ? 0 : null;
    if (problem instanceof ApiError && problem.code === 'CLUSTER_FAILS' && problem.retryAfterMs !== undefined)
      return Math.max(retryMs, problem.retryAfterMs);
    return passing.has(problem.code) && this.#hasAnswered ? retryMs : null;
  }

  #problem(cause: unknown): EscalaError {
    if (cause instanceof EscalaError) return cause;
    const detail = connectionTrouble(cause, this.patience.callMs);
    const values = { context: this.context, server: this.#server.origin, detail };
    return new EscalaError('CLUSTER_UNREACHABLE', values, { cause });
  }

  #asked(method: string, path: string): Asked {
    const { user } = this.access;
    return { method, path, context: this.context, server: this.#server.origin, user };
  }

  async #once(asked: Asked, call: Call): Promise<ApiAnswer> {
    const signal = AbortSignal.timeout(this.patience.callMs);
    return whole(await this.#send(asked, call, signal));
  }

  /** Ends with `signal`, and with `untilHeaders` where the headers are not there before. */
  async #send(
    { method, path }: Asked,
    call: Call,
    signal: AbortSignal,
    untilHeaders?: AbortSignal,
  ): Promise<IncomingMessage> {
    const options: RequestOptions & { headers?: Record<string, string> } = {};
    await this.access.applyToHTTPSOptions(options);
    const url = new URL(this.#server.pathname.replace(/\/$/, '') + path, this.#server);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const headers = {
      ...options.headers,
      accept: 'application/json, */*',
      // Node gives a DELETE's body no length by itself, and a server then takes it for none.
      ...(body !== undefined && {
        'content-type': call.contentType ?? 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      }),
    };
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const request = send(url, { ...options, method, headers, signal });
      const give = () => request.destroy(untilHeaders?.reason);
      untilHeaders?.addEventListener('abort', give, { once: true });
      request
        .on('response', (response) => {
          untilHeaders?.removeEventListener('abort', give);
          resolve(response);
        })
        .on('error', reject)
        .end(body);
    });
  }
}
