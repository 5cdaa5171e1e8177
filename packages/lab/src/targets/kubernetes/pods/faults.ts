import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Clock, Fault } from '@escala/model';
import type { V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.ts';
import { nameOf, pathOf } from '../objects/names.ts';
import type { PodWatch } from './pod-watch.ts';

const run = promisify(execFile);

/**
 * The least that is not at once. A forced deletion forgets the pod before it has ended, and a StatefulSet then starts
 * the next one on the same claim beside it: two servers would write one ledger, over each other's rows.
 */
const GRACE_WITH_CLAIM_S = 1;

interface FaultPlace {
  readonly api: ClusterApi;
  readonly watch: PodWatch;
  readonly namespace: string;
  readonly maker: { readonly kind: string; readonly path: string };
  /** Its replicas are set through its scale subresource. */
  readonly isScaled: boolean;
  /** The living ones. */
  readonly replicas: readonly V1Pod[];
  readonly agents: readonly V1Pod[];
  readonly clock: Clock;
}

/** Does to the servers what the experiment asks for, by the same calls as kubectl. */
export async function injectFault(fault: Fault, place: FaultPlace): Promise<void> {
  const { api, watch, namespace, maker, isScaled, replicas, agents, clock } = place;
  const merge = (path: string, body: unknown) =>
    api.json('PATCH', path, { body, contentType: 'application/merge-patch+json' });
  const [victim] = replicas;
  switch (fault.kind) {
    case 'kill-replica':
      if (!victim) throw new Error('no replica is left to kill');
      await api.remove(`${pathOf('Pod', namespace)}/${nameOf(victim)}`, {
        graceSeconds: maker.kind === 'StatefulSet' ? GRACE_WITH_CLAIM_S : 0,
      });
      return;
    case 'roll':
      await merge(maker.path, {
        spec: { template: { metadata: { annotations: { 'escala/rolled-at': String(clock.nowUs()) } } } },
      });
      return;
    case 'scale':
      await merge(`${maker.path}${isScaled ? '/scale' : ''}`, { spec: { replicas: fault.replicas ?? 0 } });
      return;
    case 'stop-node': {
      const node = nodeToStop(replicas, agents);
      await stopNode(node);
      watch.markStopped(node);
    }
  }
}

/** A node with a replica and without a load agent: a study whose clients die measures nothing. */
function nodeToStop(replicas: readonly V1Pod[], agents: readonly V1Pod[]): string {
  const nodesOf = (pods: readonly V1Pod[]) => pods.map(({ spec }) => spec?.nodeName ?? '');
  const kept = new Set(nodesOf(agents));
  const node = nodesOf(replicas).find((name) => !kept.has(name));
  if (!node) throw new Error(`no node carries a replica and no load agent (agents: ${[...kept].join(', ')})`);
  return node;
}

/** kind's and k3d's nodes are containers by the node's name; elsewhere only the cluster's owner can stop a node. */
async function stopNode(node: string): Promise<void> {
  const own = process.env['ESCALA_STOP_NODE'];
  if (own) await run('sh', ['-c', own], { env: { ...process.env, NODE: node } });
  else await run('docker', ['kill', node]);
}
