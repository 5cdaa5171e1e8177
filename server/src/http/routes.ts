import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageApi, throttledTimeUs, witnessText } from '@escala/model';
import { metricsText } from '../metrics/metrics.ts';
import { answer, json, plainText, refuse } from './answer.ts';
import type { App } from './app.ts';
import { downloadLedger } from './ledger-download.ts';
import { postMessage, recordRequest } from './post-message.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, app: App) => void;
type Route = Readonly<Partial<Record<'GET' | 'HEAD' | 'POST', Handler>>>;

const get = (handler: Handler): Route => ({ GET: handler, HEAD: handler });

/** All paths. HEAD is what GET would say, without a body; of `/`, without a row. */
const routes: Readonly<Record<string, Route>> = {
  [messageApi.messages]: { POST: postMessage },
  [messageApi.root]: { GET: recordRequest, HEAD: describeRoot },
  [messageApi.healthz]: get(health),
  [messageApi.readyz]: get(readiness),
  [messageApi.metrics]: get(metrics),
  [messageApi.ledger]: get(downloadLedger),
};

/** The beginning of a target in absolute form, as a proxy is sent it; every server must take it (RFC 9112, section 3.2.2). */
const origin = /^https?:\/\/[^/?#]*\/?/i;

/** Answers one request that `node:http` has read the headers of. */
export function route(request: IncomingMessage, response: ServerResponse, app: App): void {
  const { method = '' } = request;
  if (request.httpVersion === '1.1' && request.headersDistinct['host']?.length !== 1) {
    refuse(response, app, { code: 'HOST_INVALID' }, { connection: 'close' });
    return;
  }
  const url = (request.url ?? '').replace(origin, '/');
  if (url.length > app.limits.pathBytes) {
    refuse(response, app, { code: 'PATH_TOO_LONG', detail: String(app.limits.pathBytes) });
    return;
  }
  const [path = ''] = url.split('?', 1);
  const found = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!found) {
    refuse(response, app, { code: 'NOT_FOUND' });
    return;
  }
  const handler = Object.hasOwn(found, method) ? found[method as keyof Route] : undefined;
  if (handler) handler(request, response, app);
  else refuseMethod(response, app, found);
}

function refuseMethod(response: ServerResponse, app: App, found: Route): void {
  const allow = Object.keys(found).join(', ');
  refuse(response, app, { code: 'METHOD_NOT_ALLOWED', detail: allow }, { allow });
}

function describeRoot(_request: IncomingMessage, response: ServerResponse, app: App): void {
  answer(response, app, { status: 200, body: '', headers: { 'content-type': json } });
}

function health(_request: IncomingMessage, response: ServerResponse, app: App): void {
  answer(response, app, { status: 200, body: 'alive\n', headers: { 'content-type': plainText } });
}

/** Ready means: a message sent now would be recorded. */
function readiness(_request: IncomingMessage, response: ServerResponse, app: App): void {
  const states = { open: 'ready', full: 'the disk is full', failed: 'the disk failed' } as const;
  const state = app.draining ? 'draining' : states[app.ledger.state];
  const status = state === 'ready' ? 200 : 503;
  answer(response, app, { status, body: `${state}\n`, headers: { 'content-type': plainText } });
}

function metrics(_request: IncomingMessage, response: ServerResponse, app: App): void {
  const { ledger, service } = app;
  const body = metricsText(app.metrics, {
    serviceOccupancy: service.occupancy,
    ledgerWaiting: ledger.waiting,
    ledgerBytes: ledger.durableBytes,
    ledgerState: ledger.state,
    throttledUs: throttledTimeUs(),
    witness: witnessText(),
  });
  answer(response, app, { status: 200, body, headers: { 'content-type': 'text/plain; version=0.0.4' } });
}
