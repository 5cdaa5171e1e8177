import { EscalaError } from '@escala/model';
import type { CoreV1Event, V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';
import { LOG_LINES_MAX, PODS_READY_MS_MAX, STUCK_MS_MAX } from './limits.ts';
import { nameOf, pathOf } from './names.ts';
import { isReady, troubleOf } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';

export interface Awaited {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  /** The Deployment or Job, for what the API server says of pods that it could not make. */
  readonly owner: string;
}

/**
 * Resolves when `count` pods are ready. What waiting cannot mend is told at once: an image that is not there, a pod
 * that crashes (with its last lines), a quota; what may mend itself, after `STUCK_MS_MAX` without a node.
 */
export async function untilReady(awaited: Awaited): Promise<V1Pod[]> {
  const { watch, labels, count, owner } = awaited;
  const startedAt = performance.now();
  for (;;) {
    const pods = watch.list(labels);
    const ready = pods.filter(isReady);
    if (ready.length >= count) return ready;
    const waitedMs = performance.now() - startedAt;
    for (const pod of pods) await throwTrouble(pod, waitedMs, awaited);
    if (pods.length < count && waitedMs > STUCK_MS_MAX) await throwNotMade(awaited);
    if (waitedMs > PODS_READY_MS_MAX) {
      const detail = `${ready.length} of ${count} pods were ready after ${PODS_READY_MS_MAX / 1_000} s`;
      throw new EscalaError('PODS_NOT_READY', { owner, detail });
    }
    await watch.nextChange();
  }
}

async function throwTrouble(pod: V1Pod, waitedMs: number, { api, namespace, owner }: Awaited): Promise<void> {
  const trouble = troubleOf(pod);
  switch (trouble?.kind) {
    case 'image':
      throw new EscalaError('IMAGE_MISSING', { image: trouble.image, detail: trouble.detail });
    case 'crash': {
      const log = await lastLines(api, namespace, nameOf(pod));
      throw new EscalaError('PODS_NOT_READY', { owner, detail: `${nameOf(pod)} ${trouble.detail}\n${log}` });
    }
    case 'evicted':
      throw new EscalaError('PODS_NOT_READY', {
        owner,
        detail: `${nameOf(pod)} was evicted: ${trouble.detail}`,
      });
    case 'unscheduled':
      if (waitedMs > STUCK_MS_MAX) {
        throw new EscalaError('PODS_NOT_READY', {
          owner,
          detail: `${nameOf(pod)} finds no node: ${trouble.detail}`,
        });
      }
  }
}

/** Quota, policy, storage: the controller tells of them in an event, and goes on trying. */
async function throwNotMade({ api, namespace, owner }: Awaited): Promise<void> {
  const events = await api.list<CoreV1Event>(pathOf('Event', namespace));
  const failed = events.filter(
    ({ reason, involvedObject }) => reason === 'FailedCreate' && involvedObject.name?.startsWith(owner),
  );
  const detail = failed.at(-1)?.message;
  if (detail) throw new EscalaError('PODS_NOT_READY', { owner, detail });
}

/** Of the container that ended, else of the one that runs; empty where there is none. */
export async function lastLines(api: ClusterApi, namespace: string, pod: string): Promise<string> {
  const path = `${pathOf('Pod', namespace)}/${pod}/log?tailLines=${LOG_LINES_MAX}`;
  for (const query of ['&previous=true', '']) {
    const text = await api.call('GET', path + query).then(String, () => '');
    if (text.trim() !== '') return text.trimEnd();
  }
  return '';
}
