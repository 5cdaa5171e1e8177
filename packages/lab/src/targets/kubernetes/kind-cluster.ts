import { tool } from './tool.ts';

/** The founding study's cluster, by the name that the manual way uses. */
export const kindCluster = 'cliente-servidor';

/** Makes the kind cluster where it is not there, and returns its context. It stays when the study is over. */
export async function ensureKindCluster(): Promise<string> {
  const clusters = (await tool('kind', ['get', 'clusters'])).split('\n');
  if (clusters.includes(kindCluster)) await tool('kind', ['export', 'kubeconfig', '--name', kindCluster]);
  else await tool('kind', ['create', 'cluster', '--config', 'kind-config.yaml', '--name', kindCluster]);
  return `kind-${kindCluster}`;
}
