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
import { blockLabel, nameOf, pathOf, serverPort } from '../objects/names.ts';
import { cores } from '../objects/quantity.ts';
import type { Workload } from '../objects/workload.ts';
import type { Collectors } from './collector.ts';
import { injectFault } from './faults.ts';
import { Incidents } from './incidents.ts';
import type { KubeletSamples, SampledPod } from './kubelet-samples.ts';
import { downloadLedger, quiesceReplica } from './live-replica.ts';
import { NodeLooks, type WitnessPod } from './node-looks.ts';
import { isReady, isStanding } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';
import { untilPodsGone } from './pods-gone.ts';
import { untilReady } from './until-ready.ts';

interface DeploymentWorld {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly namespace: string;
  readonly samples: KubeletSamples;
  readonly agentPods: () => readonly V1Pod[];
  readonly agentWitnesses: () => readonly WitnessPod[];
  readonly clock: Clock;
  readonly collectors: Collectors;
  /** Takes over the wait for pods that end: the next servers start meanwhile. */
  readonly leave: (ending: Promise<void>) => void;
  readonly signal: AbortSignal;
}

interface Deployed {
  readonly workload: Workload;
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
  readonly #workload: Workload;
  readonly #elsewhere: string | undefined;
  readonly #incidents: Incidents;
  readonly #forwards = new Map<string, PodHttp>();
  readonly #nodes: NodeLooks;
  /** The most replicas that there were: a fault may have changed their number. */
  #replicasMax: number;

  constructor(request: DeployRequest, { workload, pods, elsewhere }: Deployed, world: DeploymentWorld) {
    this.#request = request;
    this.#workload = workload;
    this.#elsewhere = elsewhere;
    this.#world = world;
    this.#replicasMax = request.replicas;
    this.#nodes = new NodeLooks(world.clock);
    this.#incidents = new Incidents(world.watch, { name: request.block, replicas: pods }, world.clock);
    const url = `http://${workload.service}:${serverPort}`;
    this.urls = [this.#keepsLedger ? `${url}${messageApi.messages}` : url];
  }

  get #keepsLedger(): boolean {
    return this.#request.system.ledger === 'api';
  }

  #pods(): V1Pod[] {
    return this.#world.watch.list({ [blockLabel]: this.#request.block });
  }

  #living(): V1Pod[] {
    return this.#pods().filter(isReady);
  }

  #forward(name: string): PodHttp {
    const known = this.#forwards.get(name);
    if (known) return known;
    const { api, watch, namespace } = this.#world;
    const isGone = () => !watch.isStanding(name);
    const forward = new PodHttp(api, { namespace, name, isGone }, this.#request.system.port ?? serverPort);
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
    const { claim, servers } = this.#workload;
    if (claim !== null) yield* this.#fromClaim(claim, fromByte);
    else {
      if (servers.kind === 'StatefulSet') await this.#recall();
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
    const { api, watch, namespace, signal } = this.#world;
    const { servers } = this.#workload;
    const [owner, count] = [nameOf(servers), this.#replicasMax];
    if (this.#living().length >= count) return;
    const path = `${pathOf('StatefulSet', namespace)}/${owner}`;
    const patch = { body: { spec: { replicas: count } }, contentType: 'application/merge-patch+json' };
    await api.json('PATCH', path, patch);
    const labels = { [blockLabel]: this.#request.block };
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
    const { kind = '' } = this.#workload.servers;
    const workload = { kind, name: nameOf(this.#workload.servers) };
    const agents = this.#world.agentPods();
    await injectFault(fault, { ...this.#world, workload, replicas: this.#living(), agents });
    if (fault.kind === 'scale') this.#replicasMax = Math.max(this.#replicasMax, fault.replicas ?? 0);
  }

  async incidents(): Promise<readonly Incident[]> {
    const seen = this.#incidents.take();
    if (this.#elsewhere === undefined) return seen;
    const { service: subject } = this.#workload;
    const atUs = this.#world.clock.nowUs();
    return [...seen, { code: 'placed-elsewhere', subject, detail: this.#elsewhere, atUs }];
  }

  /**
   * The pods drain and go; the claim, the Service and the ledgers stay for the next block and for the collector. No load
   * begins before they are gone, but other pods may start beside them; those of a StatefulSet would have their names.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#incidents[Symbol.dispose]();
    for (const forward of this.#forwards.values()) forward[Symbol.dispose]();
    const { gone } = await removeServers(this.#world, this.#workload, this.#request.block);
    if (this.#workload.servers.kind === 'StatefulSet') await gone;
    else this.#world.leave(gone);
  }
}

/** Removes the servers of a block; `gone` resolves when their pods are. */
export async function removeServers(
  world: Pick<DeploymentWorld, 'api' | 'watch' | 'namespace'>,
  { servers }: Workload,
  block: string,
): Promise<{ gone: Promise<void> }> {
  await world.api.remove(`${pathOf(servers.kind ?? '', world.namespace)}/${nameOf(servers)}`);
  return { gone: untilPodsGone(world, { [blockLabel]: block }) };
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
  return { pod: name, name, role, node: pod.spec?.nodeName ?? '', restarts };
}
