import { EscalaError } from '@escala/model';
import type { CoreV1Event, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';
import { LOG_LINES_MAX, PODS_READY_MS_MAX, STUCK_MS_MAX } from './limits.ts';
import { nameOf, pathOf } from './names.ts';
import { isReady, troubleOf } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';

/** Events of a claim that waits for the pod, not the pod for it. */
const podAwaited: ReadonlySet<string> = new Set(['WaitForFirstConsumer', 'WaitForPodScheduled']);

export interface Awaited {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  /** The Deployment or Job, for what the API server says of pods that it could not make. */
  readonly owner: string;
  readonly signal: AbortSignal;
}

/**
 * Resolves when `count` pods are ready. What waiting cannot mend is told at once: an image that is not there, a pod
 * that crashes (with its last lines), a quota; what may mend itself (no node, no Secret, a slow
 * runtime), after `STUCK_MS_MAX`.
 */
export async function untilReady(awaited: Awaited): Promise<V1Pod[]> {
  const { watch, labels, count, owner, signal } = awaited;
  const startedAt = performance.now();
  const stuckSince = new Map<string, number>();
  for (;;) {
    signal.throwIfAborted();
    const pods = watch.list(labels);
    const ready = pods.filter(isReady);
    if (ready.length >= count) return ready;
    const waitedMs = performance.now() - startedAt;
    for (const pod of pods) await throwTrouble(pod, stuckSince, awaited);
    if (pods.length < count && waitedMs > STUCK_MS_MAX) await throwNotMade(awaited);
    if (waitedMs > PODS_READY_MS_MAX) {
      const seconds = PODS_READY_MS_MAX / 1_000;
      const { namespace } = awaited;
      throw new EscalaError('PODS_NOT_READY', { owner, ready: ready.length, count, seconds, namespace });
    }
    await watch.nextChange();
  }
}

/** `stuckSince`: by pod, since when it has a trouble that may mend itself, in milliseconds of `performance.now()`. */
async function throwTrouble(
  pod: V1Pod,
  stuckSince: Map<string, number>,
  { api, namespace }: Awaited,
): Promise<void> {
  const trouble = troubleOf(pod);
  const name = nameOf(pod);
  if (trouble?.kind === 'unscheduled' || trouble?.kind === 'unmade') {
    const sinceMs = stuckSince.get(name) ?? performance.now();
    stuckSince.set(name, sinceMs);
    if (performance.now() - sinceMs <= STUCK_MS_MAX) return;
  } else stuckSince.delete(name);
  switch (trouble?.kind) {
    case 'image':
      throw new EscalaError('IMAGE_MISSING', { image: trouble.image, detail: trouble.detail });
    case 'crash': {
      const { restarts, reason } = trouble;
      const log = await lastLines(api, namespace, name);
      throw new EscalaError('POD_CRASHES', { pod: name, restarts, reason, log });
    }
    case 'evicted':
      throw new EscalaError('POD_EVICTED', { pod: name, detail: trouble.detail });
    case 'unscheduled':
      await throwPendingClaim(pod, api, namespace);
      throw new EscalaError('POD_UNPLACED', { pod: name, detail: trouble.detail });
    case 'unmade':
      throw new EscalaError('POD_MISCONFIGURED', { pod: name, detail: trouble.detail });
  }
}

/** A claim that cannot get a volume keeps its pod from every node, and its own events say why. */
async function throwPendingClaim(pod: V1Pod, api: ClusterApi, namespace: string): Promise<void> {
  const names = pod.spec?.volumes?.map((volume) => volume.persistentVolumeClaim?.claimName) ?? [];
  const claims = await api.list<V1PersistentVolumeClaim>(pathOf('PersistentVolumeClaim', namespace));
  const pending = claims.find((claim) => names.includes(nameOf(claim)) && claim.status?.phase === 'Pending');
  if (!pending) return;
  const claim = nameOf(pending);
  const event = await lastEvent(
    api,
    namespace,
    ({ involvedObject: { kind, name } }) => kind === 'PersistentVolumeClaim' && name === claim,
  );
  if (podAwaited.has(event?.reason ?? '')) return;
  const storageClass = pending.spec?.storageClassName ?? '-';
  throw new EscalaError('CLAIM_PENDING', { claim, class: storageClass, detail: event?.message ?? '' });
}

/** Quota, policy: the controller tells of them in an event, and goes on trying. */
async function throwNotMade({ api, namespace, owner }: Awaited): Promise<void> {
  const event = await lastEvent(
    api,
    namespace,
    ({ reason, involvedObject }) =>
      reason === 'FailedCreate' && involvedObject.name?.startsWith(owner) === true,
  );
  if (event) throw new EscalaError('PODS_REFUSED', { owner, detail: event.message ?? '' });
}

async function lastEvent(
  api: ClusterApi,
  namespace: string,
  isMeant: (event: CoreV1Event) => boolean,
): Promise<CoreV1Event | undefined> {
  // Without the right to see events a study runs as well, and explains less.
  const events = await api.list<CoreV1Event>(pathOf('Event', namespace)).catch((cause) => {
    if (cause instanceof EscalaError && cause.code === 'RIGHT_MISSING') return [];
    throw cause;
  });
  return events.filter(isMeant).at(-1);
}

/** Of the container that ended, else of the one that runs; empty where there is none. */
export async function lastLines(api: ClusterApi, namespace: string, pod: string): Promise<string> {
  const path = `${pathOf('Pod', namespace)}/${pod}/log?tailLines=${LOG_LINES_MAX}`;
  for (const query of ['&previous=true', '']) {
    const text = await api.bytes(path + query).then(String, () => '');
    if (text.trim() !== '') return text.trimEnd();
  }
  return '';
}
