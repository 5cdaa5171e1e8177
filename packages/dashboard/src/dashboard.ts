import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSameSecret, type Language, listenProblem } from '@escala/model';
import { Feed, sendEventStream } from './feed.ts';
import { followRun, type WatchedRun } from './follow-run.ts';
import { type PageFile, readPageFiles } from './page-files.ts';

const HOST = '127.0.0.1';
const TOKEN_BYTES = 18;
/** Browsers that may listen at once. */
const STREAMS_MAX = 16;

/** The page loads our own files only: no inline code, no frame, no form. Text cannot become markup. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export interface Dashboard extends AsyncDisposable {
  /** The address holds the token, and so gives access to the run. */
  readonly url: string;
  /** Settles when the run cannot be followed any more; until then it is pending. */
  readonly ended: Promise<void>;
}

/**
 * Serves the live page of a run on the loopback interface, behind a random token in the path.
 * @throws EscalaError PORT_TAKEN, PORT_FORBIDDEN.
 */
export async function startDashboard(
  run: WatchedRun,
  { port, language }: { port: number; language: Language },
): Promise<Dashboard> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const feed = new Feed();
  const stop = new AbortController();
  const server = createServer(answerWith({ token, feed, files: readPageFiles() }));
  await listen(server, port);
  const ended = followRun(run, feed, stop.signal);
  // Unhandled rejections are expected here.
  ended.catch(() => {});
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}/${token}/?lang=${language}`,
    ended,
    async [Symbol.asyncDispose]() {
      stop.abort();
      server.close();
      server.closeAllConnections();
      await ended.catch(() => {});
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, HOST);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw listenProblem(cause, { host: HOST, port });
  }
}

interface Served {
  readonly token: string;
  readonly feed: Feed;
  readonly files: ReadonlyMap<string, PageFile>;
}

function answerWith({ token, feed, files }: Served) {
  let streams = 0;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const name = nameBehindToken(request, token);
    if (request.method !== 'GET') return refuse(response, 405);
    if (name === 'events') {
      if (streams >= STREAMS_MAX) return refuse(response, 503);
      streams++;
      response.once('close', () => streams--);
      return sendEventStream(feed, request, response);
    }
    const file = name === undefined ? undefined : files.get(name);
    if (!file) return refuse(response, 404);
    response.writeHead(200, { 'content-type': file.mediaType, 'content-length': file.bytes.length });
    response.end(file.bytes);
  };
}

/** A page of another site that points its own name here (DNS rebinding) does not name this host. */
function nameBehindToken({ headers, url }: IncomingMessage, token: string): string | undefined {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) return undefined;
  const match = /^\/([\w-]{1,64})\/([\w.-]{0,64})(?:\?|$)/.exec(url ?? '');
  return isSameSecret(match?.[1], token) ? match?.[2] : undefined;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${status}\n`);
}
