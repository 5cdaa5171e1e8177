import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { EscalaError } from '../problems/problems.ts';

/** Addresses of this machine, of a link, and of networks that no route of the internet leads to. */
const near = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['0.0.0.0', 32],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  // Between a provider and its customers, and clouds' addresses of pods (RFC 6598).
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  near.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  near.addSubnet(network, bits, 'ipv6');

/** A Service of a cluster; there is no such top-level domain. */
const serviceName = /\.svc(\.cluster\.local)?\.?$/;

/** The name or address in a URL, as URLs write it. */
const hostOf = (url: string) => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * A typing error must not become an attack: a load goes to hosts whose addresses are all near, to Services of a cluster,
 * and to those that are named in `allowed`. Names are resolved once, now. One that cannot be resolved passes, since
 * nothing reaches it; a Service has its address in the cluster alone.
 * @throws EscalaError HOST_NOT_ALLOWED
 */
export async function requireAllowedHosts(
  urls: readonly string[],
  allowed: readonly string[],
): Promise<void> {
  for (const host of new Set(urls.map(hostOf))) {
    if (allowed.includes(host) || serviceName.test(host)) continue;
    const far = (await addressesOf(host)).find((address) => !isNear(address));
    if (far === undefined) continue;
    throw new EscalaError('HOST_NOT_ALLOWED', { host, address: far });
  }
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

const isNear = (address: string) => near.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
