import { describeBytes, fillEach, type Sentence, sentences } from '@escala/model';
import type { V1Node, V1Pod, V1PodSpec, V1Taint, V1Toleration } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { nameOf } from './names.ts';
import { bytes, cores } from './quantity.ts';

const words = sentences.lab.nodeObstacles;

/** Taints that Kubernetes sets while a node is in a condition, and takes away with it. */
const conditionTaint = /^node(\.cloudprovider)?\.kubernetes\.io\//;

/** What the scheduler heeds of a pod that has no node yet. */
export type Unplaced = Partial<Pick<V1PodSpec, 'tolerations' | 'nodeSelector' | 'containers'>>;

/** The experiment's keys that decide where the pod may go and what it asks for. */
export interface PlacementKeys {
  readonly tolerations: string;
  readonly nodeSelector: string;
  readonly resources: string;
}

/**
 * Why the pod may not stand on the node, each with what would change it; empty where it may. `pods` are those of the whole
 * cluster; null where they may not be listed, and then nothing is known of what others have asked for.
 */
export function obstaclesOf(
  node: V1Node,
  pod: Unplaced,
  { keys, pods }: { keys: PlacementKeys; pods: readonly V1Pod[] | null },
): Sentence[] {
  const name = { node: nameOf(node) };
  if (!isReady(node)) return [fillEach(words.unready, name)];
  const taints = taintsAgainst(node, pod.tolerations ?? []);
  if (taints.some(({ key }) => key === 'node.kubernetes.io/unschedulable'))
    return [fillEach(words.cordoned, name)];
  const [conditions, given] = [taints.filter(isOfCondition), taints.filter((one) => !isOfCondition(one))];
  const tolerations = stringify(given.map(tolerationOf), { collectionStyle: 'flow', lineWidth: 0 }).trim();
  const told = (those: readonly V1Taint[]) => those.map(describeTaint).join(', ');
  const lacking = Object.entries(pod.nodeSelector ?? {})
    .filter(([label, value]) => node.metadata?.labels?.[label] !== value)
    .map(([label, value]) => `${label}=${value}`);
  return [
    ...(conditions.length > 0 ? [fillEach(words.inCondition, { ...name, taints: told(conditions) })] : []),
    ...(given.length > 0
      ? [fillEach(words.tainted, { ...name, taints: told(given), key: keys.tolerations, tolerations })]
      : []),
    ...(lacking.length > 0
      ? [fillEach(words.unlabelled, { ...name, labels: lacking.join(', '), key: keys.nodeSelector })]
      : []),
    ...shortages(node, pod, { keys, pods }),
  ];
}

/** Whether all that keeps pods from the node are taints that someone gave it: an experiment's tolerations open it. */
export function opensByTolerations(node: V1Node): boolean {
  const tolerations = (node.spec?.taints ?? []).filter((one) => !isOfCondition(one)).map(tolerationOf);
  const keys = { tolerations: '', nodeSelector: '', resources: '' };
  return obstaclesOf(node, { tolerations }, { keys, pods: null }).length === 0;
}

function isReady({ status }: V1Node): boolean {
  return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

const isOfCondition = ({ key }: V1Taint) => conditionTaint.test(key);

/** The taints that keep new pods away. A cordoned node has one, a moment after its `unschedulable`. */
function taintsAgainst({ spec }: V1Node, tolerations: readonly V1Toleration[]): V1Taint[] {
  const cordon: V1Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  return [...(spec?.taints ?? []), ...(spec?.unschedulable ? [cordon] : [])]
    .filter(({ effect }) => effect !== 'PreferNoSchedule')
    .filter((taint) => !tolerations.some((one) => isTolerated(taint, one)));
}

function isTolerated(taint: V1Taint, { key, operator, value, effect }: V1Toleration): boolean {
  if (effect && effect !== taint.effect) return false;
  if (operator === 'Exists') return !key || key === taint.key;
  return key === taint.key && (value ?? '') === (taint.value ?? '');
}

/** As kubectl writes it: `lab=gpu:NoSchedule`. */
function describeTaint({ key, value, effect }: V1Taint): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`;
}

function tolerationOf({ key, value, effect }: V1Taint): V1Toleration {
  return value ? { key, operator: 'Equal', value, effect } : { key, operator: 'Exists', effect };
}

function shortages(
  node: V1Node,
  pod: Unplaced,
  { keys, pods }: { keys: PlacementKeys; pods: readonly V1Pod[] | null },
): Sentence[] {
  const [all, free, asks] = [roomOf(node, []), roomOf(node, pods ?? []), askedBy(pod)];
  const values = { node: nameOf(node), key: keys.resources };
  const inBytes = { all: describeBytes(all.bytes), free: describeBytes(free.bytes) };
  return [
    ...(asks.cpus > free.cpus
      ? [fillEach(words.fewProcessors, { ...values, all: all.cpus, free: free.cpus, asks: asks.cpus })]
      : []),
    ...(asks.bytes > free.bytes
      ? [fillEach(words.littleMemory, { ...values, ...inBytes, asks: describeBytes(asks.bytes) })]
      : []),
    ...(free.pods < 1 ? [fillEach(words.manyPods, { ...values, all: all.pods })] : []),
  ];
}

/** What a node gives to pods. */
interface Room {
  readonly cpus: number;
  readonly bytes: number;
  readonly pods: number;
}

/** What is left of the node for others than `pods`: the scheduler gives away what they ask for, used or not. */
export function roomOf({ metadata, status }: V1Node, pods: readonly V1Pod[]): Room {
  const there = pods.filter(
    ({ spec, status }) => spec?.nodeName === metadata?.name && isUnended(status?.phase),
  );
  const asked = there.map(({ spec }) => askedBy(spec ?? {}));
  const sum = (of: 'cpus' | 'bytes') => asked.reduce((total, one) => total + one[of], 0);
  const { cpu, memory, pods: most } = status?.allocatable ?? {};
  const left = (all: number, taken: number) => Math.max(0, Math.round((all - taken) * 1_000) / 1_000);
  return {
    cpus: left(cores(cpu) ?? 0, sum('cpus')),
    bytes: left(bytes(memory) ?? 0, sum('bytes')),
    pods: most === undefined ? Number.POSITIVE_INFINITY : left(Number(most), there.length),
  };
}

function askedBy({ containers = [] }: Unplaced): Omit<Room, 'pods'> {
  const requests = containers.map(({ resources }) => resources?.requests ?? {});
  return {
    cpus: requests.reduce((sum, { cpu }) => sum + (cores(cpu) ?? 0), 0),
    bytes: requests.reduce((sum, { memory }) => sum + (bytes(memory) ?? 0), 0),
  };
}

function isUnended(phase: string | undefined): boolean {
  return phase !== 'Succeeded' && phase !== 'Failed';
}
