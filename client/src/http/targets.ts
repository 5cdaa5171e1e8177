import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { lookup as lookupAll } from 'node:dns/promises';
import { isIP } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createRandom, type Random } from '@escala/model';
import { type Lookup, type RequestTarget, requestTarget } from './request-target.ts';

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
async function targetsByAddress(target: RequestTarget, random: Random): Promise<RequestTarget[]> {
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

/** Where the connections of a load go. */
export class Targets {
  readonly #seed: string;
  /** Of each URL: one target for each address of its name, once these are known. */
  #byUrl: readonly (readonly RequestTarget[])[];

  constructor(urls: readonly string[], method: string, seed: string) {
    this.#seed = seed;
    this.#byUrl = urls.map((url) => [requestTarget(url, method)]);
  }

  get areSecure(): boolean {
    return this.#byUrl.some(([target]) => target?.secure);
  }

  /** Looks up the addresses of all names. */
  async resolve(): Promise<void> {
    const random = createRandom(`${this.#seed}/addresses`);
    this.#byUrl = await Promise.all(this.#byUrl.flat().map((target) => targetsByAddress(target, random)));
  }

  /** Chooses the target of each new connection of one client: any URL, and of its addresses one after the other. */
  chooser(client: number): () => RequestTarget {
    const random = createRandom(`${this.#seed}/connections of ${client}`);
    let connects = 0;
    return () => {
      const urls = this.#byUrl;
      const byAddress = urls[urls.length > 1 ? random.integer(urls.length) : 0] as readonly RequestTarget[];
      // Few connections must spread over all addresses too, so each client begins at its number.
      const at = byAddress.length > 1 ? (client + connects++) % byAddress.length : 0;
      return byAddress[at] as RequestTarget;
    };
  }
}

let areTrusted = false;

/** Trusts the authorities of the system beside those that Node brings along, in all connections of this thread. */
export function trustSystemCertificates(): void {
  if (areTrusted) return;
  areTrusted = true;
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}
