import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { idPattern, messageApi } from '@escala/model';
import { HttpReply, json, refuse } from './answer.ts';
import type { App } from './app.ts';
import { parseMessage } from './message.ts';
import { record } from './recorder.ts';

/** `POST /messages`: reads the body within its limit, then records what it says. */
export function postMessage(request: IncomingMessage, response: ServerResponse, app: App): void {
  const { bodyBytes } = app.limits;
  if (!isJson(request)) {
    refuse(response, app, { code: 'NOT_JSON' });
    return;
  }
  const tooLarge = () => {
    request.removeAllListeners('data').removeAllListeners('end');
    // The rest of the body is not read: the connection cannot be used again.
    refuse(response, app, { code: 'BODY_TOO_LARGE', detail: String(bodyBytes) }, { connection: 'close' });
  };
  if (Number(request.headers['content-length'] ?? 0) > bodyBytes) {
    tooLarge();
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bodyBytes) tooLarge();
  });
  request.on('end', () => recordBody(Buffer.concat(chunks), request, response, app));
}

function isJson({ headers }: IncomingMessage): boolean {
  const [type = ''] = (headers['content-type'] ?? '').split(';', 1);
  return type.trim().toLowerCase() === json && (headers['content-encoding'] ?? 'identity') === 'identity';
}

function recordBody(body: Buffer, request: IncomingMessage, response: ServerResponse, app: App): void {
  const message = parseMessage(body, app.limits);
  if ('code' in message) refuse(response, app, message);
  else recordRequest(request, response, app, message);
}

/** `GET /` records too; it carries no message. */
export function recordRequest(
  request: IncomingMessage,
  response: ServerResponse,
  app: App,
  message?: Parameters<typeof record>[0]['message'],
): void {
  const requestId = request.headers[messageApi.requestIdHeader] ?? randomUUID();
  if (typeof requestId !== 'string' || !idPattern.test(requestId)) {
    refuse(response, app, { code: 'REQUEST_ID_INVALID' });
    return;
  }
  const method = request.method ?? '';
  const path = message ? messageApi.messages : messageApi.root;
  const status = message ? 201 : 200;
  const receivedUs = app.nowUs();
  record({ requestId, message, method, path, status, receivedUs }, new HttpReply(response, app), app);
}
