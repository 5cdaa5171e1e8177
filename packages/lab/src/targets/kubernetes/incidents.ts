import type { Clock, Incident } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import { blockLabel, componentLabel, nameOf } from './names.ts';
import type { PodWatch } from './pod-watch.ts';

/** What happens to a block's servers and to the agents, each told once. */
export class Incidents implements Disposable {
  readonly #found: Incident[] = [];
  readonly #told = new Set<string>();
  readonly #clock: Clock;
  readonly #block: string;
  readonly #unwatch: () => void;

  constructor(watch: PodWatch, block: string, clock: Clock) {
    this.#clock = clock;
    this.#block = block;
    this.#unwatch = watch.onChange((pod, isGone) => this.#look(pod, isGone));
  }

  take(): Incident[] {
    return this.#found.splice(0);
  }

  /** From now on pods go because the block is over. */
  [Symbol.dispose](): void {
    this.#unwatch();
  }

  #look(pod: V1Pod, isGone: boolean): void {
    const labels = pod.metadata?.labels ?? {};
    const isOurs = labels[blockLabel] === this.#block || labels[componentLabel] === 'client';
    if (!isOurs) return;
    const role = labels[componentLabel] === 'client' ? 'agent' : 'replica';
    if (isGone || pod.metadata?.deletionTimestamp) this.#tell(`${role}-ended`, pod, 'the pod was deleted');
    if (pod.status?.reason === 'Evicted') this.#tell('evicted', pod, pod.status.message ?? '');
    for (const { restartCount, lastState } of pod.status?.containerStatuses ?? []) {
      const why = lastState?.terminated?.reason;
      if (why === 'OOMKilled') this.#tell('out-of-memory', pod, `restart ${restartCount}`);
      else if (restartCount > 0)
        this.#tell(`${role}-restarted`, pod, `restart ${restartCount}: ${why ?? 'unknown'}`);
    }
    const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
    if (ready?.reason === 'NodeNotReady') this.#tell('node-not-ready', pod, `node ${pod.spec?.nodeName}`);
  }

  #tell(code: string, pod: V1Pod, detail: string): void {
    const key = `${code} ${nameOf(pod)} ${detail}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#found.push({ code, subject: nameOf(pod), detail, atUs: this.#clock.nowUs() });
  }
}
