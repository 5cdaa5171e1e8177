import { randomBytes } from 'node:crypto';
import { type Cell, EscalaError, isForeign } from '@escala/model';
import type { KubernetesObject, V1Node, V1Pod } from '@kubernetes/client-node';
import { heldSecrets } from '../../experiment/sent-secrets.ts';
import { GivenDeployment } from '../contract/given-deployment.ts';
import type { TargetRequest } from '../contract/row.ts';
import type { Agent, Deployment, DeployRequest, OnWait, Target, TargetFacts } from '../contract/target.ts';
import { ClusterApi } from './api/cluster-api.ts';
import { SAMPLE_MS, START_LEAD_MS } from './api/limits.ts';
import { requireRights } from './api/rights.ts';
import { ForeignSystems } from './foreign/foreign-systems.ts';
import { type ClientSettings, clientSettings } from './objects/client-workload.ts';
import { levelOf } from './objects/level.ts';
import { labelValue, namespaceName, pathOf, runLabel, studyName } from './objects/names.ts';
import { Placements } from './objects/placements.ts';
import { own, type Place } from './objects/workload.ts';
import { AgentPods } from './pods/agent-pods.ts';
import { Collectors } from './pods/collector.ts';
import { KubernetesDeployment, type Servers, sampled } from './pods/deployment.ts';
import { KubeletSamples } from './pods/kubelet-samples.ts';
import { startOwnServers } from './pods/own-servers.ts';
import { PodWatch } from './pods/pod-watch.ts';
import { clusterIdentity } from './study/cluster-identity.ts';
import { requireFreeNames } from './study/free-names.ts';
import { prepareImages } from './study/images.ts';
import { ensureKindCluster } from './study/kind-cluster.ts';
import { Lease } from './study/lease.ts';
import { carriersOf, imageFacts, nodeFacts } from './study/node-facts.ts';
import { makeNamespace, placesOf, removeNamespace, removeStudy } from './study/study-namespace.ts';

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
  readonly foreign: ForeignSystems;
}

/** Servers and agents as pods of a namespace that the study owns. */
export class KubernetesTarget implements Target {
  readonly name: string;
  readonly startLeadMs = START_LEAD_MS;
  readonly #request: KubernetesRequest;
  readonly #removed = new AbortController();
  readonly #tokens = { agent: token(), ledger: token() };
  /** What the Secret holds of the systems' own secrets. */
  #held = '';
  #prepared: Prepared | undefined;
  #lease: Lease | undefined;
  /** Set before the first of their workloads is changed. */
  #foreign: ForeignSystems | undefined;
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
    const { run, experiment, kind, clock, signal, isResumed } = this.#request;
    const given = this.#request.namespace ?? experiment.kubernetes.agentNamespace;
    const context = kind ? await ensureKindCluster(signal) : this.#request.context;
    const api = (this.#request.connect ?? ClusterApi.connect)(context);
    const version = await api.version();
    const imageName = await prepareImages(experiment, kind ? 'kind' : experiment.kubernetes.images, signal);
    const place: Place = { namespace: given ?? namespaceName(run), run, imageName };
    const startsServers = experiment.systems.some(({ url, deployed }) => url === undefined && !deployed);
    const file = startsServers ? 'role' : 'agents';
    await requireRights(api, place.namespace, { isOwn: given === undefined, file });
    const foreign = await ForeignSystems.find(experiment, { api, place, isResumed, signal: this.#signal });
    if (given === undefined) {
      const { podSecurity = 'restricted' } = experiment.kubernetes;
      await makeNamespace(api, place.namespace, { run, isResumed, podSecurity });
      // Only now is it ours to remove.
      this.#undo = () => removeNamespace(api, place.namespace, run);
    }
    await this.#move({ api, place }, foreign, { isOwn: given === undefined, startsServers });
    const watch = new PodWatch(api, place.namespace, { labelSelector: `${runLabel}=${labelValue(run)}` });
    await watch.start();
    this.#prepared = {
      api,
      place,
      watch,
      agents: new AgentPods({ api, watch, place, token: this.#tokens.agent, signal: this.#signal }),
      samples: new KubeletSamples(api, clock),
      collectors: new Collectors({
        api,
        watch,
        place,
        token: this.#tokens.ledger,
        settings: experiment.kubernetes,
        signal: this.#signal,
      }),
      foreign,
    };
    const all = await api.list<V1Node>('/api/v1/nodes').catch(() => null);
    const facts = { machineCpus: null, kubernetes: version, cluster: await clusterIdentity(api) };
    if (all === null) return facts;
    const nodes = carriersOf(all, experiment.kubernetes);
    return { ...facts, ...nodeFacts(nodes), systems: imageFacts(nodes, experiment, imageName) };
  }

  /** The namespace is the study's from here on, and so are the workloads of others that it scales. */
  async #move(
    { api, place }: { api: ClusterApi; place: Place },
    foreign: ForeignSystems,
    { isOwn, startsServers }: { isOwn: boolean; startsServers: boolean },
  ): Promise<void> {
    const { isResumed, experiment } = this.#request;
    const { namespace, run } = place;
    // At once, and kept from here on: without it `escala clean` takes the study for a crashed one.
    const lease = await Lease.take(api, place, { isResumed });
    this.#lease = lease;
    lease.lost.addEventListener('abort', () => this.#removed.abort(lease.lost.reason));
    const places = placesOf(namespace, { ...foreign.traces, startsServers });
    this.#undo ??= () => removeStudy(api, namespace, run, places);
    if (!isOwn) await requireFreeNames(api, place, { experiment, manifests: foreign.objects });
    // What an earlier life of this run left is its own, and in the way.
    const inTheWay = places.filter(({ kind }) => kind !== 'Lease');
    await removeStudy(api, namespace, run, inTheWay);
    await this.#makeSecret(api, place, JSON.stringify(heldSecrets(experiment, process.env)));
    lease.guardSecret();
    // First where `escala clean` finds it, then on the workloads themselves, and only then are these scaled.
    await lease.remember(foreign.traces);
    this.#foreign = foreign;
    await foreign.take();
  }

  async #makeSecret(api: ClusterApi, place: Place, held: string): Promise<void> {
    const { agent, ledger } = this.#tokens;
    const secret: KubernetesObject & { stringData: Record<string, string> } = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: studyName },
      stringData: { 'agent-token': agent, 'ledger-token': ledger, 'request-secrets': held },
    };
    own(secret, place);
    await api.apply(pathOf('Secret', place.namespace), secret);
    this.#held = held;
  }

  /** Of agents that hold what is to be sent now: a secret may have got another value since they were begun. */
  async #agentSettings(): Promise<ClientSettings> {
    const { experiment } = this.#request;
    const { api, place } = this.#ready;
    const held = JSON.stringify(heldSecrets(experiment, process.env));
    if (held !== this.#held) await this.#makeSecret(api, place, held);
    return { ...clientSettings(experiment), held };
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
    const taken = this.#agentSettings().then((one) => this.#ready.agents.take(count, one, onWait));
    return this.#explained(taken);
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
    const { api, place, watch, agents, collectors, foreign } = this.#ready;
    const signal = this.#signal;
    await this.#lease?.confirm();
    signal.throwIfAborted();
    // Pods of a node that was stopped would be waited for, once they are seen again.
    if (request.experiment.faults.length > 0) await this.#ending.gone;
    watch.unmarkStopped();
    if (isForeign(request.system)) {
      const { servers, pods } = await foreign.start(request);
      return this.#deployed(request, servers, pods);
    }
    const { servers, pods } = await startOwnServers(request, this.#where(request), {
      api,
      place,
      watch,
      collectors,
      ending: this.#ending,
      leave: (gone) => this.#leave(gone),
      beginAgents: async () => agents.begin(await this.#agentSettings()),
      signal,
    });
    return this.#deployed(request, servers, pods);
  }

  #where(request: DeployRequest) {
    const nodes = this.#placements.of(this.#placementOf(request)) ?? new Map<string, number>();
    return { storage: levelOf(request.storage, this.#request.experiment.kubernetes.storage), nodes };
  }

  #deployed(request: DeployRequest, servers: Servers, pods: readonly V1Pod[]): KubernetesDeployment {
    const { api, watch, agents, samples, collectors } = this.#ready;
    const elsewhere = this.#placements.note(this.#placementOf(request), pods);
    const { clock } = this.#request;
    const world = { api, watch, samples, collectors, clock, signal: this.#signal };
    return new KubernetesDeployment(
      request,
      { servers, pods, elsewhere },
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
    const [undo, foreign] = lease?.isTakenOver ? [] : [this.#undo, this.#foreign];
    this.#foreign = undefined;
    this.#prepared = undefined;
    this.#lease = undefined;
    this.#undo = undefined;
    lease?.[Symbol.dispose]();
    prepared?.agents[Symbol.dispose]();
    prepared?.collectors[Symbol.dispose]();
    prepared?.watch[Symbol.dispose]();
    try {
      // Where that fails the study's lease stays, by which `escala clean` finds what is to be put back.
      await foreign?.putBack();
      await undo?.();
    } catch (cause) {
      // Why nothing of the study can be removed is told already.
      const isKnown = this.removed.aborted && cause instanceof EscalaError && cause.code === 'RIGHT_MISSING';
      if (!isKnown) throw cause;
    }
  }
}

function token(): string {
  return randomBytes(24).toString('base64url');
}
