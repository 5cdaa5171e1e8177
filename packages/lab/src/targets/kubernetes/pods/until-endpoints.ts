import { setTimeout as sleep } from 'node:timers/promises';
import { EscalaError } from '@escala/model';
import type { V1EndpointSlice, V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.ts';
import { pathOf } from '../objects/names.ts';

const POLL_MS = 100;

/**
 * Resolves when the Service sends to these pods and to no others. A pod is Ready a moment before its Service knows of it;
 * the nodes learn of it later still, which only their clients can see.
 */
export async function untilEndpoints(
  api: ClusterApi,
  { namespace, service, pods }: { namespace: string; service: string; pods: readonly V1Pod[] },
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Set(pods.map(({ status }) => status?.podIP));
  const labelSelector = `kubernetes.io/service-name=${service}`;
  const deadline = performance.now() + api.patience.endpointsMs;
  for (;;) {
    const slices = await api.list<V1EndpointSlice>(pathOf('EndpointSlice', namespace), { labelSelector });
    const known = new Set(slices.flatMap(readyAddresses));
    if (known.symmetricDifference(wanted).size === 0) return;
    if (performance.now() > deadline)
      throw new EscalaError('SERVICE_INCOMPLETE', {
        service,
        known: known.intersection(wanted).size,
        count: wanted.size,
        namespace,
      });
    await sleep(POLL_MS, undefined, { signal });
  }
}

function readyAddresses({ endpoints }: V1EndpointSlice): (string | undefined)[] {
  return (endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false)
    .flatMap(({ addresses }) => addresses.slice(0, 1));
}
