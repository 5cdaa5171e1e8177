import type { ClusterApi } from '../api/cluster-api.ts';
import { FORCED_MS } from '../api/limits.ts';
import { nameOf, pathOf } from '../objects/names.ts';
import type { PodWatch } from './pod-watch.ts';

/**
 * Resolves when no pod with these labels is left. A node that is gone never confirms that its pods ended, so what
 * outlives its grace by far is taken off the API server's books.
 */
export async function untilPodsGone(
  { api, watch, namespace }: { api: ClusterApi; watch: PodWatch; namespace: string },
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const startedAt = performance.now();
  for (let pods = watch.list(labels); pods.length > 0; pods = watch.list(labels)) {
    if (performance.now() - startedAt > FORCED_MS) {
      const podPath = pathOf('Pod', namespace);
      await Promise.all(pods.map((pod) => api.remove(`${podPath}/${nameOf(pod)}`, { graceSeconds: 0 })));
    }
    await watch.nextChange();
  }
}
