import type { ServerResponse } from 'node:http';
import type { App } from './app.ts';
import type { Reply } from './recorder.ts';
import { type Refusal, refusalBody, refusals } from './refusals.ts';

export const json = 'application/json';
export const plainText = 'text/plain; charset=utf-8';

/** Seconds after which a client may try again: room on a disk, or a free place, can come at any time. */
export const RETRY_AFTER_SECONDS = '1';

/** Sends an answer that is complete, and counts it. */
export function answer(
  response: ServerResponse,
  app: App,
  { status, body, headers }: { status: number; body: string; headers: Record<string, string> },
): void {
  countAnswer(app, status);
  if (app.draining) response.setHeader('connection', 'close');
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

export function countAnswer({ metrics }: App, status: number): void {
  metrics.statuses[status] = (metrics.statuses[status] ?? 0) + 1;
}

/** Refuses a request in JSON. `headers` says what belongs to the status, such as `allow`. */
export function refuse(
  response: ServerResponse,
  app: App,
  refusal: Refusal,
  headers: Record<string, string> = {},
): void {
  const { status } = refusals[refusal.code];
  if (status === 503) headers = { ...headers, 'retry-after': RETRY_AFTER_SECONDS };
  answer(response, app, {
    status,
    body: refusalBody(refusal),
    headers: { 'content-type': json, ...headers },
  });
}

/** The reply to a request that `node:http` read. */
export class HttpReply implements Reply {
  readonly #response: ServerResponse;
  readonly #app: App;

  constructor(response: ServerResponse, app: App) {
    this.#response = response;
    this.#app = app;
  }

  recorded(status: number, body: string): void {
    answer(this.#response, this.#app, { status, body, headers: { 'content-type': json } });
  }

  refused(refusal: Refusal): void {
    refuse(this.#response, this.#app, refusal);
  }
}
