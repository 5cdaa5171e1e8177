import type { Clock } from '@escala/model';
import type { ResourceSample } from '../../contract/target.ts';
import type { ClusterApi } from '../api/cluster-api.ts';
import { THROTTLE_SAMPLE_MS } from '../api/limits.ts';

export interface SampledPod {
  readonly pod: string;
  readonly namespace: string;
  readonly name: string;
  readonly role: 'server' | 'agent';
  readonly node: string;
  readonly restarts: number;
}

type Figures = ReadonlyMap<string, number>;

/** What pods use, from the kubelets' pages through the API server. Needs `get nodes/proxy`; without it there is nothing. */
export class KubeletSamples {
  readonly #api: ClusterApi;
  readonly #clock: Clock;
  #throttledAt = Number.NEGATIVE_INFINITY;

  constructor(api: ClusterApi, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  async sample(pods: readonly SampledPod[]): Promise<ResourceSample[]> {
    const nodes = [...new Set(pods.map(({ node }) => node))];
    const withThrottling = performance.now() - this.#throttledAt >= THROTTLE_SAMPLE_MS;
    if (withThrottling) this.#throttledAt = performance.now();
    const pages = await Promise.all(nodes.map((node) => this.#page(node, 'metrics/resource')));
    const wide = withThrottling
      ? await Promise.all(nodes.map((node) => this.#page(node, 'metrics/cadvisor')))
      : [];
    const cpu = this.#figures('container_cpu_usage_seconds_total', pages);
    const memory = this.#figures('container_memory_working_set_bytes', pages);
    const throttled = this.#figures('container_cpu_cfs_throttled_seconds_total', wide);
    const atUs = this.#clock.nowUs();
    return pods.flatMap(({ pod, namespace, name, role, restarts }) => {
      const key = `${namespace}/${pod}`;
      const seconds = cpu.get(key);
      if (seconds === undefined) return [];
      const waited = throttled.get(key);
      return {
        atUs,
        role,
        name,
        cpuUs: Math.round(seconds * 1e6),
        memoryBytes: memory.get(key) ?? 0,
        throttledUs: waited === undefined ? null : Math.round(waited * 1e6),
        restarts,
      };
    });
  }

  /** A node that does not answer has no figures this time; its pods tell of it by not being ready. */
  #page(node: string, page: string): Promise<string> {
    const path = `/api/v1/nodes/${node}/proxy/${page}`;
    return this.#api.bytes(path, { once: true }).then(String, () => '');
  }

  /**
   * A metric by `namespace/pod`, in the metric's unit. Some kubelets tell of throttling for each container, others for the pod
   * (`container=""`); of both it is the larger one, as the same limit holds at both levels.
   */
  #figures(metric: string, pages: readonly string[]): Figures {
    const figures = new Map<string, number>();
    const line = new RegExp(
      `^${metric}\\{container="(?!POD)[^"]*",.*namespace="([^"]+)",pod="([^"]+)".*\\} (\\S+)`,
      'gm',
    );
    for (const page of pages) {
      for (const [, namespace, pod, value] of page.matchAll(line)) {
        const key = `${namespace}/${pod}`;
        figures.set(key, Math.max(Number(value), figures.get(key) ?? 0));
      }
    }
    return figures;
  }
}
