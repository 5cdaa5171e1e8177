import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.ts';
import { nameOf, pathOf } from '../objects/names.ts';
import { isStanding } from './pod-trouble.ts';

const RESTART_MS = 500;
/** A watch can miss what happens while it reconnects, so waiting looks again this often. */
const LOOK_MS = 1_000;

/** Which pods of a namespace a watch follows, in words of the API. */
interface PodQuery {
  readonly labelSelector: string;
  readonly fieldSelector?: string;
}

/** Pods of a namespace as the API server tells of them, kept current; survives an API server that goes and comes. */
export class PodWatch implements Disposable {
  readonly #api: ClusterApi;
  readonly #path: string;
  readonly #query: PodQuery;
  readonly #end = new AbortController();
  readonly #pods = new Map<string, V1Pod>();
  readonly #stoppedNodes = new Set<string>();
  readonly #changes = new EventEmitter();
  /** Since when pods are not told of, in milliseconds of `performance.now()`, and why. */
  #lost: { readonly sinceMs: number; readonly problem: EscalaError } | undefined;

  constructor(api: ClusterApi, namespace: string, query: PodQuery) {
    this.#api = api;
    this.#path = pathOf('Pod', namespace);
    this.#query = query;
  }

  /** Resolves when the pods are known that there are now; then follows them until the disposal. */
  async start(): Promise<void> {
    const version = await this.#look();
    void this.#follow(version);
  }

  async #follow(first: string): Promise<void> {
    let version: string | undefined = first;
    while (!this.#end.signal.aborted) {
      try {
        // What ends a watch may have swallowed a change, so every watch begins with a look.
        await this.#watchFrom(version ?? (await this.#look({ once: true })));
        this.#lost = undefined;
      } catch (cause) {
        if (!(cause instanceof EscalaError)) throw cause;
        this.#lost = { sinceMs: this.#lost?.sinceMs ?? performance.now(), problem: cause };
      }
      version = undefined;
      await sleep(RESTART_MS, undefined, { signal: this.#end.signal }).catch(() => undefined);
    }
  }

  /** Takes over the pods that there are, and returns the version from which on a watch misses nothing. */
  async #look(call: { once?: boolean } = {}): Promise<string> {
    const { items, version } = await this.#api.page<V1Pod>(this.#path, { ...this.#query }, call);
    const names = new Set(items.map(nameOf));
    for (const pod of this.#pods.values()) if (!names.has(nameOf(pod))) this.#forget(pod);
    for (const pod of items) this.#set(pod);
    this.#lost = undefined;
    return version;
  }

  async #watchFrom(resourceVersion: string): Promise<void> {
    const query = new URLSearchParams({ watch: 'true', ...this.#query, resourceVersion });
    for await (const { type, object } of this.#api.watch<V1Pod>(`${this.#path}?${query}`, this.#end.signal)) {
      if (type === 'DELETED') this.#forget(object);
      else this.#set(object);
    }
  }

  #forget(pod: V1Pod): void {
    this.#pods.delete(nameOf(pod));
    this.#changes.emit('change', pod, true);
  }

  #set(pod: V1Pod): void {
    const known = this.#pods.get(nameOf(pod))?.metadata?.resourceVersion;
    if (known !== undefined && known === pod.metadata?.resourceVersion) return;
    this.#pods.set(nameOf(pod), pod);
    this.#changes.emit('change', pod, false);
  }

  /** Pods with all of these labels, those that are being deleted among them, those of a stopped node not. */
  list(labels: Readonly<Record<string, string>>): V1Pod[] {
    return [...this.#pods.values()].filter((pod) => hasLabels(pod, labels) && !this.#isStopped(pod));
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

  /**
   * Resolves at the next change, or after a moment.
   * @throws EscalaError where the API server has not told of pods for so long that waiting is in vain.
   */
  async nextChange(): Promise<void> {
    if (this.#lost && this.#api.isInVain(this.#lost.problem, performance.now() - this.#lost.sinceMs))
      throw this.#lost.problem;
    await once(this.#changes, 'change', { signal: AbortSignal.timeout(LOOK_MS) }).catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.#end.abort();
  }
}

export function hasLabels({ metadata }: V1Pod, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => metadata?.labels?.[name] === value);
}
