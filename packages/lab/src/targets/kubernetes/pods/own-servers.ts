import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerStorage } from '@escala/model';
import type { KubernetesObject, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import type { DeployRequest } from '../../contract/target.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { NODES_LEARN_MS } from '../api/limits.ts';
import { blockLabel, nameOf, pathOf, serverPort } from '../objects/names.ts';
import { type Place, serverWorkload, type Workload } from '../objects/workload.ts';
import type { Collectors } from './collector.ts';
import type { Servers } from './deployment.ts';
import type { PodWatch } from './pod-watch.ts';
import { untilPodsGone } from './pods-gone.ts';
import { untilEndpoints } from './until-endpoints.ts';
import { type AwaitedPods, untilReady } from './until-ready.ts';

interface OwnWorld {
  readonly api: ClusterApi;
  readonly place: Place;
  readonly watch: PodWatch;
  readonly collectors: Collectors;
  /** The pods of the servers before, which may still be ending. */
  readonly ending: { readonly isOver: boolean; readonly gone: Promise<void> };
  /** Takes over the wait for pods that end: the next servers start meanwhile. */
  readonly leave: (gone: Promise<void>) => void;
  /** Lets the agents start where there are none yet: they take as long as the servers. */
  readonly beginAgents: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Starts the servers of a block by the files of their system, and waits until their Service sends to all of them. */
export async function startOwnServers(
  { system, experiment, block, replicas, onWait }: DeployRequest,
  where: { storage: LedgerStorage; nodes: ReadonlyMap<string, number> },
  { api, place, watch, collectors, ending, leave, beginAgents, signal }: OwnWorld,
): Promise<{ servers: Servers; pods: readonly V1Pod[] }> {
  const { namespace } = place;
  const workload = await serverWorkload(system, experiment, place, { name: block, replicas, ...where });
  for (const object of workload.objects) {
    await api.apply(pathOf(object.kind ?? '', namespace), object);
    // The first pod that mounts a claim draws all that come while it is bound to its node: not a replica, here.
    if (isForAllNodes(object)) await collectors.of(nameOf(object), undefined);
  }
  const labels = { [blockLabel]: block };
  const maker = makerOf(workload, namespace);
  const world = { api, watch, namespace };
  const remove = async () => {
    await api.remove(maker.path);
    return { gone: untilPodsGone(world, labels) };
  };
  try {
    await beginAgents();
    const hasRoom = () => ending.isOver;
    const awaited = { ...world, labels, count: replicas, owner: maker.name, onWait, hasRoom, signal };
    const pods = await serversAndCollector(awaited, workload.claim, collectors);
    await ending.gone;
    await untilEndpoints(api, { namespace, service: workload.service, pods }, signal);
    if (system.ledger === 'none') await sleep(NODES_LEARN_MS, undefined, { signal });
    /*
     * When the block is over, its pods drain and go; the claim, the Service and the ledgers stay for the next block and
     * for the collector. No load begins before they are gone, but other pods may start beside them; those of a
     * StatefulSet would have their names.
     */
    const end = async () => {
      const { gone } = await remove();
      if (maker.kind === 'StatefulSet') await gone;
      else leave(gone);
    };
    const { service, claim } = workload;
    const url = `http://${service}:${serverPort}`;
    const port = system.port ?? serverPort;
    const servers = { namespace, watch, labels, maker, isScaled: false, service, url, port, claim, end };
    return { servers, pods };
  } catch (cause) {
    // The study may go on with other servers, which these are not to stand in the way of.
    await (await remove()).gone;
    throw cause;
  }
}

/** No cell should wait for the collector, so it starts beside the servers: on the node of the first, for their claim. */
async function serversAndCollector(
  awaited: AwaitedPods,
  claim: string | null,
  collectors: Collectors,
): Promise<readonly V1Pod[]> {
  const { watch, labels } = awaited;
  const end = new AbortController();
  const signal = AbortSignal.any([awaited.signal, end.signal]);
  const nodeOfFirst = () => watch.list(labels).find(({ spec }) => spec?.nodeName)?.spec?.nodeName;
  const collector = async () => {
    if (claim === null) return;
    for (; nodeOfFirst() === undefined; await watch.nextChange()) signal.throwIfAborted();
    await collectors.of(claim, nodeOfFirst());
  };
  const collected = collector();
  // What keeps servers from starting, such as a quota, keeps the collector, too: it is told of the servers.
  collected.catch(() => undefined);
  try {
    const pods = await untilReady(awaited);
    await collected;
    return pods;
  } catch (cause) {
    end.abort();
    await Promise.allSettled([collected]);
    throw cause;
  }
}

function makerOf({ servers }: Workload, namespace: string): Servers['maker'] {
  const { kind = '' } = servers;
  return { kind, name: nameOf(servers), path: `${pathOf(kind, namespace)}/${nameOf(servers)}` };
}

/** A claim that pods of several nodes can mount at once. */
function isForAllNodes(object: KubernetesObject): boolean {
  const { kind, spec } = object as V1PersistentVolumeClaim;
  return kind === 'PersistentVolumeClaim' && (spec?.accessModes ?? []).includes('ReadWriteMany');
}
