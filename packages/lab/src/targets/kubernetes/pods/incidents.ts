import type { Clock, Incident } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import { nameOf } from '../objects/names.ts';
import { isReady } from './pod-trouble.ts';
import { hasLabels, type PodWatch } from './pod-watch.ts';

/** Pods that are followed, and by which watch. */
interface Followed {
  readonly watch: PodWatch;
  readonly labels: Readonly<Record<string, string>>;
}

/** What happens to a block's servers and to the agents, each told once. */
export class Incidents implements Disposable {
  readonly #found: Incident[] = [];
  readonly #told = new Set<string>();
  readonly #clock: Clock;
  readonly #servers: Followed;
  /** Replicas that the block began with, and those that were told of since. */
  readonly #known: Set<string>;
  readonly #unwatch: readonly (() => void)[];

  constructor(
    { servers, agents, replicas }: { servers: Followed; agents: Followed; replicas: readonly V1Pod[] },
    clock: Clock,
  ) {
    this.#clock = clock;
    this.#servers = servers;
    this.#known = new Set(replicas.map(nameOf));
    const follow = ({ watch, labels }: Followed, isAgent: boolean) =>
      watch.onChange((pod, isGone) => {
        if (hasLabels(pod, labels)) this.#look(pod, { isAgent, isGone });
      });
    this.#unwatch = [follow(servers, false), follow(agents, true)];
  }

  take(): Incident[] {
    // Also what a watch missed while it reconnected.
    const { watch, labels } = this.#servers;
    for (const pod of watch.list(labels)) this.#look(pod, { isAgent: false, isGone: false });
    return this.#found.splice(0);
  }

  /** From now on pods go because the block is over. */
  [Symbol.dispose](): void {
    for (const end of this.#unwatch) end();
  }

  #look(pod: V1Pod, { isAgent, isGone }: { isAgent: boolean; isGone: boolean }): void {
    if (isGone || pod.metadata?.deletionTimestamp)
      this.#tell(isAgent ? 'agent-ended' : 'replica-ended', pod, 'the pod was deleted');
    if (pod.status?.reason === 'Evicted') this.#tell('evicted', pod, pod.status.message ?? '');
    for (const { restartCount, lastState } of pod.status?.containerStatuses ?? []) {
      const why = lastState?.terminated?.reason;
      if (why === 'OOMKilled') this.#tell('out-of-memory', pod, `restart ${restartCount}`);
      else if (restartCount > 0)
        this.#tell(
          isAgent ? 'agent-restarted' : 'replica-restarted',
          pod,
          `restart ${restartCount}: ${why ?? 'unknown'}`,
        );
    }
    if (!isAgent) this.#lookAtReplica(pod);
    const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
    if (ready?.reason === 'NodeNotReady') this.#tell('node-not-ready', pod, `node ${pod.spec?.nodeName}`);
  }

  /** One more or one fewer than the cell says: someone scaled, or a replica was taken out of the Service. */
  #lookAtReplica(pod: V1Pod): void {
    const isKnown = this.#known.has(nameOf(pod));
    if (!isKnown && isReady(pod)) {
      this.#known.add(nameOf(pod));
      this.#tell('replica-added', pod, 'a pod that the block did not begin with is ready');
    }
    if (isKnown && !pod.metadata?.deletionTimestamp && !isReady(pod))
      this.#tell('replica-not-ready', pod, 'it gets no new connections');
  }

  #tell(code: string, pod: V1Pod, detail: string): void {
    const key = `${code} ${nameOf(pod)} ${detail}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#found.push({ code, subject: nameOf(pod), detail, atUs: this.#clock.nowUs() });
  }
}
