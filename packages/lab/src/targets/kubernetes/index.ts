// A door of its own: importing the Kubernetes client takes longer than most commands.
export { checkCluster } from './checkup.ts';
export { ClusterApi } from './cluster-api.ts';
export { renderManifests } from './dry-run.ts';
export { checkKindCluster } from './kind-cluster.ts';
export { removeLeftovers } from './leftovers.ts';
export { KubernetesTarget } from './target.ts';
