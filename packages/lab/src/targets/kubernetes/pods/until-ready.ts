import { EscalaError, fillEach, inEachLanguage, type Sentence, sentences } from '@escala/model';
import type { CoreV1Event, V1Node, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import type { OnWait } from '../../contract/target.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { LOG_LINES_MAX, STUCK_MS_MAX } from '../api/limits.ts';
import { unlessDenied } from '../api/rights.ts';
import { componentLabel, nameOf, pathOf } from '../objects/names.ts';
import { obstaclesOf, type PlacementKeys } from '../objects/node-obstacles.ts';
import { isReady, restartsOf, stateOf, troubleOf } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';

const words = sentences.lab.nodeObstacles;

/** Of what keeps a pod from the nodes: so much is told. */
const OBSTACLES_MAX = 6;
/** A provisioner says so when it begins; a class without a provisioner gets no such event. */
const PROVISIONING = 'Provisioning';
/** Events of a claim that waits for the pod, not the pod for it. */
const podAwaited: ReadonlySet<string> = new Set(['WaitForFirstConsumer', 'WaitForPodScheduled']);

export interface AwaitedPods {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  /** The Deployment or Job, for what the API server says of pods that it could not make. */
  readonly owner: string;
  /** Hears how many are ready, and what the others wait for, whenever that changes. */
  readonly onWait?: OnWait | undefined;
  /** False while other pods are ending, whose place, or part of a quota, these may need; absent where none are. */
  readonly hasRoom?: (() => boolean) | undefined;
  readonly signal: AbortSignal;
}

/**
 * Resolves when `count` pods are ready. What waiting cannot mend is told at once: an image that is not there, a pod
 * that crashes (with its last lines), a quota; what may mend itself (no node, no Secret, a slow
 * runtime), after `STUCK_MS_MAX`.
 */
export async function untilReady(awaited: AwaitedPods): Promise<V1Pod[]> {
  const { watch, labels, count, owner, onWait, signal } = awaited;
  let told = '';
  let startedAt = performance.now();
  const stuckSince = new Map<string, number>();
  for (;;) {
    signal.throwIfAborted();
    const pods = watch.list(labels);
    const ready = pods.filter(isReady);
    if (ready.length >= count) return ready;
    const reason =
      [...new Set(pods.filter((pod) => !isReady(pod)).map(stateOf))].sort().join(', ') || 'Pending';
    if (told !== `${ready.length} ${reason}`) onWait?.({ ready: ready.length, count, reason });
    told = `${ready.length} ${reason}`;
    const hasRoom = awaited.hasRoom?.() ?? true;
    if (!hasRoom) startedAt = performance.now();
    const waitedMs = performance.now() - startedAt;
    if (!hasRoom) stuckSince.clear();
    for (const pod of pods) await throwTrouble(pod, stuckSince, awaited);
    if (pods.length < count && waitedMs > STUCK_MS_MAX) await throwNotMade(awaited);
    const { api, namespace } = awaited;
    if (waitedMs > api.patience.podsMs) {
      const seconds = api.patience.podsMs / 1_000;
      throw new EscalaError('PODS_NOT_READY', { owner, ready: ready.length, count, seconds, namespace });
    }
    await watch.nextChange();
  }
}

/** `stuckSince`: by pod, since when it has a trouble that may mend itself, in milliseconds of `performance.now()`. */
async function throwTrouble(
  pod: V1Pod,
  stuckSince: Map<string, number>,
  { api, namespace }: AwaitedPods,
): Promise<void> {
  const trouble = troubleOf(pod);
  const name = nameOf(pod);
  if (restartsOf(pod) > 0) await throwUnanswered(pod, api, namespace);
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
      if (await hasClaimOnItsWay(pod, trouble.detail, { api, namespace })) return;
      if (trouble.detail === '') return;
      throw new EscalaError('POD_UNPLACED', {
        pod: name,
        detail: await whyUnplaced(api, pod, trouble.detail),
      });
    case 'unmade':
      throw new EscalaError('POD_MISCONFIGURED', { pod: name, detail: trouble.detail });
  }
}

/** The scheduler's words, and what each node lacks for the pod, as far as the rights let it be seen. */
async function whyUnplaced(api: ClusterApi, pod: V1Pod, scheduler: string): Promise<string | Sentence> {
  const nodes = await unlessDenied(api.list<V1Node>('/api/v1/nodes'), []);
  const pods = await unlessDenied<V1Pod[] | null>(api.list<V1Pod>('/api/v1/pods'), null);
  const keys = placementKeysOf(pod);
  const why = nodes.flatMap((node) => obstaclesOf(node, pod.spec ?? {}, { keys, pods }));
  if (why.length === 0) return scheduler;
  const more = why.length > OBSTACLES_MAX ? ['…'] : [];
  const told = inEachLanguage((language) =>
    [...why.slice(0, OBSTACLES_MAX).map((one) => one[language]), ...more].join('; '),
  );
  return fillEach(words.ofNodes, { scheduler, nodes: told });
}

/** The experiment's keys that say where such a pod may go; the collector goes where the servers may. */
function placementKeysOf({ metadata }: V1Pod): PlacementKeys {
  const component = metadata?.labels?.[componentLabel];
  const place = component === 'client' ? 'kubernetes.clients' : 'kubernetes.servers';
  const resources = { client: '.clients.resources', collector: '.collector.resources' }[component ?? ''];
  return {
    tolerations: `${place}.tolerations`,
    nodeSelector: `${place}.nodeSelector`,
    resources: `kubernetes${resources ?? '.resources'}`,
  };
}

/**
 * A claim that cannot get a volume keeps its pod from every node, and its own events say why. True where a provisioner is
 * at work on it.
 * @throws EscalaError CLAIM_PENDING
 */
async function hasClaimOnItsWay(
  pod: V1Pod,
  detail: string,
  { api, namespace }: Pick<AwaitedPods, 'api' | 'namespace'>,
): Promise<boolean> {
  const names = pod.spec?.volumes?.map((volume) => volume.persistentVolumeClaim?.claimName) ?? [];
  const claims = await api.list<V1PersistentVolumeClaim>(pathOf('PersistentVolumeClaim', namespace));
  const pending = claims.find((claim) => names.includes(nameOf(claim)) && claim.status?.phase === 'Pending');
  if (!pending) return false;
  const claim = nameOf(pending);
  const events = await eventsOf(api, namespace, { kind: 'PersistentVolumeClaim', name: claim });
  const last = events.at(-1);
  if (last?.reason === PROVISIONING) return true;
  // Where it awaits the pod, the scheduler says whether volumes are what keeps that from every node.
  const awaitsPod = podAwaited.has(last?.reason ?? '');
  if (awaitsPod && !/persistent ?volume/i.test(detail)) return false;
  const words = [last?.message, ...(awaitsPod ? [detail] : [])].filter(Boolean).join('; ');
  const storageClass = pending.spec?.storageClassName ?? '-';
  throw new EscalaError('CLAIM_PENDING', { claim, class: storageClass, detail: words });
}

/** A container that its startup probe ended does not crash: nothing answered on its port. */
async function throwUnanswered(pod: V1Pod, api: ClusterApi, namespace: string): Promise<void> {
  const events = await eventsOf(api, namespace, { kind: 'Pod', name: nameOf(pod) });
  // A server that ends by itself has failed its probe as well, a moment before.
  if (!events.some(({ reason, message }) => reason === 'Killing' && /startup probe/.test(message ?? '')))
    return;
  const failed = events.findLast(
    ({ reason, message }) => reason === 'Unhealthy' && /^Startup/.test(message ?? ''),
  );
  const detail = failed?.message?.replace(/^Startup probe failed:\s*/, '');
  if (detail) throw new EscalaError('POD_SILENT', { pod: nameOf(pod), detail });
}

/** Quota, policy: the controller tells of them in an event, and goes on trying. */
async function throwNotMade({ api, namespace, owner }: AwaitedPods): Promise<void> {
  const events = await seenEvents(api, namespace);
  const event = events.findLast(
    ({ reason, involvedObject: { name } }) => reason === 'FailedCreate' && name?.startsWith(owner) === true,
  );
  if (event) throw new EscalaError('PODS_REFUSED', { owner, detail: event.message ?? '' });
}

/** In the order in which they last happened. */
async function eventsOf(
  api: ClusterApi,
  namespace: string,
  { kind, name }: { kind: string; name: string },
): Promise<CoreV1Event[]> {
  const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  const events = await seenEvents(api, namespace, { fieldSelector });
  const lastMs = (event: CoreV1Event) => new Date(event.lastTimestamp ?? event.eventTime ?? 0).getTime();
  return events
    .filter(({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === name)
    .sort((a, b) => lastMs(a) - lastMs(b));
}

/** Without the right to see events a study runs as well, and explains less. */
function seenEvents(
  api: ClusterApi,
  namespace: string,
  query: Record<string, string> = {},
): Promise<CoreV1Event[]> {
  return unlessDenied(api.list<CoreV1Event>(pathOf('Event', namespace), query), []);
}

/** Of the container that ended, else of the one that runs; empty where there is none. */
async function lastLines(api: ClusterApi, namespace: string, pod: string): Promise<string> {
  const path = `${pathOf('Pod', namespace)}/${pod}/log?tailLines=${LOG_LINES_MAX}`;
  for (const query of ['&previous=true', '']) {
    const text = await api.bytes(path + query).then(String, () => '');
    if (text.trim() !== '') return text.trimEnd();
  }
  return '';
}
