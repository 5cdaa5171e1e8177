import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError, type Experiment, type System } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import type { DeployRequest } from '../../contract/target.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { NODES_LEARN_MS } from '../api/limits.ts';
import { requireRights } from '../api/rights.ts';
import { labelValue } from '../objects/names.ts';
import type { Place } from '../objects/workload.ts';
import type { Servers } from '../pods/deployment.ts';
import { isReady } from '../pods/pod-trouble.ts';
import { PodWatch } from '../pods/pod-watch.ts';
import { untilEndpoints } from '../pods/until-endpoints.ts';
import { untilReady } from '../pods/until-ready.ts';
import { ApiKinds } from './kinds.ts';
import { Manifests, type PlacedObject } from './manifests.ts';
import { type PutBack, putBack, ScaledWorkload } from './scaled-workload.ts';
import { urlOfService } from './service.ts';

interface ForeignWorld {
  readonly api: ClusterApi;
  readonly place: Place;
  readonly isResumed: boolean;
  readonly signal: AbortSignal;
}

/** A workload that others wrote, and how its clients and its pods are found. */
interface Found {
  readonly workload: ScaledWorkload;
  readonly url: string;
  readonly service: string;
  readonly watch: PodWatch;
}

/**
 * The systems whose workloads others wrote. Of one that runs already a study sets the replicas, and puts back at its end
 * what it found; one that comes as manifests is applied, and goes with the study.
 */
export class ForeignSystems {
  readonly #world: ForeignWorld;
  readonly #kinds: ApiKinds;
  readonly #deployed: ReadonlyMap<string, ScaledWorkload>;
  readonly #manifests: ReadonlyMap<string, Manifests>;
  readonly #found = new Map<string, Promise<Found>>();
  readonly #watches: PodWatch[] = [];
  readonly #taken: { path: string; found: PutBack }[] = [];

  private constructor(
    world: ForeignWorld,
    kinds: ApiKinds,
    systems: { deployed: ReadonlyMap<string, ScaledWorkload>; manifests: ReadonlyMap<string, Manifests> },
  ) {
    this.#world = world;
    this.#kinds = kinds;
    this.#deployed = systems.deployed;
    this.#manifests = systems.manifests;
  }

  /** Looks whether all of them can be measured, and changes nothing. */
  static async find({ systems }: Experiment, world: ForeignWorld): Promise<ForeignSystems> {
    const { api, place, isResumed, signal } = world;
    const kinds = new ApiKinds(api);
    const deployed = new Map<string, ScaledWorkload>();
    const manifests = new Map<string, Manifests>();
    for (const { name: system, ...one } of systems) {
      if (one.manifests)
        manifests.set(system, await Manifests.read(system, one.manifests, { kinds, place, signal }));
      if (!one.deployed) continue;
      await requireRights(api, one.deployed.namespace, { file: 'deployed' });
      const named = { system, ...one.deployed, ...(one.tls && { tls: one.tls }) };
      const workload = await ScaledWorkload.find(api, kinds, named);
      await workload.requireFree({ run: labelValue(place.run), isResumed });
      await workload.requireNoAutoscaler();
      await urlOfService(api, named, workload);
      deployed.set(system, workload);
    }
    return new ForeignSystems(world, kinds, { deployed, manifests });
  }

  /** What the study will scale, or make beside its own kinds, by paths of the API. */
  get traces(): { workloads: string[]; collections: string[] } {
    return {
      workloads: [...this.#deployed.values()].map(({ path }) => path),
      collections: [...new Set(this.objects.map(({ collection }) => collection))],
    };
  }

  /** What the study will apply of the manifests of others. */
  get objects(): readonly PlacedObject[] {
    return [...this.#manifests.values()].flatMap(({ objects }) => objects);
  }

  /** From here on those that run already are the study's. Their replicas are as they were. */
  async take(): Promise<void> {
    const { place, isResumed } = this.#world;
    for (const workload of this.#deployed.values()) {
      const study = { run: labelValue(place.run), namespace: place.namespace, isResumed };
      this.#taken.push({ path: workload.path, found: await workload.take(study) });
    }
  }

  /** Gives the workload so many replicas, and waits until its Service sends to these and to no others. */
  async start({
    system,
    replicas,
    onWait,
  }: DeployRequest): Promise<{ servers: Servers; pods: readonly V1Pod[] }> {
    const { api, signal } = this.#world;
    const { workload, url, service, watch } = await this.#foundFor(system, replicas);
    const { namespace, kind, name, path } = workload;
    await workload.scale(replicas);
    const awaited = { api, watch, namespace, labels: {}, count: replicas, owner: name, onWait, signal };
    await untilReady(awaited).catch(async (cause) => {
      throw (await this.#manifests.get(system.name)?.explained(api, cause, namespace)) ?? cause;
    });
    const pods = await untilSettled(workload, { api, watch, replicas, signal });
    await untilEndpoints(api, { namespace, service, pods }, signal);
    await sleep(NODES_LEARN_MS, undefined, { signal });
    const servers: Servers = {
      namespace,
      watch,
      labels: {},
      maker: { kind, name, path },
      isScaled: true,
      service,
      url,
      port: 0,
      claim: null,
      // What serves somebody else is never without replicas; what is the study's makes room for the next servers.
      end: async () => {
        if (system.manifests) await workload.scale(0);
      },
    };
    return { servers, pods };
  }

  #foundFor(system: System, replicas: number): Promise<Found> {
    const known = this.#found.get(system.name);
    if (known) return known;
    const found = this.#find(system, replicas);
    this.#found.set(system.name, found);
    // The next block tries again.
    found.catch(() => this.#found.delete(system.name));
    return found;
  }

  async #find(system: System, replicas: number): Promise<Found> {
    const { api, place } = this.#world;
    const given =
      system.deployed ?? (system.manifests && { ...system.manifests, namespace: place.namespace });
    if (!given) throw new Error(`${system.name} has no workload of others`);
    const named = { system: system.name, ...given, ...(system.tls && { tls: system.tls }) };
    await this.#manifests.get(system.name)?.apply(api, replicas);
    const workload = this.#deployed.get(system.name) ?? (await ScaledWorkload.find(api, this.#kinds, named));
    const url = await urlOfService(api, named, workload);
    const { namespace, selector: labelSelector } = workload;
    // Pods that ended long ago, as evicted ones do, say nothing of those of now.
    const fieldSelector = 'status.phase!=Failed,status.phase!=Succeeded';
    const watch = new PodWatch(api, namespace, { labelSelector, fieldSelector });
    this.#watches.push(watch);
    await watch.start();
    return { workload, url, service: given.service, watch };
  }

  /** Puts back all that ran before, and then throws the first problem of those that could not be. */
  async putBack(): Promise<void> {
    for (const watch of this.#watches) watch[Symbol.dispose]();
    const { api, place } = this.#world;
    const works = this.#taken.splice(0).map((one) => putBack(api, { ...one, run: labelValue(place.run) }));
    for (const ended of await Promise.allSettled(works)) if (ended.status === 'rejected') throw ended.reason;
  }
}

/** Resolves with the pods when the workload's own controller and the pods agree: so many, all ready, none on its way out. */
async function untilSettled(
  workload: ScaledWorkload,
  {
    api,
    watch,
    replicas,
    signal,
  }: { api: ClusterApi; watch: PodWatch; replicas: number; signal: AbortSignal },
): Promise<V1Pod[]> {
  const deadline = performance.now() + api.patience.podsMs;
  for (;;) {
    signal.throwIfAborted();
    const pods = watch.list({});
    const agree = pods.length === replicas && pods.every(isReady);
    if (agree && (await workload.hasSettled(replicas))) return pods;
    if (performance.now() > deadline) {
      const { title: owner, namespace } = workload;
      const seconds = api.patience.podsMs / 1_000;
      const ready = pods.filter(isReady).length;
      throw new EscalaError('PODS_NOT_READY', { owner, ready, count: replicas, seconds, namespace });
    }
    await watch.nextChange();
  }
}
