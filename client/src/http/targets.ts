import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createRandom } from '@escala/model';
import { targetsByAddress } from './cached-lookup.ts';
import { type RequestTarget, requestTarget } from './request-target.ts';

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
