import type { V1Lease, V1Namespace } from '@kubernetes/client-node';
import type { Leftover } from '../../contract/row.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { putBack, type Scaled, scaledIn } from '../foreign/scaled-workload.ts';
import { managedBy, nameOf, pathOf, runLabel } from '../objects/names.ts';
import { isLive, tracesOf } from './lease.ts';
import { placesOf, removeNamespace, removeStudy } from './study-namespace.ts';

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
  yield* putWorkloadsBack(api, namespace);
  const work = namespace === undefined ? await removeNamespaces(api) : await removeFrom(api, namespace);
  const ended = await Promise.allSettled(work);
  for (const one of ended) if (one.status === 'fulfilled') yield one.value;
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

/** Before anything of a study goes: its lease tells which workloads it scaled, and these tell whose they are. */
async function* putWorkloadsBack(api: ClusterApi, namespace: string | undefined): AsyncGenerator<Leftover> {
  const leases =
    namespace === undefined ? await everyLease(api) : await listed<V1Lease>(api, 'Lease', namespace);
  const named = leases.flatMap((lease) =>
    tracesOf(lease).workloads.map((path) => ({ path, run: runOf(lease), lease: Promise.resolve(lease) })),
  );
  const written = (await scaledIn(api, namespace)).map((one) => ({ ...one, lease: leaseOf(api, one) }));
  const unique = new Map([...written, ...named].map((one) => [one.path, one]));
  for (const { path, run, lease } of unique.values()) {
    const found = await lease;
    if (found && runOf(found) === run && isLive(found, api.nowMs)) continue;
    const done = await putBack(api, { path, run });
    const [, place = ''] = /\/namespaces\/([^/]+)\//.exec(path) ?? [];
    if (done)
      yield { run, namespace: place, state: 'put-back', objects: [`${done.workload} (${done.replicas})`] };
  }
}

async function everyLease(api: ClusterApi): Promise<V1Lease[]> {
  const namespaces = await api.list<V1Namespace>('/api/v1/namespaces', { labelSelector: managed });
  return (await Promise.all(namespaces.map((one) => listed<V1Lease>(api, 'Lease', nameOf(one))))).flat();
}

async function leaseOf(api: ClusterApi, { study, run }: Scaled): Promise<V1Lease | undefined> {
  const leases = await listed<V1Lease>(api, 'Lease', study);
  return leases.find((lease) => runOf(lease) === run);
}

function runOf({ metadata }: V1Lease): string {
  return metadata?.labels?.[runLabel] ?? '';
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
    return {
      run,
      namespace,
      state: 'removed',
      objects: await removeStudy(
        api,
        namespace,
        run,
        placesOf(namespace, { collections: lease ? tracesOf(lease).collections : [] }),
      ),
    };
  });
}

function listed<T extends V1Namespace | V1Lease>(
  api: ClusterApi,
  kind: string,
  namespace: string,
): Promise<T[]> {
  return api.list<T>(pathOf(kind, namespace), { labelSelector: managed });
}
