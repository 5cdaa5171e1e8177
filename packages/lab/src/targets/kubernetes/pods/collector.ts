import { fillEach, type KubernetesSettings, sentences } from '@escala/model';
import { isMapping, parsed } from '../api/api-answer.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { PodHttp } from '../api/pod-http.ts';
import { setImage, setLabels, setNode, setPlacement, setResources } from '../objects/fields.ts';
import { collectorSource, loadManifests, required } from '../objects/manifests.ts';
import { claimLabel, collectorName, componentLabel, nameOf, pathOf, serverPort } from '../objects/names.ts';
import { own, type Place } from '../objects/workload.ts';
import { isReady } from './pod-trouble.ts';
import type { PodWatch } from './pod-watch.ts';
import { untilPodsGone } from './pods-gone.ts';
import { untilReady } from './until-ready.ts';

const words = sentences.lab.collector;

/** Bytes of a ledger that one call brings: calls stay short, and a broken one is made again. */
const CHUNK_BYTES = 1_048_576;

interface CollectorWorld {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly place: Place;
  readonly token: string;
  readonly settings: Pick<KubernetesSettings, 'servers' | 'collector'>;
  readonly signal: AbortSignal;
}

/** One collector for each claim, kept for the study, and started anew where its node took it along. */
export class Collectors implements Disposable {
  readonly #world: CollectorWorld;
  readonly #started = new Map<string, Collector>();

  constructor(world: CollectorWorld) {
    this.#world = world;
  }

  /** On `node`, where a replica lives: there the claim can be mounted. */
  async of(claim: string, node: string | undefined): Promise<Collector> {
    const known = this.#started.get(claim);
    if (known?.isUsable) return known;
    known?.[Symbol.dispose]();
    const collector = await Collector.start(this.#world, claim, node);
    this.#started.set(claim, collector);
    return collector;
  }

  [Symbol.dispose](): void {
    for (const collector of this.#started.values()) collector[Symbol.dispose]();
  }
}

/** The pod that mounts a claim and reads the ledgers on it, also those of replicas that have ended. */
class Collector implements Disposable {
  readonly #pod: PodHttp;
  readonly #token: string;
  readonly #isReady: () => boolean;
  #hasFailed = false;

  private constructor(pod: PodHttp, token: string, isReady: () => boolean) {
    this.#pod = pod;
    this.#token = token;
    this.#isReady = isReady;
  }

  /** A pod of a node that lost its power stands for minutes; one that failed a call may be such a pod. */
  get isUsable(): boolean {
    return this.#isReady() && !this.#hasFailed;
  }

  static async start(
    { api, watch, place, token, settings, signal }: CollectorWorld,
    claim: string,
    node: string | undefined,
  ): Promise<Collector> {
    const { namespace } = place;
    const files = await loadManifests(collectorSource.manifests);
    const [pod, policy] = [required(files, 'Pod'), required(files, 'NetworkPolicy')];
    const name = `${collectorName}-${claim}`.slice(0, 63);
    pod.metadata = { ...pod.metadata, name };
    for (const { persistentVolumeClaim: source } of pod.spec?.volumes ?? [])
      if (source) source.claimName = claim;
    setImage(pod.spec, place.imageName(collectorSource.image));
    if (settings.collector) setResources(pod.spec, settings.collector.resources);
    // It goes where a replica is, and bears the same taints.
    setPlacement(pod.spec, settings.servers);
    setNode(pod.spec, node);
    const labels = { [componentLabel]: 'collector', [claimLabel]: claim };
    setLabels(pod, labels);
    await api.remove(`${pathOf('Pod', namespace)}/${name}`, { graceSeconds: 0 });
    await untilPodsGone({ api, watch, namespace }, labels);
    for (const object of [policy, pod]) {
      own(object, place);
      await api.apply(pathOf(object.kind ?? '', namespace), object);
    }
    await untilReady({ api, watch, namespace, labels, count: 1, owner: nameOf(pod), signal });
    const isGone = () => !watch.isStanding(name);
    const isReadyNow = () => watch.list(labels).some((pod) => nameOf(pod) === name && isReady(pod));
    return new Collector(new PodHttp(api, { namespace, name, isGone }, serverPort), token, isReadyNow);
  }

  /** Bytes of each ledger of the block, by replica. */
  async sizes(block: string): Promise<ReadonlyMap<string, number>> {
    const path = `/ledgers/${block}`;
    const sizes = parsed(await this.#get(path));
    const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && Number(size) >= 0;
    if (!isMapping(sizes) || !Object.values(sizes).every(isSize))
      throw this.#pod.lost(fillEach(words.noSizes, { path }));
    return new Map(Object.entries(sizes as Record<string, number>));
  }

  async *read(
    block: string,
    replica: string,
    range: { from: number; to: number },
  ): AsyncGenerator<Uint8Array> {
    for (let at = range.from; at < range.to; at += CHUNK_BYTES) {
      const end = Math.min(range.to, at + CHUNK_BYTES);
      const path = `/ledgers/${block}/${replica}?from=${at}&to=${end}`;
      const bytes = await this.#get(path);
      if (bytes.length !== end - at) throw this.#pod.lost(`${path}: ${bytes.length} B`);
      yield bytes;
    }
  }

  async #get(path: string): Promise<Buffer> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const { status, body } = await this.#pod.call({ path, headers }).catch((cause) => {
      this.#hasFailed = true;
      throw cause;
    });
    if (status === 200) return body;
    throw this.#pod.lost(`${path}: ${status}`);
  }

  [Symbol.dispose](): void {
    this.#pod[Symbol.dispose]();
  }
}
