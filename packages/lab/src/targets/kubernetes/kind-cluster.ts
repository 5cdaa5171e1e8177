import { tool } from './tool.ts';

/** The founding study's cluster, by the name that the manual way uses. */
export const kindCluster = 'cliente-servidor';

/** Makes the kind cluster where it is not there, and returns its context. It stays when the study is over. */
export async function ensureKindCluster(signal: AbortSignal): Promise<string> {
  const clusters = (await tool('kind', ['get', 'clusters'], signal)).split('\n');
  if (clusters.includes(kindCluster))
    await tool('kind', ['export', 'kubeconfig', '--name', kindCluster], signal);
  else
    await tool('kind', ['create', 'cluster', '--config', 'kind-config.yaml', '--name', kindCluster], signal);
  return `kind-${kindCluster}`;
}
