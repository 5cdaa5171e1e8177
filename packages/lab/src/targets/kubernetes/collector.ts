import { EscalaError } from '@escala/model';
import type { ClusterApi } from './cluster-api.ts';
import { setImage } from './fields.ts';
import { collectorSource, loadManifests, required } from './manifests.ts';
import { collectorName, nameOf, pathOf, serverPort } from './names.ts';
import { PodHttp } from './pod-http.ts';
import type { PodWatch } from './pod-watch.ts';
import { explained } from './study-namespace.ts';
import { untilReady } from './until-ready.ts';
import { own, type Place } from './workload.ts';

/** Bytes of a ledger that one call brings: calls stay short, and a broken one is made again. */
const CHUNK_BYTES = 1_048_576;

/** The pod that mounts a claim and reads the ledgers on it, whoever wrote them and whether or not they live. */
export class Collector implements Disposable {
  readonly #pod: PodHttp;
  readonly #token: string;

  private constructor(pod: PodHttp, token: string) {
    this.#pod = pod;
    this.#token = token;
  }

  static async start(
    { api, watch, place, token }: { api: ClusterApi; watch: PodWatch; place: Place; token: string },
    claim: string,
  ): Promise<Collector> {
    const { namespace } = place;
    const files = await loadManifests(collectorSource.manifests);
    const [pod, policy] = [required(files, 'Pod'), required(files, 'NetworkPolicy')];
    const name = `${collectorName}-${claim}`.slice(0, 63);
    pod.metadata = { ...pod.metadata, name };
    for (const { persistentVolumeClaim: source } of pod.spec?.volumes ?? [])
      if (source) source.claimName = claim;
    setImage(pod.spec, place.imageName(collectorSource.image));
    for (const object of [policy, pod]) {
      own(object, place);
      if (object === pod && object.metadata?.labels) object.metadata.labels['escala/claim'] = claim;
      await explained(api.apply(pathOf(object.kind ?? '', namespace), object), `apply ${object.kind}`);
    }
    await untilReady({
      api,
      watch,
      namespace,
      labels: { 'escala/claim': claim },
      count: 1,
      owner: nameOf(pod),
    });
    return new Collector(new PodHttp(api, { namespace, name }, serverPort), token);
  }

  /** Bytes of each ledger of the block, by replica. */
  async sizes(block: string): Promise<ReadonlyMap<string, number>> {
    const body = await this.#get(`/ledgers/${block}`);
    return new Map(Object.entries(JSON.parse(body.toString()) as Record<string, number>));
  }

  async *read(
    block: string,
    replica: string,
    range: { from: number; to: number },
  ): AsyncGenerator<Uint8Array> {
    for (let at = range.from; at < range.to; at += CHUNK_BYTES) {
      const end = Math.min(range.to, at + CHUNK_BYTES);
      yield await this.#get(`/ledgers/${block}/${replica}?from=${at}&to=${end}`);
    }
  }

  async #get(path: string): Promise<Buffer> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const { status, body } = await this.#pod.call({ path, headers });
    if (status === 200) return body;
    throw new EscalaError('REPLICA_LOST', { replica: collectorName, detail: `${path}: ${status}`, log: '' });
  }

  [Symbol.dispose](): void {
    this.#pod[Symbol.dispose]();
  }
}
