import type { Environment, Experiment, KubernetesSettings, MeasuredSystem } from '@escala/model';
import type { V1Node } from '@kubernetes/client-node';
import { ownSystemsOf, sourceOf } from '../objects/manifests.ts';
import { obstaclesOf, type Unplaced } from '../objects/node-obstacles.ts';
import { bytes, cores } from '../objects/quantity.ts';

type NodeFacts = Pick<Environment, 'nodes'> & Partial<Environment>;

/** The nodes where servers or agents may stand; all, where that is none of them. */
export function carriersOf(
  nodes: readonly V1Node[],
  { servers, clients }: Pick<KubernetesSettings, 'servers' | 'clients'>,
): readonly V1Node[] {
  const may = nodes.filter((node) =>
    [servers, clients].some(
      (placement) =>
        obstaclesOf(node, (placement ?? {}) as Unplaced, { keys: noKeys, pods: null }).length === 0,
    ),
  );
  return may.length > 0 ? may : nodes;
}

/** The reasons are not shown. */
const noKeys = { tolerations: '', nodeSelector: '', resources: '' };

/**
 * What carries the study: the nodes' processors, memory, kernels and kubelets, in place of those of the machine that drives
 * it. What nodes differ in is told once each; Kubernetes does not tell the processors' model, only a cloud's machine type.
 */
export function nodeFacts(nodes: readonly V1Node[]): NodeFacts {
  const told = (of: (node: V1Node) => string | undefined) =>
    [...new Set(nodes.map(of).filter((text) => text !== undefined))].sort().join(', ');
  const sum = (of: (node: V1Node) => number | null) =>
    nodes.reduce((total, node) => total + (of(node) ?? 0), 0);
  return {
    nodes: nodes.length,
    platform: told(({ status }) => status?.nodeInfo?.operatingSystem),
    arch: told(({ status }) => status?.nodeInfo?.architecture),
    kernel: told(({ status }) => status?.nodeInfo?.kernelVersion),
    kubelet: told(({ status }) => status?.nodeInfo?.kubeletVersion),
    cpuModel: told(({ metadata }) => metadata?.labels?.['node.kubernetes.io/instance-type']) || 'unknown',
    cpus: sum(({ status }) => cores(status?.capacity?.['cpu'])),
    memoryBytes: sum(({ status }) => bytes(status?.capacity?.['memory'])),
  };
}

/** The images by the digests that the nodes tell: of those that came from a registry. cell.json has each replica's own. */
export function imageFacts(
  nodes: readonly V1Node[],
  { systems }: Experiment,
  imageName: (image: string) => string,
): MeasuredSystem[] {
  const names = nodes.flatMap(({ status }) => status?.images ?? []).map(({ names }) => names ?? []);
  return systems.map((system) => {
    const image =
      ownSystemsOf({ systems: [system] }).length > 0 ? imageName(sourceOf(system).image) : undefined;
    const known = names.find((all) => image && all.some((name) => isSame(name, image))) ?? [];
    const digest = known.map((name) => /@(sha256:[0-9a-f]+)$/.exec(name)?.[1]).find(Boolean) ?? null;
    return { name: system.name, version: null, commit: null, isDirty: null, digest, runtime: null };
  });
}

/** A node writes the registry and the tag that a short name leaves out. */
function isSame(told: string, image: string): boolean {
  const full = image.split('/').at(-1)?.includes(':') ? image : `${image}:latest`;
  return told === full || told === image || told.endsWith(`/${full}`);
}
