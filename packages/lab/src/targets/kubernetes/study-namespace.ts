import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError } from '@escala/model';
import type { KubernetesObject, V1Namespace, V1Pod } from '@kubernetes/client-node';
import { ApiError, type ClusterApi } from './cluster-api.ts';
import { FORCED_MS, GONE_MS_MAX } from './limits.ts';
import { labelValue, managedBy, nameOf, pathOf, removalOrder, runLabel } from './names.ts';

const GONE_POLL_MS = 200;

/**
 * The namespace of a run; every pod in it has to pass PodSecurity `restricted`. A study that goes on takes over the one
 * that it has; a new one is refused where it is there: two that began in the same second may have the same name.
 */
export async function makeNamespace(
  api: ClusterApi,
  name: string,
  { run, isResumed }: { run: string; isResumed: boolean },
): Promise<void> {
  await untilGone(async () => {
    const found = await readNamespace(api, name);
    return found?.metadata?.deletionTimestamp ? 1 : 0;
  }, name);
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...managedBy,
        [runLabel]: labelValue(run),
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
    },
  };
  const path = '/api/v1/namespaces';
  const made = isResumed ? api.apply(path, namespace) : api.json('POST', path, { body: namespace });
  await explained<unknown>(made, `create the namespace ${name}`);
}

async function readNamespace(api: ClusterApi, name: string): Promise<V1Namespace | undefined> {
  const found = await explained(
    api.list<V1Namespace>('/api/v1/namespaces', { fieldSelector: `metadata.name=${name}` }),
    'list namespaces',
  );
  return found[0];
}

/**
 * Empties the namespace and deletes it. Kubernetes waits five seconds before it finishes a namespace that is empty;
 * nobody has to wait with it.
 */
export async function removeNamespace(api: ClusterApi, name: string, run: string): Promise<void> {
  await removeStudy(api, name, run);
  await explained(api.remove(`/api/v1/namespaces/${name}`), `delete the namespace ${name}`);
}

/** Removes what carries the run's label, of these kinds, and nothing else; resolves when its pods are gone. */
export async function removeStudy(
  api: ClusterApi,
  namespace: string,
  run: string,
  kinds: readonly string[] = removalOrder,
): Promise<string[]> {
  const labelSelector = `${runLabel}=${labelValue(run)}`;
  const removed: string[] = [];
  for (const kind of kinds) {
    const path = pathOf(kind, namespace);
    const found = await explained(api.list<KubernetesObject>(path, { labelSelector }), `list ${kind}`);
    for (const object of found) {
      await api.remove(`${path}/${nameOf(object)}`, kind === 'Pod' ? { graceSeconds: 1 } : {});
      removed.push(`${kind}/${nameOf(object)}`);
    }
  }
  const ended = { labelSelector, sinceMs: performance.now() };
  await untilGone(() => podsLeft(api, namespace, ended), namespace);
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

async function untilGone(count: () => Promise<number>, what: string): Promise<void> {
  const deadline = performance.now() + GONE_MS_MAX;
  while ((await count()) > 0) {
    if (performance.now() > deadline) throw new EscalaError('CLUSTER_SLOW', { what });
    await sleep(GONE_POLL_MS);
  }
}

/** A refusal of the API server as a sentence of ours. */
export async function explained<T>(work: Promise<T>, what: string): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    const code = cause.status === 403 && !/quota/.test(cause.message) ? 'RIGHT_MISSING' : 'CLUSTER_REFUSED';
    throw new EscalaError(code, { what, detail: cause.message }, { cause });
  }
}
