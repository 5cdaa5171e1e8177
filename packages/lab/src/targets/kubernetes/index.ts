// A door of its own: importing the Kubernetes client takes longer than most commands.
export { checkCluster, type Finding } from './checkup.ts';
export { ClusterApi } from './cluster-api.ts';
export { renderManifests } from './dry-run.ts';
export { kindCluster } from './kind-cluster.ts';
export { type Leftover, removeLeftovers } from './leftovers.ts';
export { type KubernetesRequest, KubernetesTarget } from './target.ts';
