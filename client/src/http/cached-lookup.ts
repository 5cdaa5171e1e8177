import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { lookup as lookupAll } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Random } from '@escala/model';
import type { Lookup, RequestTarget } from './request-target.ts';

type Addresses = Promise<readonly LookupAddress[]>;
type Callback = (...results: never[]) => void;

/**
 * Resolves each name once: the resolver has four threads, and a connection per request would queue for them. All
 * addresses of a name are kept, so that the socket can try them in turn.
 */
export function createCachedLookup(): Lookup {
  const cache = new Map<string, Addresses>();
  return (hostname: string, options: LookupOptions, callback: Callback) => {
    let known = cache.get(hostname);
    if (known === undefined) {
      known = resolveAll(hostname);
      cache.set(hostname, known);
      // A name that could not be resolved may exist a moment later.
      known.catch(() => cache.delete(hostname));
    }
    known.then(
      (addresses) => answer(addresses, options, callback),
      (error: Error) => (callback as (error: Error) => void)(error),
    );
  };
}

/**
 * A target for each address of the host's name, so that connections can be spread over them, as over the pods of a
 * headless Service: in each, that address comes first and the others follow, for where it does not answer. The target
 * itself where there is one address, or none yet. `random` chooses which address is the first.
 */
export async function targetsByAddress(target: RequestTarget, random: Random): Promise<RequestTarget[]> {
  if (isIP(target.host) !== 0) return [target];
  const found = await lookupAll(target.host, { all: true }).catch(() => []);
  const addresses = [...new Map(found.map((one) => [one.address, one])).values()];
  if (addresses.length < 2) return [target];
  const first = random.integer(addresses.length);
  return addresses.map((_, i) => {
    const at = (first + i) % addresses.length;
    const order = [...addresses.slice(at), ...addresses.slice(0, at)];
    return {
      ...target,
      lookup: (_: string, options: LookupOptions, callback: Callback) => answer(order, options, callback),
    };
  });
}

function answer(addresses: readonly LookupAddress[], { all }: LookupOptions, callback: Callback): void {
  const reply = callback as (error: null, address?: unknown, family?: number) => void;
  if (all) reply(null, addresses);
  else reply(null, addresses[0]?.address, addresses[0]?.family);
}

function resolveAll(hostname: string): Addresses {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}
