import { agentApi } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import type { Agent, OnWait } from '../../contract/target.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { LOOK_MS_MAX } from '../api/limits.ts';
import { PodHttp } from '../api/pod-http.ts';
import { Relay } from '../api/relay.ts';
import { type ClientSettings, clientWorkload } from '../objects/client-workload.ts';
import { agentPort, componentLabel, nameOf, pathOf } from '../objects/names.ts';
import type { Place } from '../objects/workload.ts';
import type { WitnessPod } from './node-looks.ts';
import { isReady } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';
import { untilPodsGone } from './pods-gone.ts';
import { untilReady } from './until-ready.ts';

const indexLabel = 'batch.kubernetes.io/job-completion-index';

export const clientLabels = { [componentLabel]: 'client' } as const;

interface AgentWorld {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly place: Place;
  readonly token: string;
  readonly signal: AbortSignal;
}

interface ConnectedAgent {
  readonly agent: Agent;
  readonly relay: Relay;
}

/** The load agents: the pods of one Indexed Job, each behind an address on this machine. */
export class AgentPods implements Disposable {
  readonly #world: AgentWorld;
  #connected: ConnectedAgent[] = [];
  /** What the Secret held for the pods when they were begun. */
  #held: string | undefined;
  /** The Job whose pods are awaited; undefined where none was begun, or where they are connected. */
  #begun: string | undefined;

  constructor(world: AgentWorld) {
    this.#world = world;
  }

  /** Lets agents start where there are none yet that hold these secrets, and does not wait for them. */
  async begin(settings: ClientSettings): Promise<void> {
    const isThere = this.#begun !== undefined || this.#connected.length > 0;
    if (!isThere || settings.held !== this.#held) await this.#begin(settings);
  }

  /** The first `count` of the agents. When one has gone, the whole Job is made again: it allows no failure. */
  async take(count: number, settings: ClientSettings, onWait?: OnWait): Promise<readonly Agent[]> {
    await this.begin(settings);
    const living = new Set(this.#pods().filter(isReady).map(nameOf));
    const wanted = this.#connected.slice(0, count);
    if (wanted.length < count || !wanted.every(({ agent }) => living.has(agent.name)))
      await this.#start(settings, onWait);
    return this.#connected.slice(0, count).map(({ agent }) => agent);
  }

  pods(): V1Pod[] {
    return this.#pods();
  }

  /** What the agents and their nodes used, told by themselves. */
  witnesses(): WitnessPod[] {
    return this.#connected.map(({ agent: { name, node, url, token } }) => ({
      name,
      node: node ?? '',
      metrics: async () => {
        const signal = AbortSignal.timeout(LOOK_MS_MAX);
        const headers = { authorization: `Bearer ${token}` };
        return (await fetch(`${url}${agentApi.metrics}`, { headers, signal })).text();
      },
    }));
  }

  #pods(): V1Pod[] {
    return this.#world.watch.list(clientLabels);
  }

  async #begin(settings: ClientSettings): Promise<string> {
    this[Symbol.dispose]();
    const { api, watch, place } = this.#world;
    const { namespace } = place;
    const { objects, job } = await clientWorkload(place, settings);
    // A Job cannot be changed, only made again.
    await api.remove(`${pathOf('Job', namespace)}/${nameOf(job)}`);
    await untilPodsGone({ api, watch, namespace }, clientLabels);
    for (const object of objects) await api.apply(pathOf(object.kind ?? '', namespace), object);
    this.#begun = nameOf(job);
    this.#held = settings.held;
    return this.#begun;
  }

  async #start(settings: ClientSettings, onWait: OnWait | undefined): Promise<void> {
    const owner = this.#begun ?? (await this.#begin(settings));
    // Where these do not become ready, others are begun the next time.
    this.#begun = undefined;
    const { api, watch, place, signal } = this.#world;
    const { namespace } = place;
    const [labels, count] = [clientLabels, settings.pods];
    const pods = await untilReady({ api, watch, namespace, labels, count, owner, onWait, signal });
    pods.sort((a, b) => indexOf(a) - indexOf(b));
    this.#connected = await Promise.all(pods.map((pod) => this.#connect(pod)));
  }

  async #connect(pod: V1Pod): Promise<ConnectedAgent> {
    const name = nameOf(pod);
    const { api, watch, place, token } = this.#world;
    const { namespace } = place;
    const isGone = () => !watch.isStanding(name);
    const relay = await Relay.open(new PodHttp(api, { namespace, name, isGone }, agentPort));
    const node = pod.spec?.nodeName ?? null;
    const log = `kubectl logs -n ${namespace} ${name}`;
    return {
      relay,
      agent: { name, node, log, url: relay.url, token, holdsSecrets: true, trouble: () => relay.trouble },
    };
  }

  [Symbol.dispose](): void {
    for (const { relay } of this.#connected.splice(0)) relay[Symbol.dispose]();
  }
}

function indexOf(pod: V1Pod): number {
  return Number(pod.metadata?.labels?.[indexLabel] ?? 0);
}
