import { sentences } from '@escala/model';
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { Finding } from '../../contract/row.ts';
import { clientSource, collectorSource } from '../objects/manifests.ts';
import { nameOf } from '../objects/names.ts';
import { cores } from '../objects/quantity.ts';

const words = sentences.lab.nodeFindings;

/** What `doctor` says of the nodes. `pods` are those of the whole cluster, null where they may not be listed. */
export function nodeFindings(nodes: readonly V1Node[], pods: readonly V1Pod[] | null): Finding[] {
  const ready = nodes.filter(isReady);
  return [
    readyFinding(nodes, ready),
    ...freeFinding(ready, pods),
    ...imageFindings(ready),
    ...spreadFinding(ready),
  ];
}

function isReady({ status }: V1Node): boolean {
  return status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function readyFinding(nodes: readonly V1Node[], ready: readonly V1Node[]): Finding {
  return {
    status: ready.length > 0 ? 'ok' : 'fail',
    says: words.ofReady,
    values: { ready: ready.length, nodes: nodes.length, cpus: allocatable(ready) },
  };
}

function allocatable(nodes: readonly V1Node[]): number {
  return nodes.reduce((sum, { status }) => sum + (cores(status?.allocatable?.['cpu']) ?? 0), 0);
}

/** The scheduler gives away what pods ask for, whether or not they use it. */
function freeFinding(ready: readonly V1Node[], pods: readonly V1Pod[] | null): Finding[] {
  if (pods === null) return [];
  const names = new Set(ready.map(nameOf));
  const asked = pods
    .filter(({ spec, status }) => names.has(spec?.nodeName ?? '') && isUnended(status?.phase))
    .flatMap(({ spec }) => spec?.containers ?? [])
    .reduce((sum, { resources }) => sum + (cores(resources?.requests?.['cpu']) ?? 0), 0);
  const free = Math.max(0, allocatable(ready) - asked);
  const says = words.plain;
  return [{ status: free > 0 ? 'ok' : 'fail', says, values: { free: Math.round(free * 100) / 100 } }];
}

function isUnended(phase: string | undefined): boolean {
  return phase !== 'Succeeded' && phase !== 'Failed';
}

/** A kubelet tells of its 50 largest images, so one that is not told of is a warning. */
function imageFindings(ready: readonly V1Node[]): Finding[] {
  return [collectorSource.image, clientSource.image].map((image): Finding => {
    const without = ready.filter((node) => !hasImage(node, image)).map(nameOf);
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

function spreadFinding(ready: readonly V1Node[]): Finding[] {
  if (ready.length < 2) return [];
  const says = words.withStorageSharedAnd;
  return [{ status: 'warn', says, values: { nodes: ready.length } }];
}
