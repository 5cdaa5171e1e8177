import type { Clock, Fault, Incident, ReplicaRecord } from '@escala/model';
import { messageApi } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import type { Deployment, DeployRequest, LedgerPart, ResourceSample } from '../../target.ts';
import type { ClusterApi } from './cluster-api.ts';
import type { Collector } from './collector.ts';
import { injectFault } from './faults.ts';
import { Incidents } from './incidents.ts';
import type { KubeletSamples, SampledPod } from './kubelet-samples.ts';
import { downloadLedger, quiesceReplica } from './live-replica.ts';
import { blockLabel, nameOf, pathOf, serverPort } from './names.ts';
import { PodHttp } from './pod-http.ts';
import { isReady } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';
import type { Workload } from './workload.ts';

export interface DeploymentWorld {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly namespace: string;
  readonly samples: KubeletSamples;
  readonly agentPods: () => readonly V1Pod[];
  readonly clock: Clock;
  /** Reads the shared claim; null where each replica has storage of its own. */
  readonly collector: Collector | null;
}

/** The servers of one block: pods behind a Service. */
export class KubernetesDeployment implements Deployment {
  readonly urls: readonly string[];
  readonly #world: DeploymentWorld;
  readonly #request: DeployRequest;
  readonly #workload: Workload;
  readonly #incidents: Incidents;
  readonly #forwards = new Map<string, PodHttp>();

  constructor(request: DeployRequest, workload: Workload, world: DeploymentWorld) {
    this.#request = request;
    this.#workload = workload;
    this.#world = world;
    this.#incidents = new Incidents(world.watch, request.block, world.clock);
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
    const { api, namespace } = this.#world;
    const forward = new PodHttp(api, { namespace, name }, serverPort);
    this.#forwards.set(name, forward);
    return forward;
  }

  get replicas(): readonly ReplicaRecord[] {
    return this.#living().map((pod) => ({
      name: nameOf(pod),
      node: pod.spec?.nodeName ?? null,
      cpuLimit: cores(pod.spec?.containers[0]?.resources?.limits?.['cpu']),
    }));
  }

  async quiesce(timeoutMs: number): Promise<void> {
    if (!this.#keepsLedger) return;
    const deadline = performance.now() + timeoutMs;
    const isLiving = (name: string) => () => this.#living().some((pod) => nameOf(pod) === name);
    const names = this.#living().map(nameOf);
    await Promise.all(
      names.map((name) => quiesceReplica(name, this.#forward(name), isLiving(name), deadline)),
    );
  }

  async *collectLedgers(fromByte: ReadonlyMap<string, number>): AsyncGenerator<LedgerPart> {
    if (!this.#keepsLedger) return;
    const { collector } = this.#world;
    if (collector) yield* this.#fromClaim(collector, fromByte);
    else yield* this.#fromReplicas(fromByte);
  }

  async *#fromClaim(collector: Collector, fromByte: ReadonlyMap<string, number>): AsyncGenerator<LedgerPart> {
    const { block } = this.#request;
    // Sizes are taken before the read: a row that comes later belongs to the next trial.
    for (const [replica, to] of await collector.sizes(block)) {
      const from = Math.min(fromByte.get(replica) ?? 0, to);
      yield { replica, chunks: collector.read(block, replica, { from, to }), toByte: () => to };
    }
  }

  async *#fromReplicas(fromByte: ReadonlyMap<string, number>): AsyncGenerator<LedgerPart> {
    for (const name of this.#living().map(nameOf)) {
      const from = fromByte.get(name) ?? 0;
      const bytes = await downloadLedger(name, this.#forward(name), from);
      const chunks = (async function* () {
        if (bytes.length > 0) yield bytes;
      })();
      yield { replica: name, chunks, toByte: () => from + bytes.length };
    }
  }

  async sample(): Promise<readonly ResourceSample[]> {
    const { samples, agentPods } = this.#world;
    const servers = this.#pods().map((pod) => sampled(pod, 'server'));
    return samples.sample([...servers, ...agentPods().map((pod) => sampled(pod, 'agent'))]);
  }

  async inject(fault: Fault): Promise<void> {
    const { kind = '', metadata } = this.#workload.servers;
    const workload = { kind, name: metadata?.name ?? '' };
    await injectFault(fault, { ...this.#world, workload, pods: this.#living() });
  }

  async incidents(): Promise<readonly Incident[]> {
    return this.#incidents.take();
  }

  /** The pods drain and go; the claim, the Service and the ledgers stay for the next block and for the collector. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#incidents.end();
    for (const forward of this.#forwards.values()) forward[Symbol.dispose]();
    const { api, namespace, watch } = this.#world;
    const { kind = '', metadata } = this.#workload.servers;
    await api.remove(`${pathOf(kind, namespace)}/${metadata?.name}`);
    while (this.#pods().length > 0) await watch.nextChange();
  }
}

function sampled(pod: V1Pod, role: 'server' | 'agent'): SampledPod {
  const name = nameOf(pod);
  const restarts = pod.status?.containerStatuses?.[0]?.restartCount ?? 0;
  return { pod: name, name, role, node: pod.spec?.nodeName ?? '', restarts };
}

/** `1`, `500m` in cores; null without a limit. */
function cores(quantity: string | undefined): number | null {
  if (quantity === undefined) return null;
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1_000 : Number(quantity);
}
