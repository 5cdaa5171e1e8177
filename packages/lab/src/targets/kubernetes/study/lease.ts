import { randomUUID } from 'node:crypto';
import { EscalaError } from '@escala/model';
import type { KubernetesObject, V1Lease } from '@kubernetes/client-node';
import { ApiError, isMapping, parsed } from '../api/api-answer.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { LEASE_RENEW_MS } from '../api/limits.ts';
import { labelValue, pathOf, runLabel, studyName } from '../objects/names.ts';
import { own, type Place } from '../objects/workload.ts';

/** What a study leaves beside objects of its own kinds, by paths of the API. */
export interface Traces {
  /** Workloads of others that it scales. */
  readonly workloads: readonly string[];
  /** Kinds of which it makes objects, in its namespace. */
  readonly collections: readonly string[];
}

const tracesKey = 'escala/traces';
const mergePatch = 'application/merge-patch+json';
const durationSeconds = Math.ceil((3 * LEASE_RENEW_MS) / 1_000);

/** What a renewal is answered when the lease that was taken has been deleted, or is another one by now. */
const GONE = 404;
const NOT_OURS: ReadonlySet<number> = new Set([409, 422]);
/** Rights may be denied for a moment while an API server starts; denied so often in a row, they are withdrawn. */
const DENIALS_MAX = 2;

/**
 * Says in the namespace that the study lives. Whoever creates it has the namespace: two studies would share a Secret,
 * servers and claims. It also tells when the study was taken off the cluster behind its back.
 */
export class Lease implements Disposable {
  readonly #api: ClusterApi;
  readonly #place: Place;
  readonly #uid: string;
  readonly #timer: NodeJS.Timeout;
  readonly #lost = new AbortController();
  #hasSecret = false;
  #denials = 0;
  #isTakenOver = false;

  private constructor(api: ClusterApi, place: Place, uid: string) {
    this.#api = api;
    this.#place = place;
    this.#uid = uid;
    this.#timer = setInterval(() => void this.confirm().catch(() => undefined), LEASE_RENEW_MS);
    this.#timer.unref();
  }

  /**
   * A study that goes on takes the lease of its earlier life.
   * @throws EscalaError NAMESPACE_BUSY where another study lives there, NAMESPACE_LITTERED where one has left its lease.
   */
  static async take(api: ClusterApi, place: Place, { isResumed }: { isResumed: boolean }): Promise<Lease> {
    const found = await findLease(api, place.namespace);
    if (found && isResumed && found.metadata?.labels?.[runLabel] === labelValue(place.run))
      await api.remove(`${pathOf('Lease', place.namespace)}/${studyName}`);
    else if (found) throw inTheWay(found, api, place);
    const lease = newLease(place, api.nowMs);
    const making = api.create<V1Lease>(pathOf('Lease', place.namespace), lease);
    const made = await making.catch(async (cause) => {
      if (!(cause instanceof ApiError) || cause.status !== 409) throw cause;
      const first = await findLease(api, place.namespace);
      // A call that broke on its way back has arrived twice.
      if (first?.spec?.holderIdentity === lease.spec.holderIdentity) return first;
      throw first ? inTheWay(first, api, place) : cause;
    });
    return new Lease(api, place, made.metadata?.uid ?? '');
  }

  /**
   * Aborts with an EscalaError: STUDY_REMOVED when the lease, or the Secret, is gone; NAMESPACE_ENDS where that is because
   * the namespace goes; RIGHTS_WITHDRAWN when the study may not renew its lease any more.
   */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Whether another process goes on with the study: what carries its label is not ours to remove any more. */
  get isTakenOver(): boolean {
    return this.#isTakenOver;
  }

  /** From now on the study needs its Secret, too. */
  guardSecret(): void {
    this.#hasSecret = true;
  }

  /** Writes down what the study is about to scale, and to make, for whoever cleans up after it. */
  async remember(traces: Traces): Promise<void> {
    const annotations = { [tracesKey]: JSON.stringify(traces) };
    const body = { metadata: { uid: this.#uid, annotations } };
    await this.#api.json('PATCH', `${pathOf('Lease', this.#place.namespace)}/${studyName}`, {
      body,
      contentType: mergePatch,
    });
  }

  /** Renews it. One that fails on its way is no harm: the next one comes long before the lease is over. */
  async confirm(): Promise<void> {
    const { namespace } = this.#place;
    const body = { metadata: { uid: this.#uid }, spec: { renewTime: microTime(this.#api.nowMs) } };
    try {
      const path = `${pathOf('Lease', namespace)}/${studyName}`;
      await this.#api.json('PATCH', path, { body, contentType: mergePatch });
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      this.#isTakenOver = NOT_OURS.has(cause.status);
      if (cause.code === 'RIGHT_MISSING') this.#deny(cause);
      else if (this.#isTakenOver || cause.status === GONE) await this.#lose('Lease', cause);
      return;
    }
    this.#denials = 0;
    if (!this.#hasSecret) return;
    const secrets = await this.#api.list(pathOf('Secret', namespace), byName);
    if (secrets.length === 0) await this.#lose('Secret');
  }

  /** A right that the study had when it began was denied elsewhere. Says by the lease whether all of them are gone. */
  async confirmRights(): Promise<void> {
    this.#denials += 1;
    await this.confirm();
  }

  #deny(cause: ApiError): void {
    this.#denials += 1;
    const { namespace } = this.#place;
    const { detail = '' } = cause.values;
    if (this.#denials >= DENIALS_MAX)
      this.#end(new EscalaError('RIGHTS_WITHDRAWN', { namespace, detail }, { cause }));
  }

  async #lose(kind: string, cause?: unknown): Promise<void> {
    const { run, namespace } = this.#place;
    const object = `${kind}/${studyName}`;
    const ending = this.#isTakenOver ? undefined : await this.#namespaceEnding();
    this.#end(ending ?? new EscalaError('STUDY_REMOVED', { run, namespace, object }, { cause }));
  }

  /** A namespace that is being deleted takes nothing new; a dry run tells of that without the right to see namespaces. */
  async #namespaceEnding(): Promise<ApiError | undefined> {
    const path = `${pathOf('Lease', this.#place.namespace)}?dryRun=All`;
    try {
      await this.#api.create(path, newLease(this.#place, this.#api.nowMs));
    } catch (cause) {
      if (cause instanceof ApiError && cause.code === 'NAMESPACE_ENDS') return cause;
    }
    return undefined;
  }

  #end(problem: EscalaError): void {
    clearInterval(this.#timer);
    this.#lost.abort(problem);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

const byName = { fieldSelector: `metadata.name=${studyName}` };

async function findLease(api: ClusterApi, namespace: string): Promise<V1Lease | undefined> {
  return (await api.list<V1Lease>(pathOf('Lease', namespace), byName))[0];
}

function inTheWay(lease: V1Lease, api: ClusterApi, { namespace }: Place): EscalaError {
  const run = lease.metadata?.labels?.[runLabel] ?? '?';
  if (isLive(lease, api.nowMs)) return new EscalaError('NAMESPACE_BUSY', { run, namespace });
  return new EscalaError('NAMESPACE_LITTERED', { objects: `Lease/${studyName} (${run})`, namespace });
}

function newLease(place: Place, nowMs: number) {
  const lease: KubernetesObject & {
    spec: { holderIdentity: string; leaseDurationSeconds: number; renewTime: string };
  } = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: studyName },
    spec: {
      // Of this process, not only of the run: it may be resumed by another one.
      holderIdentity: `${place.run} ${randomUUID()}`,
      leaseDurationSeconds: durationSeconds,
      renewTime: microTime(nowMs),
    },
  };
  own(lease, place);
  return lease;
}

const microTime = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z');

/** `nowMs` is of the API server's clock, as is the time in the lease: clocks of machines may differ. */
export function isLive({ spec }: V1Lease, nowMs: number): boolean {
  const renewedMs = new Date(spec?.renewTime ?? 0).getTime();
  return nowMs < renewedMs + (spec?.leaseDurationSeconds ?? 0) * 1_000;
}

/** What the lease's study may have left. */
export function tracesOf({ metadata }: V1Lease): Traces {
  const told = parsed(Buffer.from(metadata?.annotations?.[tracesKey] ?? '{}'));
  const paths = (key: keyof Traces) => {
    const list = isMapping(told) ? told[key] : undefined;
    return Array.isArray(list) ? list.filter((path) => typeof path === 'string') : [];
  };
  return { workloads: paths('workloads'), collections: paths('collections') };
}
