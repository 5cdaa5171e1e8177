import {
  type Clock,
  EscalaError,
  type Fault,
  type Incident,
  messageApi,
  type ReplicaRecord,
  systemReason,
  throttledUsOf,
} from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import type { Deployment, DeployRequest, LedgerPart, Sample } from '../../contract/target.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { LOOK_MS_MAX, SAMPLE_MS, THROTTLED_MS_MAX } from '../api/limits.ts';
import { PodHttp } from '../api/pod-http.ts';
import { nameOf } from '../objects/names.ts';
import { cores } from '../objects/quantity.ts';
import { clientLabels } from './agent-pods.ts';
import type { Collectors } from './collector.ts';
import { injectFault } from './faults.ts';
import { Incidents } from './incidents.ts';
import type { KubeletSamples, SampledPod } from './kubelet-samples.ts';
import { downloadLedger, quiesceReplica } from './live-replica.ts';
import { NodeLooks, type WitnessPod } from './node-looks.ts';
import { isReady, isStanding } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';
import { untilReady } from './until-ready.ts';

interface DeploymentWorld {
  readonly api: ClusterApi;
  /** Of the agents. */
  readonly watch: PodWatch;
  readonly samples: KubeletSamples;
  readonly agentPods: () => readonly V1Pod[];
  readonly agentWitnesses: () => readonly WitnessPod[];
  readonly clock: Clock;
  readonly collectors: Collectors;
  readonly signal: AbortSignal;
}

/** The servers of a block: the study's own, or a workload of others whose replicas it sets. */
export interface Servers {
  readonly namespace: string;
  readonly watch: PodWatch;
  /** By which `watch` finds them. */
  readonly labels: Readonly<Record<string, string>>;
  /** The object that makes their pods. */
  readonly maker: { readonly kind: string; readonly name: string; readonly path: string };
  /** Whether their replicas are set through its scale subresource. */
  readonly isScaled: boolean;
  readonly service: string;
  readonly url: string;
  /** Where each pod listens. */
  readonly port: number;
  /** That all of them share for their ledgers; null where none is. */
  readonly claim: string | null;
  /** The block is over. */
  end(): Promise<void>;
}

interface Deployed {
  readonly servers: Servers;
  readonly pods: readonly V1Pod[];
  /** How its nodes differ from those where as many replicas were before; undefined where they do not. */
  readonly elsewhere: string | undefined;
}

/** The servers of one block: pods behind a Service. */
export class KubernetesDeployment implements Deployment {
  readonly urls: readonly string[];
  readonly sampleLeadMs = SAMPLE_MS;
  readonly #world: DeploymentWorld;
  readonly #request: DeployRequest;
  readonly #servers: Servers;
  readonly #elsewhere: string | undefined;
  readonly #incidents: Incidents;
  readonly #forwards = new Map<string, PodHttp>();
  readonly #nodes: NodeLooks;
  /** The most replicas that there were: a fault may have changed their number. */
  #replicasMax: number;

  constructor(request: DeployRequest, { servers, pods, elsewhere }: Deployed, world: DeploymentWorld) {
    this.#request = request;
    this.#servers = servers;
    this.#elsewhere = elsewhere;
    this.#world = world;
    this.#replicasMax = request.replicas;
    this.#nodes = new NodeLooks(world.clock);
    const agents = { watch: world.watch, labels: clientLabels };
    this.#incidents = new Incidents({ servers, agents, replicas: pods }, world.clock);
    this.urls = [this.#keepsLedger ? `${servers.url}${messageApi.messages}` : servers.url];
  }

  get #keepsLedger(): boolean {
    return this.#request.system.ledger === 'api';
  }

  #pods(): V1Pod[] {
    return this.#servers.watch.list(this.#servers.labels);
  }

  #living(): V1Pod[] {
    return this.#pods().filter(isReady);
  }

  #forward(name: string): PodHttp {
    const known = this.#forwards.get(name);
    if (known) return known;
    const { watch, namespace, port } = this.#servers;
    const isGone = () => !watch.isStanding(name);
    const forward = new PodHttp(this.#world.api, { namespace, name, isGone }, port);
    this.#forwards.set(name, forward);
    return forward;
  }

  get replicas(): readonly ReplicaRecord[] {
    return this.#living().map((pod) => ({
      name: nameOf(pod),
      node: pod.spec?.nodeName ?? null,
      cpuLimit: cpuLimit(pod),
      ...imageOf(pod),
    }));
  }

  async quiesce(timeoutMs: number): Promise<void> {
    if (!this.#keepsLedger) return;
    const deadline = performance.now() + timeoutMs;
    const isLiving = (name: string) => () => this.#living().some((pod) => nameOf(pod) === name);
    const names = this.#living().map(nameOf);
    const { signal } = this.#world;
    await Promise.all(
      names.map((name) => quiesceReplica(this.#forward(name), isLiving(name), { deadline, signal })),
    );
  }

  async *collectLedgers(fromByte: ReadonlyMap<string, number>): AsyncGenerator<LedgerPart> {
    if (!this.#keepsLedger) return;
    const { claim, maker } = this.#servers;
    if (claim !== null) yield* this.#fromClaim(claim, fromByte);
    else {
      if (maker.kind === 'StatefulSet') await this.#recall();
      yield* this.#fromReplicas(fromByte);
    }
  }

  async *#fromClaim(claim: string, fromByte: ReadonlyMap<string, number>): AsyncGenerator<LedgerPart> {
    const { block } = this.#request;
    const node = this.#living()[0]?.spec?.nodeName;
    const collector = await this.#world.collectors.of(claim, node);
    // Sizes are taken before the read: a row that comes later belongs to the next trial.
    for (const [replica, to] of await collector.sizes(block)) {
      const from = Math.min(fromByte.get(replica) ?? 0, to);
      yield { replica, chunks: collector.read(block, replica, { from, to }), toByte: () => to };
    }
  }

  /**
   * Waits for replicas that a fault took away: each comes back to its own claim, and with it its ledger. Those that
   * were scaled away are scaled up again for that.
   */
  async #recall(): Promise<void> {
    const { api, signal } = this.#world;
    const { watch, namespace, labels, maker } = this.#servers;
    const [owner, count] = [maker.name, this.#replicasMax];
    if (this.#living().length >= count) return;
    const patch = { body: { spec: { replicas: count } }, contentType: 'application/merge-patch+json' };
    await api.json('PATCH', maker.path, patch);
    await untilReady({ api, watch, namespace, labels, count, owner, signal }).catch((cause: Error) => {
      signal.throwIfAborted();
      const log = `kubectl describe statefulset -n ${namespace} ${owner}`;
      throw new EscalaError('REPLICA_LOST', { replica: owner, detail: systemReason(cause), log }, { cause });
    });
  }

  async *#fromReplicas(fromByte: ReadonlyMap<string, number>): AsyncGenerator<LedgerPart> {
    const names = this.#pods().filter(isStanding).map(nameOf);
    for (const name of names) {
      const from = fromByte.get(name) ?? 0;
      const bytes = await downloadLedger(this.#forward(name), from);
      const chunks = (async function* () {
        if (bytes.length > 0) yield bytes;
      })();
      yield { replica: name, chunks, toByte: () => from + bytes.length };
    }
  }

  async sample(): Promise<Sample> {
    const { samples, agentPods } = this.#world;
    const servers = this.#pods().map((pod) => sampled(pod, 'server'));
    const agents = agentPods().map((pod) => sampled(pod, 'agent'));
    const [processes, machines] = await Promise.all([
      samples.sample([...servers, ...agents]),
      this.#keepsLedger ? this.#nodes.look(this.#witnesses()) : [],
    ]);
    return { processes, machines };
  }

  #witnesses(): WitnessPod[] {
    const servers = this.#living().map((pod) => ({
      name: nameOf(pod),
      node: pod.spec?.nodeName ?? '',
      metrics: () => this.#metrics(nameOf(pod), LOOK_MS_MAX),
    }));
    return [...this.#world.agentWitnesses(), ...servers];
  }

  async #metrics(name: string, deadlineMs: number): Promise<string> {
    const { body } = await this.#forward(name).call({ path: messageApi.metrics, deadlineMs });
    return body.toString();
  }

  /** A server that speaks the message API tells of it now; the kubelet's page is up to fifteen seconds old. */
  async throttled(): Promise<ReadonlyMap<string, number | null>> {
    const told = this.#living().map(async (pod) => {
      const name = nameOf(pod);
      if (cpuLimit(pod) === null) return [name, 0] as const;
      if (!this.#keepsLedger) return [name, null] as const;
      return [name, throttledUsOf(await this.#metrics(name, THROTTLED_MS_MAX).catch(() => ''))] as const;
    });
    return new Map(await Promise.all(told));
  }

  async inject(fault: Fault): Promise<void> {
    const { api, clock, agentPods } = this.#world;
    const { watch, namespace, maker, isScaled } = this.#servers;
    const [replicas, agents] = [this.#living(), agentPods()];
    await injectFault(fault, { api, clock, watch, namespace, maker, isScaled, replicas, agents });
    if (fault.kind === 'scale') this.#replicasMax = Math.max(this.#replicasMax, fault.replicas ?? 0);
  }

  async incidents(): Promise<readonly Incident[]> {
    const seen = this.#incidents.take();
    if (this.#elsewhere === undefined) return seen;
    const { service: subject } = this.#servers;
    const atUs = this.#world.clock.nowUs();
    return [...seen, { code: 'placed-elsewhere', subject, detail: this.#elsewhere, atUs }];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#incidents[Symbol.dispose]();
    for (const forward of this.#forwards.values()) forward[Symbol.dispose]();
    await this.#servers.end();
  }
}

/** `sha256:…`, the end of what the node calls its image. */
function imageOf({ status }: V1Pod): { image?: string } {
  const digest = /sha256:[0-9a-f]+$/.exec(status?.containerStatuses?.[0]?.imageID ?? '')?.[0];
  return digest === undefined ? {} : { image: digest };
}

/** The cores that a pod may use: of its server, or of all its containers together; null without a limit. */
function cpuLimit({ spec }: V1Pod): number | null {
  const limits = [spec?.containers[0]?.resources, spec?.resources].map((one) => cores(one?.limits?.['cpu']));
  const known = limits.filter((limit) => limit !== null);
  return known.length === 0 ? null : Math.min(...known);
}

export function sampled(pod: V1Pod, role: 'server' | 'agent'): SampledPod {
  const name = nameOf(pod);
  const restarts = pod.status?.containerStatuses?.[0]?.restartCount ?? 0;
  return {
    pod: name,
    namespace: pod.metadata?.namespace ?? '',
    name,
    role,
    node: pod.spec?.nodeName ?? '',
    restarts,
  };
}
