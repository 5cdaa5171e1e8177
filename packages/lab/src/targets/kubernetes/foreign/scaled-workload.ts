import { EscalaError, fillEach, type Sentence, sentences } from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import { ApiError } from '../api/api-answer.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { unlessDenied } from '../api/rights.ts';
import { nameOf, pathOf } from '../objects/names.ts';
import { type ApiKinds, collectionOf } from './kinds.ts';

const words = sentences.lab.kubernetesWorkload;

/**
 * What a study writes on a workload before its first change, and takes away with the last. These are labels: a Deployment
 * copies its annotations to its ReplicaSet, where they would stay and come back with a rollback.
 */
const replicasKey = 'escala/replicas-before';
const runKey = 'escala/scaled-by';
const studyKey = 'escala/study-namespace';

const mergePatch = 'application/merge-patch+json';

/** What of a workload is read here, whatever its kind. */
interface WorkloadObject extends KubernetesObject {
  readonly spec?: {
    readonly paused?: boolean;
    readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

interface Scale extends KubernetesObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly selector?: string };
}

interface AutoscalerObject extends KubernetesObject {
  readonly spec?: { readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string } };
}

/** Which workload a system names, and where. */
interface WorkloadName {
  readonly system: string;
  readonly namespace: string;
  /** `deployment/api`. */
  readonly workload: string;
}

/** An object of any kind with a scale subresource. Of it a study sets the replicas through that, and nothing else. */
export class ScaledWorkload {
  /** `deployment/api`, as the system names it. */
  readonly title: string;
  readonly namespace: string;
  /** Its own in the API. */
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  /** Which pods are its own. */
  readonly selector: string;
  /** Labels of the pods that it makes; undefined where it has no template. */
  readonly podLabels: Readonly<Record<string, string>> | undefined;
  readonly #api: ClusterApi;

  private constructor(
    api: ClusterApi,
    given: WorkloadName,
    found: Pick<ScaledWorkload, 'path' | 'kind' | 'name' | 'selector' | 'podLabels'>,
  ) {
    this.#api = api;
    this.title = given.workload;
    this.namespace = given.namespace;
    this.path = found.path;
    this.kind = found.kind;
    this.name = found.name;
    this.selector = found.selector;
    this.podLabels = found.podLabels;
  }

  /** @throws EscalaError WORKLOAD_UNFIT with the reason why no study could scale it. */
  static async find(api: ClusterApi, kinds: ApiKinds, given: WorkloadName): Promise<ScaledWorkload> {
    const { workload, namespace, system } = given;
    const [kindWord = '', name = ''] = workload.split('/');
    const unfit = (detail: Sentence) =>
      new EscalaError('WORKLOAD_UNFIT', { workload, namespace, system, kind: kindWord, detail });
    const kind = await kinds.named(kindWord);
    if (!kind) throw unfit(fillEach(words.noKind, { kind: kindWord }));
    if (!kind.canScale) throw unfit(fillEach(words.noScale, { kind: kind.kind }));
    const path = `${collectionOf(kind, namespace)}/${name}`;
    const object = await orAbsent(api.json<WorkloadObject>('GET', path));
    if (!object) throw unfit(fillEach(words.notThere, { namespace }));
    if (object.metadata?.deletionTimestamp) throw unfit(words.isEnding);
    if (object.spec?.paused) throw unfit(fillEach(words.isPaused, { workload, namespace }));
    const { status } = await api.json<Scale>('GET', `${path}/scale`);
    if (!status?.selector) throw unfit(words.noSelector);
    const podLabels = object.spec?.template?.metadata?.labels;
    return new ScaledWorkload(api, given, {
      path,
      kind: kind.kind,
      name,
      selector: status.selector,
      podLabels,
    });
  }

  /** @throws EscalaError WORKLOAD_AUTOSCALED where an autoscaler would set the replicas against the study. */
  async requireNoAutoscaler(): Promise<void> {
    const autoscaler = await this.autoscaler();
    if (autoscaler) throw new EscalaError('WORKLOAD_AUTOSCALED', { autoscaler, workload: this.title });
  }

  /** The name of the HorizontalPodAutoscaler that sets its replicas. */
  async autoscaler(): Promise<string | undefined> {
    const path = pathOf('HorizontalPodAutoscaler', this.namespace);
    const autoscalers = await this.#api.list<AutoscalerObject>(path);
    const own = autoscalers.find(({ spec }) => aimsAt(spec?.scaleTargetRef, this));
    return own && nameOf(own);
  }

  /** @throws EscalaError WORKLOAD_BUSY where it is another study's. */
  async requireFree({ run, isResumed }: { run: string; isResumed: boolean }): Promise<void> {
    const written = await this.#written();
    const owner = written[runKey];
    if (owner === undefined || (isResumed && owner === run)) return;
    const { title: workload, namespace } = this;
    const { [replicasKey]: replicas, [studyKey]: study = namespace } = written;
    const values = { workload, namespace, run: owner, replicas: Number(replicas), study };
    throw new EscalaError('WORKLOAD_BUSY', values);
  }

  /** Writes on it whose it is and how many replicas it has. A study that goes on finds that written already. */
  async take(study: { run: string; namespace: string; isResumed: boolean }): Promise<PutBack> {
    const { title: workload } = this;
    for (let isResumed = study.isResumed; ; isResumed = true) {
      const { metadata, spec } = await this.#api.json<Scale>('GET', `${this.path}/scale`);
      await this.requireFree({ run: study.run, isResumed });
      const written = await this.#written();
      const taken = { workload, study: study.namespace };
      if (written[runKey] === study.run) return { ...taken, replicas: Number(written[replicasKey]) };
      const replicas = spec?.replicas ?? 0;
      const labels = {
        [replicasKey]: String(replicas),
        [runKey]: study.run,
        [studyKey]: study.namespace,
      };
      // With the version that was read: what another study wrote meanwhile is met in the next turn.
      const body = { metadata: { resourceVersion: metadata?.resourceVersion, labels } };
      try {
        await this.#api.json('PATCH', this.path, { body, contentType: mergePatch });
        return { ...taken, replicas };
      } catch (cause) {
        if (!(cause instanceof ApiError) || cause.status !== 409) throw cause;
      }
    }
  }

  async scale(replicas: number): Promise<void> {
    await setReplicas(this.#api, this.path, replicas);
  }

  /** Whether its own controller has seen the last change and counts so many replicas, all of them ready. */
  async hasSettled(replicas: number): Promise<boolean> {
    const { metadata, status } = await this.#api.json<WorkloadObject>('GET', this.path);
    const { observedGeneration, ...counts } = status ?? {};
    if (observedGeneration !== undefined && observedGeneration < (metadata?.generation ?? 0)) return false;
    return [counts.replicas ?? 0, counts.readyReplicas ?? 0].every((count) => count === replicas);
  }

  async #written(): Promise<Readonly<Record<string, string>>> {
    const { metadata } = await this.#api.json<WorkloadObject>('GET', this.path);
    return metadata?.labels ?? {};
  }
}

function aimsAt(
  target: { readonly kind?: string; readonly name?: string } | undefined,
  { kind, name }: { kind: string; name: string },
): boolean {
  return target?.kind === kind && target.name === name;
}

function setReplicas(api: ClusterApi, path: string, replicas: number): Promise<unknown> {
  const body = { spec: { replicas } };
  return api.json('PATCH', `${path}/scale`, { body, contentType: mergePatch });
}

/** A workload as a study found it, by what that study wrote on it. */
export interface PutBack {
  readonly workload: string;
  readonly replicas: number;
  /** The namespace of the study's lease. */
  readonly study: string;
}

/**
 * Gives the workload at `path` the replicas that the run found, and takes away what is written on it; undefined where
 * nothing of the run is there any more.
 * @throws EscalaError WORKLOAD_NOT_RESTORED, with the words that do it by hand, as soon as the number is known.
 */
export async function putBack(
  api: ClusterApi,
  { path, run, found }: { path: string; run: string; found?: PutBack | undefined },
): Promise<PutBack | undefined> {
  const [, namespace = '', plural, name] = /\/namespaces\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  let known = found;
  try {
    const object = await orAbsent(api.json<WorkloadObject>('GET', path));
    const written = object?.metadata?.labels ?? {};
    if (written[runKey] !== run) return undefined;
    const { [replicasKey]: replicas, [studyKey]: study = namespace } = written;
    known = { workload: found?.workload ?? `${plural}/${name}`, replicas: Number(replicas), study };
    await setReplicas(api, path, known.replicas);
    // Last, so that whoever comes after a crash between the two finds the number.
    const none = { [replicasKey]: null, [runKey]: null, [studyKey]: null };
    await api.json('PATCH', path, { body: { metadata: { labels: none } }, contentType: mergePatch });
    return known;
  } catch (cause) {
    if (!(cause instanceof EscalaError) || !known) throw cause;
    throw new EscalaError('WORKLOAD_NOT_RESTORED', { ...known, namespace, detail: cause.says }, { cause });
  }
}

/** A workload that a study has scaled, by what is written on it. */
export interface Scaled {
  readonly path: string;
  readonly run: string;
  /** The namespace of the study's lease. */
  readonly study: string;
}

/** Of the usual kinds, in one namespace or in all that may be looked into. */
export async function scaledIn(api: ClusterApi, namespace: string | undefined): Promise<Scaled[]> {
  const found = await Promise.all(
    ['deployments', 'statefulsets', 'replicasets'].map(async (plural) => {
      const path = `/apis/apps/v1/${namespace === undefined ? '' : `namespaces/${namespace}/`}${plural}`;
      const objects = await unlessDenied(api.list<WorkloadObject>(path, { labelSelector: runKey }), []);
      return objects.flatMap(({ metadata }) => {
        const { [runKey]: run, [studyKey]: study = '' } = metadata?.labels ?? {};
        const own = `/apis/apps/v1/namespaces/${metadata?.namespace}/${plural}/${metadata?.name}`;
        return run === undefined ? [] : [{ path: own, run, study }];
      });
    }),
  );
  return found.flat();
}

/** undefined for what is not there. */
export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((cause) => {
    if (cause instanceof ApiError && cause.status === 404) return undefined;
    throw cause;
  });
}
