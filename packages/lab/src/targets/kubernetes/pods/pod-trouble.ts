import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { CRASHES_MAX } from '../api/limits.ts';

/** What keeps a pod from being ready, where waiting does not help. */
type PodTrouble =
  | { readonly kind: 'image'; readonly image: string; readonly detail: string }
  | { readonly kind: 'crash'; readonly restarts: number; readonly reason: string }
  | { readonly kind: 'evicted'; readonly detail: string }
  /** Nothing yet: a claim waits for its pod and a node for its image. After a while it is an error. */
  | { readonly kind: 'unscheduled'; readonly detail: string }
  /** Nothing yet either: the kubelet could not make the container, and tries again. On a busy node that may go well. */
  | { readonly kind: 'unmade'; readonly detail: string };

const imageReasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName']);
/** A Secret that was not read in time, a runtime that did not answer in time; or settings that are wrong for good. */
const unmadeReasons = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'ImageInspectError',
]);
/** How the kubelet marks a container whose program never ran; it counts as a restart, and is no crash of the program. */
const unstartedReason = 'StartError';

export function troubleOf({ status, spec }: V1Pod): PodTrouble | null {
  if (status?.reason === 'Evicted') return { kind: 'evicted', detail: status.message ?? '' };
  for (const container of status?.containerStatuses ?? []) {
    const trouble = troubleOfContainer(container);
    if (trouble) return trouble;
  }
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False')
    return { kind: 'unscheduled', detail: scheduled.message ?? scheduled.reason ?? '' };
  if (awaitsVolume(status, spec)) return { kind: 'unscheduled', detail: '' };
  return null;
}

/** The scheduler has chosen a node and says nothing while it waits for the volume there. */
function awaitsVolume(status: V1Pod['status'], spec: V1Pod['spec']): boolean {
  const hasClaim = spec?.volumes?.some((volume) => volume.persistentVolumeClaim) ?? false;
  return status?.phase === 'Pending' && !spec?.nodeName && hasClaim;
}

export function restartsOf({ status }: V1Pod): number {
  return Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

/** What a pod that is not ready is doing, in Kubernetes' words: `ContainerCreating`, `Pending`, `Running`. */
export function stateOf({ metadata, status }: V1Pod): string {
  if (metadata?.deletionTimestamp) return 'Terminating';
  const waiting = status?.containerStatuses?.find(({ state }) => state?.waiting)?.state?.waiting;
  return waiting?.reason ?? status?.phase ?? 'Pending';
}

function troubleOfContainer({ image, state, lastState, restartCount }: V1ContainerStatus): PodTrouble | null {
  const { waiting, terminated } = state ?? {};
  if (waiting?.reason && imageReasons.has(waiting.reason)) {
    return { kind: 'image', image, detail: waiting.message ?? waiting.reason };
  }
  if (waiting?.reason && unmadeReasons.has(waiting.reason))
    return { kind: 'unmade', detail: waiting.message ?? waiting.reason };
  const ended = terminated ?? lastState?.terminated;
  if (!state?.running && ended?.reason === unstartedReason)
    return { kind: 'unmade', detail: ended.message ?? ended.reason };
  const isCrashing = waiting?.reason === 'CrashLoopBackOff' || restartCount >= CRASHES_MAX;
  if (!isCrashing) return null;
  const reason = ended ? `${ended.reason ?? 'ended'}, exit code ${ended.exitCode}` : (waiting?.reason ?? '');
  return { kind: 'crash', restarts: restartCount, reason };
}

/** False from the moment that it is told to end, or has ended by itself; its node may have left it behind as running. */
export function isStanding({ metadata, status }: V1Pod): boolean {
  return !metadata?.deletionTimestamp && status?.phase !== 'Failed' && status?.phase !== 'Succeeded';
}

export function isReady({ metadata, status }: V1Pod): boolean {
  if (metadata?.deletionTimestamp) return false;
  return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
