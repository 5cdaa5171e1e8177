import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError } from '@escala/model';
import { KubeConfig, type KubernetesObject } from '@kubernetes/client-node';
import { AWAY_MS_MAX, CALL_MS_MAX } from './limits.ts';

const RETRY_MS = 500;

/** An answer of the API server that is not 2xx; `message` is its own sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Call {
  readonly body?: unknown;
  readonly contentType?: string;
  /** What comes late is of no use: one try. */
  readonly once?: boolean;
}

/**
 * Plain calls to the API server with kubectl's configuration. Objects go out as the YAML files have them: the typed
 * client drops fields that it does not know, such as a policy's `from`.
 */
export class ClusterApi {
  readonly config: KubeConfig;
  readonly context: string;
  readonly #server: URL;
  #hasAnswered = false;
  /** The API server's clock minus this machine's, as its last answer told; it tells whole seconds. */
  #clockOffsetMs = 0;

  private constructor(config: KubeConfig, context: string, server: string) {
    this.config = config;
    this.context = context;
    this.#server = new URL(server);
  }

  /** @throws EscalaError CLUSTER_UNKNOWN where kubectl's configuration has no such context. */
  static connect(context: string | undefined): ClusterApi {
    const config = new KubeConfig();
    try {
      config.loadFromDefault();
      const names = config.getContexts().map(({ name }) => name);
      const wanted = context ?? config.getCurrentContext();
      if (!names.includes(wanted)) {
        throw new EscalaError('CLUSTER_UNKNOWN', { context: wanted || '-', known: names.join(', ') || '-' });
      }
      config.setCurrentContext(wanted);
      const server = config.getCurrentCluster()?.server;
      if (!server) throw new EscalaError('CLUSTER_UNKNOWN', { context: wanted, known: names.join(', ') });
      return new ClusterApi(config, wanted, server);
    } catch (cause) {
      if (cause instanceof EscalaError) throw cause;
      throw new EscalaError(
        'CLUSTER_UNKNOWN',
        { context: context ?? '-', known: (cause as Error).message },
        { cause },
      );
    }
  }

  /**
   * A cluster that has answered before may be away for a while: the call is made again, so it may arrive twice.
   * @throws ApiError for another status than 2xx; EscalaError CLUSTER_UNREACHABLE where nothing answers.
   */
  async call(method: string, path: string, call: Call = {}): Promise<Buffer> {
    const deadline = performance.now() + AWAY_MS_MAX;
    for (;;) {
      try {
        const { status, bytes } = await this.#once(method, path, call);
        this.#hasAnswered = true;
        if (status >= 200 && status < 300) return bytes;
        throw new ApiError(status, messageOf(bytes));
      } catch (cause) {
        if (cause instanceof ApiError) throw cause;
        const mayBeBack = this.#hasAnswered && !call.once && performance.now() < deadline;
        if (!mayBeBack) throw this.#unreachable(cause as Error, call);
        await sleep(RETRY_MS);
      }
    }
  }

  /** Once it was waited for in vain, the calls that take the study away do not wait again. */
  #unreachable(cause: Error, { once }: Call): EscalaError {
    if (!once) this.#hasAnswered = false;
    const values = { context: this.context, detail: cause.message };
    return new EscalaError('CLUSTER_UNREACHABLE', values, { cause });
  }

  async #once(method: string, path: string, call: Call): Promise<{ status: number; bytes: Buffer }> {
    const response = await this.#send(method, path, call);
    const serverMs = Date.parse(response.headers.date ?? '');
    if (!Number.isNaN(serverMs)) this.#clockOffsetMs = serverMs - Date.now();
    return { status: response.statusCode ?? 0, bytes: await buffer(response) };
  }

  /** The API server's clock, which all that use it share: the clock of a machine may be wrong. */
  get nowMs(): number {
    return Date.now() + this.#clockOffsetMs;
  }

  async json<T>(method: string, path: string, call: Call = {}): Promise<T> {
    return JSON.parse((await this.call(method, path, call)).toString()) as T;
  }

  async list<T extends KubernetesObject>(path: string, query: Record<string, string> = {}): Promise<T[]> {
    const words = new URLSearchParams(query).toString();
    return (await this.json<{ items: T[] }>('GET', `${path}${words && `?${words}`}`)).items;
  }

  /** Creates the object or changes it into this (server-side apply); fields of others are kept. */
  async apply<T extends KubernetesObject>(path: string, object: KubernetesObject): Promise<T> {
    const name = encodeURIComponent(object.metadata?.name ?? '');
    return this.json('PATCH', `${path}/${name}?fieldManager=escala&force=true`, {
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
  }

  /** True where it was there. */
  async remove(path: string, options: { graceSeconds?: number } = {}): Promise<boolean> {
    const body = {
      propagationPolicy: 'Background',
      ...(options.graceSeconds !== undefined && { gracePeriodSeconds: options.graceSeconds }),
    };
    try {
      await this.call('DELETE', path, { body, contentType: 'application/json' });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  async #send(method: string, path: string, call: Call): Promise<IncomingMessage> {
    const options: RequestOptions & { headers?: Record<string, string> } = {};
    await this.config.applyToHTTPSOptions(options);
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
    const signal = AbortSignal.timeout(CALL_MS_MAX);
    return new Promise((resolve, reject) => {
      send(url, { ...options, method, headers, signal }, resolve)
        .on('error', reject)
        .end(body);
    });
  }
}

function messageOf(bytes: Buffer): string {
  const text = bytes.toString();
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
