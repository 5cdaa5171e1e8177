import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError, type PodSecurityLevel } from '@escala/model';
import type { KubernetesObject, V1Namespace, V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.ts';
import { FORCED_MS } from '../api/limits.ts';
import {
  agentKinds,
  labelValue,
  managedBy,
  nameOf,
  pathOf,
  removalOrder,
  runLabel,
} from '../objects/names.ts';
import type { Traces } from './lease.ts';

const GONE_POLL_MS = 200;

/**
 * The namespace of a run; every pod in it has to pass its level of PodSecurity. A study that goes on takes over the one
 * that it has; a new one is refused where it is there: two that began in the same second may have the same name.
 */
export async function makeNamespace(
  api: ClusterApi,
  name: string,
  {
    run,
    isResumed,
    podSecurity = 'restricted',
  }: { run: string; isResumed: boolean; podSecurity?: PodSecurityLevel },
): Promise<void> {
  await untilGone(
    api,
    async () => {
      const found = await readNamespace(api, name);
      return found?.metadata?.deletionTimestamp ? 1 : 0;
    },
    name,
  );
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...managedBy,
        [runLabel]: labelValue(run),
        'pod-security.kubernetes.io/enforce': podSecurity,
        // So that a pod which is refused can be told which level would take it.
        ...(podSecurity === 'restricted' && { 'pod-security.kubernetes.io/warn': 'baseline' }),
      },
    },
  };
  const path = '/api/v1/namespaces';
  await (isResumed ? api.apply(path, namespace) : api.create(path, namespace));
}

async function readNamespace(api: ClusterApi, name: string): Promise<V1Namespace | undefined> {
  const fieldSelector = `metadata.name=${name}`;
  return (await api.list<V1Namespace>('/api/v1/namespaces', { fieldSelector }))[0];
}

/**
 * Empties the namespace and deletes it. Kubernetes waits five seconds before it finishes a namespace that is empty;
 * nobody has to wait with it.
 */
export async function removeNamespace(api: ClusterApi, name: string, run: string): Promise<void> {
  await removeStudy(api, name, run);
  await api.remove(`/api/v1/namespaces/${name}`);
}

interface RemovalPlace {
  readonly kind: string;
  readonly path: string;
}

/** Where a study's objects lie, in the order in which they are removed: what others wrote goes first. */
export function placesOf(
  namespace: string,
  { collections, startsServers = true }: { collections: Traces['collections']; startsServers?: boolean },
): RemovalPlace[] {
  const kinds = startsServers ? removalOrder : agentKinds;
  const own = kinds.map((kind) => ({ kind, path: pathOf(kind, namespace) }));
  const more = collections.filter((path) => !own.some((one) => one.path === path));
  return [...more.map((path) => ({ kind: path.split('/').at(-1) ?? '', path })), ...own];
}

/** Removes what carries the run's label, at these paths, and nothing else; resolves when its pods are gone. */
export async function removeStudy(
  api: ClusterApi,
  namespace: string,
  run: string,
  places: readonly RemovalPlace[] = placesOf(namespace, { collections: [] }),
): Promise<string[]> {
  const labelSelector = `${runLabel}=${labelValue(run)}`;
  const removed: string[] = [];
  for (const { kind, path } of places) {
    const found = await api.list<KubernetesObject>(path, { labelSelector });
    for (const object of found) {
      const wasThere = await api.remove(
        `${path}/${nameOf(object)}`,
        kind === 'Pod' ? { graceSeconds: 1 } : {},
      );
      if (wasThere) removed.push(`${kind}/${nameOf(object)}`);
    }
  }
  const ended = { labelSelector, sinceMs: performance.now() };
  await untilGone(api, () => podsLeft(api, namespace, ended), namespace);
  return removed;
}

/** How many pods are still there. A node that is gone never confirms their end; they are removed by force then. */
async function podsLeft(
  api: ClusterApi,
  namespace: string,
  { labelSelector, sinceMs }: { labelSelector: string; sinceMs: number },
): Promise<number> {
  const path = pathOf('Pod', namespace);
  const left = await api.list<V1Pod>(path, { labelSelector });
  if (performance.now() - sinceMs > FORCED_MS)
    for (const pod of left) await api.remove(`${path}/${nameOf(pod)}`, { graceSeconds: 0 });
  return left.length;
}

async function untilGone(api: ClusterApi, count: () => Promise<number>, what: string): Promise<void> {
  const deadline = performance.now() + api.patience.goneMs;
  while ((await count()) > 0) {
    if (performance.now() > deadline) throw new EscalaError('CLUSTER_SLOW', { what });
    await sleep(GONE_POLL_MS);
  }
}
