import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Fault } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from './cluster-api.ts';
import { nameOf, pathOf } from './names.ts';

const run = promisify(execFile);

export interface FaultPlace {
  readonly api: ClusterApi;
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly pods: readonly V1Pod[];
  readonly clock: { nowUs(): number };
}

/** Does to the servers what the experiment asks for, by the same calls as kubectl. */
export async function injectFault(fault: Fault, place: FaultPlace): Promise<void> {
  const { api, namespace, workload, pods, clock } = place;
  const path = `${pathOf(workload.kind, namespace)}/${workload.name}`;
  const merge = (body: unknown) =>
    api.call('PATCH', path, { body, contentType: 'application/merge-patch+json' });
  const [victim] = pods;
  switch (fault.kind) {
    case 'kill-replica':
      if (!victim) throw new Error('no replica is left to kill');
      await api.remove(`${pathOf('Pod', namespace)}/${nameOf(victim)}`, { graceSeconds: 0 });
      return;
    case 'roll':
      await merge({
        spec: { template: { metadata: { annotations: { 'escala/rolled-at': String(clock.nowUs()) } } } },
      });
      return;
    case 'scale':
      await merge({ spec: { replicas: fault.replicas ?? 0 } });
      return;
    case 'stop-node':
      await stopNode(victim?.spec?.nodeName);
  }
}

/** kind's and k3d's nodes are containers by the node's name; elsewhere only the cluster's owner can stop a node. */
async function stopNode(node: string | undefined): Promise<void> {
  if (!node) throw new Error('no node carries a replica');
  const own = process.env['ESCALA_STOP_NODE'];
  if (own) await run('sh', ['-c', own], { env: { ...process.env, NODE: node } });
  else await run('docker', ['kill', node]);
}
