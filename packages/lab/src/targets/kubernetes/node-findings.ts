import type { V1Node, V1Pod } from '@kubernetes/client-node';
import type { Finding } from './checkup.ts';
import { clientSource, collectorSource } from './manifests.ts';
import { nameOf } from './names.ts';
import { cores } from './quantity.ts';

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
    says: {
      en: '{ready} of {nodes} {nodes?node|nodes} ready, {cpus} {cpus?processor|processors}',
      'pt-BR':
        '{ready} de {nodes} {nodes?nó|nós} {ready?pronto|prontos}, {cpus} {cpus?processador|processadores}',
    },
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
  const says = {
    en: '{free} {free?processor is free: no pod has asked for it|processors are free: no pod has asked for them}',
    'pt-BR':
      '{free} {free?processador está livre: nenhum pod o pediu|processadores estão livres: nenhum pod os pediu}',
  };
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
      const says = {
        en: 'the image {image} is on every node',
        'pt-BR': 'a imagem {image} está em todos os nós',
      };
      return { status: 'ok', says, values: { image } };
    }
    const says = {
      en: 'the image {image} is not on {nodes}: say with kubernetes.images how it gets there',
      'pt-BR': 'a imagem {image} não está em {nodes}: diga com kubernetes.images como ela chega lá',
    };
    return { status: 'warn', says, values: { image, nodes: without.join(', ') } };
  });
}

function hasImage({ status }: V1Node, image: string): boolean {
  const names = status?.images?.flatMap(({ names }) => names ?? []) ?? [];
  return names.some((name) => name.split('/').at(-1)?.split(/[:@]/)[0] === image);
}

function spreadFinding(ready: readonly V1Node[]): Finding[] {
  if (ready.length < 2) return [];
  const says = {
    en: 'with storage: shared and ReadWriteOnce all replicas go to one of {nodes} {nodes?node|nodes}; accessMode: ReadWriteMany or storage: per-replica spreads them',
    'pt-BR':
      'com storage: shared e ReadWriteOnce todas as réplicas vão para um de {nodes} {nodes?nó|nós}; accessMode: ReadWriteMany ou storage: per-replica as distribui',
  };
  return [{ status: 'warn', says, values: { nodes: ready.length } }];
}
