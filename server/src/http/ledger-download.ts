import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { carriesToken } from '@escala/model';
import { countAnswer, refuse } from './answer.ts';
import type { App } from './app.ts';

/**
 * `GET /ledger`: the CSV up to the last durable row, streamed while writing goes on. `Range: bytes=N-` goes on from an
 * earlier answer, so that a collector gets each byte once. Other forms of Range are ignored, as RFC 9110 allows.
 */
export function downloadLedger(request: IncomingMessage, response: ServerResponse, app: App): void {
  if (!mayReadLedger(request, app.ledgerToken)) {
    refuse(response, app, { code: 'TOKEN_NEEDED' }, { 'www-authenticate': 'Bearer' });
    return;
  }
  const end = app.ledger.durableBytes;
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const start = Number(asked ?? 0);
  if (start >= end) {
    refuse(response, app, { code: 'RANGE_EMPTY' }, { 'content-range': `bytes */${end}` });
    return;
  }
  const status = asked === undefined ? 200 : 206;
  countAnswer(app, status);
  if (app.draining) response.setHeader('connection', 'close');
  response.writeHead(status, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-length': end - start,
    'accept-ranges': 'bytes',
    ...(status === 206 && { 'content-range': `bytes ${start}-${end - 1}/${end}` }),
  });
  if (request.method === 'HEAD') response.end();
  else sendBytes(app.ledgerPath, { start, end: end - 1 }, response);
}

/** A file that can no longer be read cuts the answer short, which its length shows to the client. */
function sendBytes(path: string, range: { start: number; end: number }, response: ServerResponse): void {
  const bytes = createReadStream(path, range);
  bytes.on('error', () => response.destroy());
  response.on('close', () => bytes.destroy());
  bytes.pipe(response);
}

/** A port-forward of a cluster arrives over loopback too; making one needs rights of its own. */
export function mayReadLedger(
  request: {
    socket: { remoteAddress?: string | undefined };
    headers: { authorization?: string | undefined };
  },
  token: string | undefined,
): boolean {
  const address = request.socket.remoteAddress ?? '';
  if (/^(::ffff:)?127\.|^::1$/.test(address)) return true;
  return token !== undefined && carriesToken(request.headers.authorization, token);
}
