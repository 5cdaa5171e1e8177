import { sentences } from '@escala/model';
import type { Finding } from '../../contract/tools.ts';
import { tool } from './tool.ts';

/** The founding study's cluster, by the name that the manual way uses. */
export const kindCluster = 'cliente-servidor';

export const kindContext = `kind-${kindCluster}`;

const words = sentences.lab.kindCluster;
const create = ['create', 'cluster', '--config', 'kind-config.yaml', '--name', kindCluster];

/** Makes the kind cluster where it is not there, and returns its context. It stays when the study is over. */
export async function ensureKindCluster(signal: AbortSignal): Promise<string> {
  if (await isThere(signal)) await tool('kind', ['export', 'kubeconfig', '--name', kindCluster], signal);
  else await tool('kind', create, signal);
  return kindContext;
}

export async function checkKindCluster(): Promise<Finding> {
  if (await isThere(new AbortController().signal))
    return { status: 'ok', says: words.there, values: { name: kindCluster } };
  const values = { name: kindCluster, command: ['kind', ...create].join(' ') };
  return { status: 'warn', says: words.missing, values };
}

async function isThere(signal: AbortSignal): Promise<boolean> {
  return (await tool('kind', ['get', 'clusters'], signal)).split('\n').includes(kindCluster);
}
