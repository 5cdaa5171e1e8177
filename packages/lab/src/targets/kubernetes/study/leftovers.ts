import type { V1Lease, V1Namespace } from '@kubernetes/client-node';
import type { Leftover } from '../../contract/row.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { managedBy, nameOf, pathOf, runLabel } from '../objects/names.ts';
import { isLive } from './lease.ts';
import { removeNamespace, removeStudy } from './study-namespace.ts';

const managed = Object.entries(managedBy)
  .map(([name, value]) => `${name}=${value}`)
  .join(',');

/**
 * Removes what crashed studies left: their namespaces, or in `namespace` what carries their label. Tells of those that are
 * gone, and then throws the first problem of those that are not.
 */
export async function* removeLeftovers(
  api: ClusterApi,
  namespace: string | undefined,
): AsyncGenerator<Leftover> {
  const work = namespace === undefined ? await removeNamespaces(api) : await removeFrom(api, namespace);
  const ended = await Promise.allSettled(work);
  for (const one of ended) if (one.status === 'fulfilled') yield one.value;
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

async function removeNamespaces(api: ClusterApi): Promise<Promise<Leftover>[]> {
  const path = '/api/v1/namespaces';
  const found = await api.list<V1Namespace>(path, { labelSelector: managed });
  const standing = found.filter(({ metadata }) => !metadata?.deletionTimestamp);
  return standing.map(async (namespace): Promise<Leftover> => {
    const name = nameOf(namespace);
    const run = namespace.metadata?.labels?.[runLabel] ?? '';
    const [lease] = await api.list<V1Lease>(pathOf('Lease', name), { labelSelector: managed });
    if (lease && isLive(lease, api.nowMs)) return { run, namespace: name, state: 'live', objects: [] };
    await removeNamespace(api, name, run);
    return { run, namespace: name, state: 'removed', objects: [`Namespace/${name}`] };
  });
}

/** Every object of a study but its lease may be missing after a crash, so the runs are found by claims and Secrets too. */
async function removeFrom(api: ClusterApi, namespace: string): Promise<Promise<Leftover>[]> {
  const leases = await listed<V1Lease>(api, 'Lease', namespace);
  const others = await Promise.all(
    ['Secret', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'Job'].map((kind) =>
      listed(api, kind, namespace),
    ),
  );
  const runs = new Set([leases, ...others].flat().map(({ metadata }) => metadata?.labels?.[runLabel] ?? ''));
  return [...runs].map(async (run): Promise<Leftover> => {
    const lease = leases.find(({ metadata }) => metadata?.labels?.[runLabel] === run);
    if (lease && isLive(lease, api.nowMs)) return { run, namespace, state: 'live', objects: [] };
    return { run, namespace, state: 'removed', objects: await removeStudy(api, namespace, run) };
  });
}

function listed<T extends V1Namespace | V1Lease>(
  api: ClusterApi,
  kind: string,
  namespace: string,
): Promise<T[]> {
  return api.list<T>(pathOf(kind, namespace), { labelSelector: managed });
}
