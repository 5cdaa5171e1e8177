import { EscalaError, fillEach, type ManifestsSystem, sentences } from '@escala/model';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.ts';
import type { Place } from '../objects/workload.ts';
import { type Applied, applied, isNamed, readDocuments, titleOf } from './documents.ts';
import { type ApiKinds, collectionOf } from './kinds.ts';

const words = sentences.lab.kubernetesWorkload;
const security = sentences.lab.podSecurity;

/** What must be there before others can begin; all else is applied in its order, and what makes pods at the end. */
const firstKinds = [
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'Role',
  'RoleBinding',
  'Service',
];

/** An object, and where the API server keeps its kind in the study's namespace. */
export interface PlacedObject {
  readonly object: KubernetesObject;
  readonly collection: string;
}

/** A system that comes as YAML, applied as it is into the study's namespace; only its workload's replicas are set. */
export class Manifests {
  readonly leftOut: Applied['leftOut'];
  /** What it applies, each with the path of its kind. */
  readonly objects: readonly PlacedObject[];
  readonly #workload: string;

  private constructor(objects: readonly PlacedObject[], leftOut: Applied['leftOut'], workload: string) {
    this.objects = objects;
    this.#workload = workload;
    this.leftOut = leftOut;
  }

  /** @throws EscalaError MANIFESTS_UNFIT, MANIFESTS_WIDE, WORKLOAD_UNFIT, before anything of it is applied. */
  static async read(
    system: string,
    given: ManifestsSystem,
    { kinds, place, signal }: { kinds: ApiKinds; place: Place; signal: AbortSignal },
  ): Promise<Manifests> {
    const documents = await readDocuments(system, given, signal);
    const known = new Map(
      await Promise.all(documents.map(async (one) => [one, await kinds.of(one)] as const)),
    );
    const unknown = documents.find((one) => !known.get(one));
    if (unknown) {
      const kind = `${unknown.apiVersion} ${unknown.kind}`;
      throw new EscalaError('MANIFESTS_UNFIT', { system, detail: fillEach(words.noKind, { kind }) });
    }
    const isWide = (one: KubernetesObject) => known.get(one)?.isNamespaced === false;
    const { objects, leftOut } = applied(system, given, { documents, place, isWide });
    const { workload } = given;
    if (!objects.some((one) => isNamed(one, workload)))
      throw new EscalaError('WORKLOAD_UNFIT', {
        workload,
        system,
        namespace: place.namespace,
        kind: workload.split('/')[0] ?? '',
        detail: words.notInManifests,
      });
    const placed = await Promise.all(
      objects.map(async (object) => {
        const kind = await kinds.of(object);
        if (!kind) throw new Error(`the cluster lost the kind of ${titleOf(object)}`);
        return { object, collection: collectionOf(kind, place.namespace) };
      }),
    );
    return new Manifests(placed, leftOut, workload);
  }

  /**
   * PODS_REFUSED where that is for PodSecurity, with the level that would take the pods; any other cause as it is. The
   * namespace of a study warns of what `baseline` would refuse as well.
   */
  async explained(api: ClusterApi, cause: unknown, namespace: string): Promise<unknown> {
    const { detail = '', owner = '' } = cause instanceof EscalaError ? cause.values : {};
    const [, level, why] = /violates PodSecurity "(\w+):[^"]*": (.*)/.exec(String(detail)) ?? [];
    if (level === undefined || why === undefined) return cause;
    const found = this.objects.find(({ object }) => isNamed(object, this.#workload));
    const warned = found ? await api.warnings(found.collection, found.object) : '';
    const isEnough = level === 'restricted' && !/PodSecurity/.test(warned);
    const fix = fillEach(security.fix, { level: isEnough ? 'baseline' : 'privileged', namespace });
    return new EscalaError('POD_INSECURE', { level, namespace, owner, detail: why, fix }, { cause });
  }

  /** Applies all of it, the workload with so many replicas. */
  async apply(api: ClusterApi, replicas: number): Promise<void> {
    const rank = ({ object }: PlacedObject) =>
      firstKinds.includes(object.kind ?? '') ? 0 : isNamed(object, this.#workload) ? 2 : 1;
    for (const { object, collection } of this.objects.toSorted((a, b) => rank(a) - rank(b)))
      await api.apply(collection, isNamed(object, this.#workload) ? withReplicas(object, replicas) : object);
  }
}

/** Where the kinds of Kubernetes itself have them; a kind of others gets them by its scale subresource alone. */
export function withReplicas(object: KubernetesObject, replicas: number): KubernetesObject {
  if (!object.apiVersion?.startsWith('apps/')) return object;
  const { spec } = object as { spec?: object };
  return { ...object, spec: { ...spec, replicas } } as KubernetesObject;
}
