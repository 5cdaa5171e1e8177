import type { KubernetesObject, V1Lease } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';
import { LEASE_RENEW_MS } from './limits.ts';
import { pathOf, studyName } from './names.ts';
import { explained } from './study-namespace.ts';
import { own, type Place } from './workload.ts';

const durationSeconds = Math.ceil((3 * LEASE_RENEW_MS) / 1_000);

/** Says in the namespace that the study lives, so that `escala clean` does not take it for a crashed one. */
export class Lease implements Disposable {
  readonly #timer: NodeJS.Timeout;

  private constructor(timer: NodeJS.Timeout) {
    this.#timer = timer;
  }

  static async take(api: ClusterApi, place: Place): Promise<Lease> {
    const renew = () => {
      const lease: KubernetesObject & { spec: object } = {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name: studyName },
        spec: {
          holderIdentity: place.run,
          leaseDurationSeconds: durationSeconds,
          renewTime: new Date().toISOString().replace('Z', '000Z'),
        },
      };
      own(lease, place);
      return api.apply(pathOf('Lease', place.namespace), lease);
    };
    await explained(renew(), 'apply Lease');
    // A renewal that fails is no harm: the next one comes long before the lease is over.
    const timer = setInterval(() => void renew().catch(() => undefined), LEASE_RENEW_MS);
    timer.unref();
    return new Lease(timer);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

export function isLive({ spec }: V1Lease, nowMs = Date.now()): boolean {
  const renewedMs = new Date(spec?.renewTime ?? 0).getTime();
  return nowMs < renewedMs + (spec?.leaseDurationSeconds ?? 0) * 1_000;
}
