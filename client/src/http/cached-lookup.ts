import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { TcpSocketConnectOpts } from 'node:net';

type Lookup = NonNullable<TcpSocketConnectOpts['lookup']>;
type Addresses = Promise<readonly LookupAddress[]>;

/**
 * Resolves each name once: the resolver has four threads, and a connection per request would queue for them. All
 * addresses of a name are kept, so that the socket can try them in turn.
 */
export function createCachedLookup(): Lookup {
  const cache = new Map<string, Addresses>();
  return (hostname: string, options: LookupOptions, callback: (...results: never[]) => void) => {
    const reply = callback as (error: Error | null, address?: unknown, family?: number) => void;
    let known = cache.get(hostname);
    if (known === undefined) {
      known = resolveAll(hostname);
      cache.set(hostname, known);
      // A name that could not be resolved may exist a moment later.
      known.catch(() => cache.delete(hostname));
    }
    known.then(
      (addresses) => {
        if (options.all) reply(null, addresses);
        else reply(null, addresses[0]?.address, addresses[0]?.family);
      },
      (error: Error) => reply(error),
    );
  };
}

function resolveAll(hostname: string): Addresses {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}
