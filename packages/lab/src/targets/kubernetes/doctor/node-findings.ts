import { describeBytes, sentences } from '@escala/model';
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { Finding } from '../../contract/tools.ts';
import { clientSource, collectorSource } from '../objects/manifests.ts';
import { nameOf } from '../objects/names.ts';
import { obstaclesOf, opensByTolerations, type PlacementKeys, roomOf } from '../objects/node-obstacles.ts';

const words = sentences.lab.nodeFindings;

/** No experiment is known here: its servers and its clients each have keys of their own. */
const keys: PlacementKeys = {
  tolerations: 'kubernetes.servers.tolerations, kubernetes.clients.tolerations',
  nodeSelector: 'kubernetes.servers.nodeSelector, kubernetes.clients.nodeSelector',
  resources: 'kubernetes.resources, kubernetes.clients.resources',
};

/**
 * What `doctor` says of the nodes: of those where a pod without tolerations may stand, and why the others are left out; where
 * there are none of them, of those that tolerations open.
 * `pods` are those of the whole cluster, null where they may not be listed.
 */
export function nodeFindings(nodes: readonly V1Node[], pods: readonly V1Pod[] | null): Finding[] {
  const obstacles = nodes.map((node) => ({ node, why: obstaclesOf(node, {}, { keys, pods: null }) }));
  const open = obstacles.filter(({ why }) => why.length === 0).map(({ node }) => node);
  const usable = open.length > 0 ? open : nodes.filter(opensByTolerations);
  return [
    openFinding(nodes, { open, usable }),
    ...obstacles.flatMap(({ why }) =>
      why.map((why): Finding => ({ status: 'warn', says: words.leftOut, values: { why } })),
    ),
    ...(usable.length > 0 ? [...freeFinding(usable, pods), ...imageFindings(usable)] : []),
    ...spreadFinding(usable),
  ];
}

function openFinding(
  nodes: readonly V1Node[],
  { open, usable }: { open: readonly V1Node[]; usable: readonly V1Node[] },
): Finding {
  const { cpus, bytes } = roomOfAll(open, []);
  const otherwise = usable.length > 0 ? 'warn' : 'fail';
  return {
    status: open.length > 0 ? 'ok' : otherwise,
    says: words.ofOpen,
    values: { open: open.length, nodes: nodes.length, cpus, memory: describeBytes(bytes) },
  };
}

function roomOfAll(nodes: readonly V1Node[], pods: readonly V1Pod[]): { cpus: number; bytes: number } {
  const rooms = nodes.map((node) => roomOf(node, pods));
  return {
    cpus: rooms.reduce((sum, { cpus }) => sum + cpus, 0),
    bytes: rooms.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function freeFinding(open: readonly V1Node[], pods: readonly V1Pod[] | null): Finding[] {
  if (pods === null) return [];
  const { cpus, bytes } = roomOfAll(open, pods);
  const values = { free: Math.round(cpus * 100) / 100, memory: describeBytes(bytes) };
  return [{ status: cpus > 0 && bytes > 0 ? 'ok' : 'fail', says: words.free, values }];
}

/** A kubelet tells of its 50 largest images, so one that is not told of is a warning. */
function imageFindings(open: readonly V1Node[]): Finding[] {
  return [collectorSource.image, clientSource.image].map((image): Finding => {
    const without = open.filter((node) => !hasImage(node, image)).map(nameOf);
    if (without.length === 0) {
      const says = words.theImageIsOn;
      return { status: 'ok', says, values: { image } };
    }
    const says = words.theImageIsNot;
    return { status: 'warn', says, values: { image, nodes: without.join(', ') } };
  });
}

function hasImage({ status }: V1Node, image: string): boolean {
  const names = status?.images?.flatMap(({ names }) => names ?? []) ?? [];
  return names.some((name) => name.split('/').at(-1)?.split(/[:@]/)[0] === image);
}

function spreadFinding(open: readonly V1Node[]): Finding[] {
  if (open.length < 2) return [];
  const says = words.withStorageSharedAnd;
  return [{ status: 'warn', says, values: { nodes: open.length } }];
}
