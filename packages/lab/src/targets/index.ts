import type { TargetRow } from './contract/row.ts';
import { tools } from './contract/tools.ts';

export * from './contract/row.ts';
export { checkTool, type Finding } from './contract/tools.ts';

const IDENTIFY_MS_MAX = 2_000;

// The client of a cluster is imported when it is used: that takes longer than most commands.
const kubernetes = () => import('./kubernetes/index.ts');

/** Before a study, which says itself what is wrong with the cluster, and soon: a person waits. */
async function identify(context: string | undefined) {
  const { ClusterApi, clusterIdentity } = await kubernetes();
  try {
    return await clusterIdentity(ClusterApi.connect(context, { callMs: IDENTIFY_MS_MAX }));
  } catch {
    return undefined;
  }
}

/** The two targets that are clusters. */
const cluster = {
  faults: ['kill-replica', 'roll', 'stop-node', 'scale'],
  factors: ['storage', 'clientsPerPod'],
  // Measured with experiments/quick.yaml on a cluster of one node.
  pace: { startS: 12, trialS: 0.8, blockS: 4, replicaS: 0.3 },
  async render(experiment, place) {
    return (await kubernetes()).renderManifests(experiment, place);
  },
} as const satisfies Partial<TargetRow>;

/** Every place where a study can run, by the name that `--target` takes; the first is the default. */
export const targets = {
  local: {
    isOneMachine: true,
    options: [],
    faults: ['kill-replica'],
    factors: [],
    tools: [
      { ...tools.python3, absent: 'warn' },
      { ...tools.go, absent: 'warn' },
    ],
    // Measured with the founding study on two cores.
    pace: { startS: 0, trialS: 0.25, blockS: 0.6, replicaS: 0.12 },
    async open(request) {
      const { LocalTarget } = await import('./local/target.ts');
      return new LocalTarget(request);
    },
  },
  kind: {
    ...cluster,
    isOneMachine: true,
    options: ['namespace'],
    tools: [
      { ...tools.docker, absent: 'fail' },
      { ...tools.kind, absent: 'fail' },
      { ...tools.kubectl, absent: 'warn' },
    ],
    async identify() {
      return identify((await kubernetes()).kindContext);
    },
    async open(request) {
      return new (await kubernetes()).KubernetesTarget({ ...request, kind: true });
    },
    async check() {
      return [await (await kubernetes()).checkKindCluster()];
    },
  },
  kubernetes: {
    ...cluster,
    isOneMachine: false,
    options: ['context', 'namespace', 'deployed'],
    tools: [
      { ...tools.docker, absent: 'warn' },
      { ...tools.kubectl, absent: 'warn' },
    ],
    identify: ({ context }) => identify(context),
    async open(request) {
      return new (await kubernetes()).KubernetesTarget({ ...request, kind: false });
    },
    async check({ context, ...where }) {
      const { ClusterApi, checkCluster } = await kubernetes();
      return checkCluster(ClusterApi.connect(context), where);
    },
    async readDeployed({ context }, name) {
      const { ClusterApi, readDeployed } = await kubernetes();
      return readDeployed(ClusterApi.connect(context), name);
    },
    async *clean({ context, namespace }) {
      const { ClusterApi, removeLeftovers } = await kubernetes();
      yield* removeLeftovers(ClusterApi.connect(context), namespace);
    },
  },
} as const satisfies Record<string, TargetRow>;
