import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cell, EscalaError } from '@escala/model';
import type { KubernetesObject, V1Node, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import { GivenDeployment } from '../contract/given-deployment.ts';
import type { TargetRequest } from '../contract/row.ts';
import type { Agent, Deployment, DeployRequest, OnWait, Target, TargetFacts } from '../contract/target.ts';
import { ClusterApi } from './api/cluster-api.ts';
import { NODES_LEARN_MS, SAMPLE_MS, START_LEAD_MS } from './api/limits.ts';
import { requireRights } from './api/rights.ts';
import { clientSettings } from './objects/client-workload.ts';
import { levelOf } from './objects/level.ts';
import {
  blockLabel,
  labelValue,
  nameOf,
  namespaceName,
  pathOf,
  removalOrder,
  studyName,
} from './objects/names.ts';
import { Placements } from './objects/placements.ts';
import { own, type Place, serverWorkload } from './objects/workload.ts';
import { AgentPods } from './pods/agent-pods.ts';
import { Collectors } from './pods/collector.ts';
import { KubernetesDeployment, removeServers, sampled } from './pods/deployment.ts';
import { KubeletSamples } from './pods/kubelet-samples.ts';
import { PodWatch } from './pods/pod-watch.ts';
import { untilEndpoints } from './pods/until-endpoints.ts';
import { untilReady } from './pods/until-ready.ts';
import { clusterIdentity } from './study/cluster-identity.ts';
import { requireFreeNames } from './study/free-names.ts';
import { prepareImages } from './study/images.ts';
import { ensureKindCluster } from './study/kind-cluster.ts';
import { Lease } from './study/lease.ts';
import { carriersOf, imageFacts, nodeFacts } from './study/node-facts.ts';
import { makeNamespace, removeNamespace, removeStudy } from './study/study-namespace.ts';

interface KubernetesRequest extends Omit<TargetRequest, 'folder'> {
  /** A kind cluster is made where there is none, and images are loaded into it. */
  readonly kind: boolean;
  /** How the cluster is reached; a test is less patient. */
  readonly connect?: (context: string | undefined) => ClusterApi;
}

/** What a prepared target has; all of it ends with the target. */
interface Prepared {
  readonly api: ClusterApi;
  readonly place: Place;
  readonly watch: PodWatch;
  readonly agents: AgentPods;
  readonly samples: KubeletSamples;
  readonly collectors: Collectors;
}

/** Servers and agents as pods of a namespace that the study owns. */
export class KubernetesTarget implements Target {
  readonly name: string;
  readonly startLeadMs = START_LEAD_MS;
  readonly #request: KubernetesRequest;
  readonly #removed = new AbortController();
  readonly #tokens = { agent: token(), ledger: token() };
  #prepared: Prepared | undefined;
  #lease: Lease | undefined;
  /** Removes the study from the cluster; set before its first object is made. */
  #undo: (() => Promise<unknown>) | undefined;
  readonly #placements = new Placements();
  /** The pods of the servers before, which may still be ending. */
  #ending = { isOver: true, gone: Promise.resolve() };

  constructor(request: KubernetesRequest) {
    this.#request = request;
    this.name = request.kind ? 'kind' : 'kubernetes';
    for (const { nodes, ...block } of request.placed)
      this.#placements.remember(this.#placementOf(block), new Map(Object.entries(nodes)));
  }

  async prepare(): Promise<TargetFacts> {
    const { run, experiment, kind, namespace: given, clock, signal, isResumed } = this.#request;
    const context = kind ? await ensureKindCluster(signal) : this.#request.context;
    const api = (this.#request.connect ?? ClusterApi.connect)(context);
    const version = await api.version();
    const imageName = await prepareImages(experiment, kind ? 'kind' : experiment.kubernetes.images, signal);
    const place: Place = { namespace: given ?? namespaceName(run), run, imageName };
    await requireRights(api, place.namespace, { isOwn: given === undefined });
    if (given === undefined) {
      await makeNamespace(api, place.namespace, { run, isResumed });
      // Only now is it ours to remove.
      this.#undo = () => removeNamespace(api, place.namespace, run);
    }
    // At once, and kept from here on: without it `escala clean` takes the study for a crashed one.
    this.#lease = await Lease.take(api, place, { isResumed });
    this.#lease.lost.addEventListener('abort', () => this.#removed.abort(this.#lease?.lost.reason));
    this.#undo ??= () => removeStudy(api, place.namespace, run);
    if (given !== undefined) await requireFreeNames(api, place, experiment);
    // What an earlier life of this run left is its own, and in the way.
    const inTheWay = removalOrder.filter((kind) => kind !== 'Lease');
    await removeStudy(api, place.namespace, run, inTheWay);
    await this.#makeSecret(api, place);
    this.#lease.guardSecret();
    const watch = new PodWatch(api, place.namespace, labelValue(run));
    await watch.start();
    this.#prepared = {
      api,
      place,
      watch,
      agents: new AgentPods({ api, watch, place, token: this.#tokens.agent, signal: this.#signal }),
      samples: new KubeletSamples(api, place.namespace, clock),
      collectors: new Collectors({
        api,
        watch,
        place,
        token: this.#tokens.ledger,
        settings: experiment.kubernetes,
        signal: this.#signal,
      }),
    };
    const all = await api.list<V1Node>('/api/v1/nodes').catch(() => null);
    const facts = { machineCpus: null, kubernetes: version, cluster: await clusterIdentity(api) };
    if (all === null) return facts;
    const nodes = carriersOf(all, experiment.kubernetes);
    return { ...facts, ...nodeFacts(nodes), systems: imageFacts(nodes, experiment, imageName) };
  }

  async #makeSecret(api: ClusterApi, place: Place): Promise<void> {
    const secret: KubernetesObject & { stringData: Record<string, string> } = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: studyName },
      stringData: { 'agent-token': this.#tokens.agent, 'ledger-token': this.#tokens.ledger },
    };
    own(secret, place);
    await api.apply(pathOf('Secret', place.namespace), secret);
  }

  /** Aborts with the EscalaError that says how the study was taken off the cluster behind its back. */
  get removed(): AbortSignal {
    return this.#removed.signal;
  }

  /** Ends whatever the study waits for. */
  get #signal(): AbortSignal {
    return AbortSignal.any([this.#request.signal, this.#removed.signal]);
  }

  get #ready(): Prepared {
    if (!this.#prepared) throw new Error('the target was used before prepare()');
    return this.#prepared;
  }

  async agents(cell: Cell, onWait?: OnWait): Promise<readonly Agent[]> {
    const { experiment } = this.#request;
    const clientsPerPod = levelOf(cell.clientsPerPod, experiment.kubernetes.clientsPerPod);
    const count = Math.ceil(cell.clients / clientsPerPod);
    return this.#explained(this.#ready.agents.take(count, clientSettings(experiment), onWait));
  }

  async deploy(request: DeployRequest): Promise<Deployment> {
    const { url } = request.system;
    if (url === undefined) return this.#explained(this.#deploy(request));
    const { agents, samples } = this.#ready;
    const sampleAgents = () => samples.sample(agents.pods().map((pod) => sampled(pod, 'agent')));
    return new GivenDeployment(url, { sampleLeadMs: SAMPLE_MS, sampleAgents });
  }

  /** Every right was there when the study began; where one is denied now, the lease tells whether all of them are gone. */
  async #explained<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      if (cause instanceof EscalaError && cause.code === 'RIGHT_MISSING') await this.#lease?.confirmRights();
      this.removed.throwIfAborted();
      throw cause;
    }
  }

  async #deploy(request: DeployRequest): Promise<KubernetesDeployment> {
    const { api, place, watch, agents, samples, collectors } = this.#ready;
    const [{ namespace }, { clock }, signal] = [place, this.#request, this.#signal];
    await this.#lease?.confirm();
    signal.throwIfAborted();
    // Pods of a node that was stopped would be waited for, once they are seen again.
    if (request.experiment.faults.length > 0) await this.#ending.gone;
    watch.unmarkStopped();
    const { system, experiment, block, replicas, onWait } = request;
    const storage = levelOf(request.storage, experiment.kubernetes.storage);
    const kind = this.#placementOf(request);
    const nodes = this.#placements.of(kind) ?? new Map();
    const workload = await serverWorkload(system, experiment, place, {
      name: block,
      replicas,
      storage,
      nodes,
    });
    for (const object of workload.objects) {
      await api.apply(pathOf(object.kind ?? '', namespace), object);
      // The first pod that mounts a claim draws all that come while it is bound to its node: not a replica, here.
      if (isForAllNodes(object)) await collectors.of(nameOf(object), undefined);
    }
    const labels = { [blockLabel]: block };
    const owner = nameOf(workload.servers);
    let pods: readonly V1Pod[] = [];
    try {
      pods = await untilReady({
        api,
        watch,
        namespace,
        labels,
        count: replicas,
        owner,
        onWait,
        hasRoom: () => this.#ending.isOver,
        signal,
      });
      await this.#ending.gone;
      await untilEndpoints(api, { namespace, service: workload.service, pods }, signal);
      if (system.ledger === 'none') await sleep(NODES_LEARN_MS, undefined, { signal });
      const [first] = pods;
      // Now, since a cell should not wait for it; after the servers, whose node the claim may follow.
      if (workload.claim !== null) await collectors.of(workload.claim, first?.spec?.nodeName);
    } catch (cause) {
      // The study may go on with other servers, which these are not to stand in the way of.
      const { gone } = await removeServers({ api, watch, namespace }, workload, block);
      await gone;
      throw cause;
    }
    const leave = (gone: Promise<void>) => this.#leave(gone);
    const world = { api, watch, namespace, samples, collectors, leave, clock, signal };
    return new KubernetesDeployment(
      request,
      { workload, pods, elsewhere: this.#placements.note(kind, pods) },
      { ...world, agentPods: () => agents.pods(), agentWitnesses: () => agents.witnesses() },
    );
  }

  /** What blocks have to have in common to be placed alike. */
  #placementOf({ replicas, storage }: Pick<DeployRequest, 'replicas' | 'storage'>): string {
    return `${levelOf(storage, this.#request.experiment.kubernetes.storage)} ${replicas}`;
  }

  #leave(gone: Promise<void>): void {
    const ending = { isOver: false, gone };
    this.#ending = ending;
    // Whoever deploys next meets what went wrong; where nobody does, the study's own removal does.
    const over = () => {
      ending.isOver = true;
    };
    void gone.then(over, over);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const [prepared, lease] = [this.#prepared, this.#lease];
    const undo = lease?.isTakenOver ? undefined : this.#undo;
    this.#prepared = undefined;
    this.#lease = undefined;
    this.#undo = undefined;
    lease?.[Symbol.dispose]();
    prepared?.agents[Symbol.dispose]();
    prepared?.collectors[Symbol.dispose]();
    prepared?.watch[Symbol.dispose]();
    try {
      await undo?.();
    } catch (cause) {
      // Why nothing of the study can be removed is told already.
      const isKnown = this.removed.aborted && cause instanceof EscalaError && cause.code === 'RIGHT_MISSING';
      if (!isKnown) throw cause;
    }
  }
}

/** A claim that pods of several nodes can mount at once. */
function isForAllNodes(object: KubernetesObject): boolean {
  const { kind, spec } = object as V1PersistentVolumeClaim;
  return kind === 'PersistentVolumeClaim' && (spec?.accessModes ?? []).includes('ReadWriteMany');
}

function token(): string {
  return randomBytes(24).toString('base64url');
}
