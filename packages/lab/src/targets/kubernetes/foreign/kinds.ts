import type { KubernetesObject } from '@kubernetes/client-node';
import { ApiError } from '../api/api-answer.ts';
import type { ClusterApi } from '../api/cluster-api.ts';

/** A kind of object, as the API server tells of it. */
interface ApiKind {
  readonly kind: string;
  /** `api/v1`, `apis/apps/v1`. */
  readonly root: string;
  /** As paths name it: `deployments`. */
  readonly plural: string;
  readonly singular: string;
  readonly isNamespaced: boolean;
  readonly canScale: boolean;
}

/** Part of what the API server answers for a group. */
interface Resource {
  readonly name: string;
  readonly singularName?: string;
  readonly kind: string;
  readonly namespaced?: boolean;
  readonly shortNames?: readonly string[];
}

/** The kinds that a cluster has, also those that it learned from others; each group is asked for once. */
export class ApiKinds {
  readonly #api: ClusterApi;
  readonly #groups = new Map<string, Promise<readonly Resource[]>>();

  constructor(api: ClusterApi) {
    this.#api = api;
  }

  /** The kind of an object; undefined where the cluster has none such. */
  async of({ apiVersion = '', kind = '' }: KubernetesObject): Promise<ApiKind | undefined> {
    const root = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
    return this.#find(root, (resource) => resource.kind === kind);
  }

  /** The kind by a word of kubectl: `deployment`, `sts`, `rollouts.argoproj.io`. */
  async named(word: string): Promise<ApiKind | undefined> {
    const [name = '', group] = word.toLowerCase().split(/\.(.*)/);
    const isIt = ({ name: plural, singularName, kind, shortNames = [] }: Resource) =>
      [plural, singularName, kind.toLowerCase(), ...shortNames].includes(name);
    // Most are in one of these, and then nothing else is asked.
    for (const root of group === undefined ? ['apis/apps/v1', 'api/v1'] : []) {
      const found = await this.#find(root, isIt);
      if (found) return found;
    }
    for (const version of await this.#groupVersions(group)) {
      const found = await this.#find(`apis/${version}`, isIt);
      if (found) return found;
    }
    return undefined;
  }

  async #groupVersions(group: string | undefined): Promise<string[]> {
    const { groups = [] } = await this.#api.json<{
      groups?: { name: string; preferredVersion: { groupVersion: string } }[];
    }>('GET', '/apis');
    return groups
      .filter(({ name }) => group === undefined || name === group)
      .map(({ preferredVersion }) => preferredVersion.groupVersion);
  }

  async #find(root: string, isIt: (resource: Resource) => boolean): Promise<ApiKind | undefined> {
    let group = this.#groups.get(root);
    if (!group) {
      group = this.#resources(root);
      this.#groups.set(root, group);
    }
    const resources = await group;
    const found = resources.find((resource) => !resource.name.includes('/') && isIt(resource));
    if (!found) return undefined;
    return {
      kind: found.kind,
      root,
      plural: found.name,
      singular: found.singularName || found.kind.toLowerCase(),
      isNamespaced: found.namespaced === true,
      canScale: resources.some(({ name }) => name === `${found.name}/scale`),
    };
  }

  async #resources(root: string): Promise<readonly Resource[]> {
    try {
      const { resources = [] } = await this.#api.json<{ resources?: readonly Resource[] }>('GET', `/${root}`);
      return resources;
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 404) return [];
      throw cause;
    }
  }
}

/** Where the API server keeps the objects of a kind in a namespace. */
export function collectionOf({ root, plural }: ApiKind, namespace: string): string {
  return `/${root}/namespaces/${namespace}/${plural}`;
}
