import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import type { Owner } from './temporary-folder.ts';

/** Lets `server` listen on a free port of this machine, which is given, until its owner is over. */
export async function listen(
  owner: Owner,
  server: Server & { closeAllConnections(): void },
): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  owner.after(() => server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
}
