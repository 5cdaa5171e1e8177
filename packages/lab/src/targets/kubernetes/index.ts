// A door of its own: importing the Kubernetes client takes longer than most commands.

export { ClusterApi } from './api/cluster-api.ts';
export { checkCluster } from './doctor/checkup.ts';
export { readDeployed } from './foreign/read-deployed.ts';
export { clusterIdentity } from './study/cluster-identity.ts';
export { renderManifests } from './study/dry-run.ts';
export { checkKindCluster, kindContext } from './study/kind-cluster.ts';
export { removeLeftovers } from './study/leftovers.ts';
export { KubernetesTarget } from './target.ts';
