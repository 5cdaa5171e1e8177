import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { countAnswer, json, refuse } from './answer.ts';
import type { App } from './app.ts';
import { PlainConnection } from './plain-connection.ts';
import { type Refusal, refusalBody, refusals } from './refusals.ts';
import { route } from './routes.ts';

/** How often connections are checked for the limits of time; they end at most this much later. */
const CHECK_INTERVAL_MS = 1_000;

/** The HTTP side of the server, not yet listening. */
export function createHttpServer(app: App): Server {
  const { limits } = app;
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headerTimeMs,
      requestTimeout: limits.requestTimeMs,
      keepAliveTimeout: limits.idleTimeMs,
      connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, limits.headerTimeMs, limits.requestTimeMs),
      noDelay: true,
      // Ours says why, in JSON: `route` looks at it.
      requireHostHeader: false,
    },
    (request, response) => {
      response.setTimeout(limits.idleTimeMs, () => closeUnread(request.socket));
      route(request, response, app);
    },
  );
  server.maxConnections = limits.connections;
  server.on('checkExpectation', (_request, response) => {
    refuse(response, app, { code: 'EXPECTATION_UNKNOWN' }, { connection: 'close' });
  });
  // There is nothing to tunnel to. Without a listener the connection would be closed without a word.
  server.on('connect', (_request, socket: Socket) => {
    refuseConnection(socket, { code: 'METHOD_NOT_ALLOWED', detail: 'GET, HEAD or POST' }, app);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseConnection(socket, refusalOf(error, app), app);
  });
  putPlainConnectionsFirst(server, app);
  return server;
}

/** Nothing moved for the idle time: a client that leaves its answer unread is cut, one that waits for it may wait on. */
function closeUnread(socket: Socket): void {
  if (socket.writableLength > 0) socket.destroy();
}

/** Every connection begins as a plain one; what `node:http` does with a connection waits until it is asked to. */
function putPlainConnectionsFirst(server: Server, app: App): void {
  const viaNodeHttp = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const connection = new PlainConnection(socket, app, () => {
      app.plainConnections.delete(connection);
      for (const listener of viaNodeHttp) listener.call(server, socket);
    });
    app.plainConnections.add(connection);
    socket.once('close', () => app.plainConnections.delete(connection));
  });
}

function refusalOf(error: NodeJS.ErrnoException, { limits }: App): Refusal {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    return { code: 'HEADERS_TOO_LARGE', detail: String(limits.headerBytes) };
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return { code: 'TOO_SLOW' };
  return { code: 'MALFORMED_REQUEST', detail: (error as { reason?: string }).reason ?? 'it was cut off' };
}

/** What cannot be parsed has no response object: the answer goes to the socket, which then closes. */
function refuseConnection(socket: Socket, refusal: Refusal, app: App): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status } = refusals[refusal.code];
  const body = refusalBody(refusal);
  countAnswer(app, status);
  socket.end(
    `HTTP/1.1 ${status} ${refusal.code}\r\nconnection: close\r\ncontent-type: ${json}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
