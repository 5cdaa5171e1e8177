import { isIPv6, type TcpSocketConnectOpts } from 'node:net';
import { messageApi } from '@escala/model';

/** How a socket gets the addresses of a name. */
export type Lookup = NonNullable<TcpSocketConnectOpts['lookup']>;

/** Where requests of one URL go, taken apart once so that nothing is parsed per request. */
export interface RequestTarget {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Path and query, as they stand in the request line. */
  readonly path: string;
  /** The value of the header `host`. */
  readonly authority: string;
  /** The value of the header `authorization`, for the user and the password of the URL. */
  readonly authorization: string | undefined;
  /** Gives one address of several first, and the others for where it does not answer. */
  readonly lookup?: Lookup;
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/**
 * The target of `url`. A URL that names only an origin, as a replica's does, gets the path of our message API where the
 * method carries a body; any other path, also a lone `/`, stays as it was written.
 */
export function requestTarget(url: string, method: string): RequestTarget {
  const parsed = new URL(url);
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const isOrigin = /^https?:\/\/[^/?#]+$/i.test(url);
  const path = isOrigin && carriesBody(method) ? messageApi.messages : parsed.pathname + parsed.search;
  return {
    host,
    port: Number(parsed.port || defaultPorts[parsed.protocol]),
    secure: parsed.protocol === 'https:',
    path,
    authority: parsed.host,
    authorization: basicAuthorization(parsed),
  };
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

/** GET and HEAD send no body. */
export function carriesBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** The name for SNI; an address has none (RFC 6066, section 3). */
export function serverName({ host }: RequestTarget): string | undefined {
  return isIPv6(host) || /^[\d.]+$/.test(host) ? undefined : host;
}
