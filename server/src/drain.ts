import { once } from 'node:events';
import type { Server } from 'node:http';
import type { App } from './http/app.ts';
import type { Notify } from './notices.ts';

/**
 * First the server is no longer ready, then it takes no connection. Requests in flight are answered, and each answer
 * closes its connection. Connections that are left when the time is up are cut. The ledger closes last, when all its
 * rows are on disk.
 */
export async function drain(
  server: Server,
  app: App,
  { timeUs, notify }: { timeUs: number; notify: Notify },
): Promise<void> {
  app.draining = true;
  const closed = once(server, 'close');
  server.close();
  for (const connection of app.plainConnections) connection.closeIfIdle();
  const cut = setTimeout(() => {
    notify('cut', { count: app.metrics.inFlight });
    server.closeAllConnections();
    for (const connection of app.plainConnections) connection.cut();
  }, timeUs / 1_000);
  await closed;
  clearTimeout(cut);
  app.service.close();
  await app.ledger.close();
}
