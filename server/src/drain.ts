import { once } from 'node:events';
import type { Server } from 'node:http';
import type { App } from './http/app.ts';
import type { Notify } from './notices.ts';

/**
 * Readiness goes first, then the door: what is in flight is finished, each answer closing its connection. When the time
 * is up the rest is cut. The ledger closes last, with all that it was given on disk.
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
