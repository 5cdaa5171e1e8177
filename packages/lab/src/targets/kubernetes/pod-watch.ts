import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Informer, makeInformer, type V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';
import { pathOf, runLabel } from './names.ts';
import { isStanding } from './pod-trouble.ts';

const RESTART_MS = 500;
/** A watch can miss what happens while it reconnects, so waiting looks again this often. */
const LOOK_MS = 1_000;

/** The pods of a study as the API server tells of them, kept current; survives an API server that goes and comes. */
export class PodWatch implements Disposable {
  readonly #informer: Informer<V1Pod>;
  readonly #pods = new Map<string, V1Pod>();
  readonly #stoppedNodes = new Set<string>();
  readonly #changes = new EventEmitter();
  #stopped = false;

  constructor(api: ClusterApi, namespace: string, run: string) {
    const path = pathOf('Pod', namespace);
    const labelSelector = `${runLabel}=${run}`;
    const list = () =>
      api.json<{ items: V1Pod[] }>('GET', `${path}?labelSelector=${encodeURIComponent(labelSelector)}`);
    this.#informer = makeInformer<V1Pod>(api.config, path, list as never, labelSelector);
    const keep = (pod: V1Pod) => this.#set(pod);
    this.#informer.on('add', keep);
    this.#informer.on('update', keep);
    this.#informer.on('delete', (pod) => {
      this.#pods.delete(pod.metadata?.name ?? '');
      this.#changes.emit('change', pod, true);
    });
    this.#informer.on('error', () => void this.#restart());
  }

  async start(): Promise<void> {
    await this.#informer.start();
  }

  async #restart(): Promise<void> {
    await sleep(RESTART_MS);
    if (!this.#stopped) await this.#informer.start();
  }

  #set(pod: V1Pod): void {
    this.#pods.set(pod.metadata?.name ?? '', pod);
    this.#changes.emit('change', pod, false);
  }

  /** Pods with all of these labels, those that are being deleted among them, those of a stopped node not. */
  list(labels: Readonly<Record<string, string>>): V1Pod[] {
    const has = (pod: V1Pod) =>
      Object.entries(labels).every(([name, value]) => pod.metadata?.labels?.[name] === value);
    return [...this.#pods.values()].filter((pod) => has(pod) && !this.#isStopped(pod));
  }

  /** False when it is gone, told to end, or has ended by itself. */
  isStanding(name: string): boolean {
    const pod = this.#pods.get(name);
    return pod !== undefined && isStanding(pod) && !this.#isStopped(pod);
  }

  /** The pods of a node that was stopped are gone, though the API server calls them ready for up to a minute more. */
  markStopped(node: string): void {
    this.#stoppedNodes.add(node);
  }

  /** From now on the API server's word counts again, also for nodes that were stopped and may have come back. */
  unmarkStopped(): void {
    this.#stoppedNodes.clear();
  }

  #isStopped({ spec }: V1Pod): boolean {
    return this.#stoppedNodes.has(spec?.nodeName ?? '');
  }

  /** Hears of every change, and whether the pod is gone, until the returned function is called. */
  onChange(listener: (pod: V1Pod, isGone: boolean) => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  /** Resolves at the next change, or after a moment. */
  async nextChange(): Promise<void> {
    await once(this.#changes, 'change', { signal: AbortSignal.timeout(LOOK_MS) }).catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
    void this.#informer.stop();
  }
}
