import type { KubernetesObject } from '@kubernetes/client-node';

/** The label that names the run on everything of a study. Removal goes by it, so nothing else is ever touched. */
export const runLabel = 'escala/run';
export const blockLabel = 'escala/block';
/** On every pod that mounts a shared claim: what one node alone can mount keeps them together. */
export const claimLabel = 'escala/claim';
export const managedBy = { 'app.kubernetes.io/managed-by': 'escala' } as const;
export const componentLabel = 'app.kubernetes.io/component';

/** The Secret and the Lease of a study, by the name that the manifests use. */
export const studyName = 'escala-run';
export const collectorName = 'coletor';
/** The volume of the manifests on which the ledgers lie. */
export const volumeName = 'data';
export const serverPort = 8080;
export const agentPort = 9090;

/** A run's name as the value of a label: at most 63 characters. */
export function labelValue(run: string): string {
  return run.slice(0, 63).replace(/[^A-Za-z0-9]+$/, '');
}

/** What every object of a study carries. */
export function labelsOf({ run }: { readonly run: string }): Record<string, string> {
  return { ...managedBy, [runLabel]: labelValue(run) };
}

/** `escala-<run>` in the letters that a namespace may have. */
export function namespaceName(run: string): string {
  return `escala-${run.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}`.slice(0, 63).replace(/-+$/, '');
}

/** Where the API server keeps each kind that a study makes. */
const groups: Readonly<Record<string, string>> = {
  Deployment: 'apis/apps/v1/*/deployments',
  StatefulSet: 'apis/apps/v1/*/statefulsets',
  Job: 'apis/batch/v1/*/jobs',
  Service: 'api/v1/*/services',
  PersistentVolumeClaim: 'api/v1/*/persistentvolumeclaims',
  Secret: 'api/v1/*/secrets',
  Pod: 'api/v1/*/pods',
  Event: 'api/v1/*/events',
  EndpointSlice: 'apis/discovery.k8s.io/v1/*/endpointslices',
  NetworkPolicy: 'apis/networking.k8s.io/v1/*/networkpolicies',
  HorizontalPodAutoscaler: 'apis/autoscaling/v2/*/horizontalpodautoscalers',
  Lease: 'apis/coordination.k8s.io/v1/*/leases',
};

/** Kinds in the order in which they are removed: first what makes pods, then pods, then the rest. */
export const removalOrder = [
  'Deployment',
  'StatefulSet',
  'Job',
  'Pod',
  'Service',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Secret',
  'Lease',
] as const;

/** Of these, what a study makes that starts no servers. */
export const agentKinds = removalOrder.filter((kind) =>
  ['Job', 'Pod', 'NetworkPolicy', 'Secret', 'Lease'].includes(kind),
);

/** The path of a kind's objects in a namespace. */
export function pathOf(kind: string, namespace: string): string {
  const group = groups[kind];
  if (!group) throw new Error(`a study makes no ${kind}`);
  return `/${group.replace('*', `namespaces/${namespace}`)}`;
}

/** How Kubernetes begins the names of the claims that the replicas of a StatefulSet have each. */
export function claimPrefix(servers: string): string {
  return `${volumeName}-${servers}-`;
}

export function nameOf(object: KubernetesObject): string {
  return object.metadata?.name ?? '';
}
