import type { Placement, PodResources } from '@escala/model';
import type {
  KubernetesObject,
  V1Container,
  V1PersistentVolumeClaim,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Probe,
  V1Toleration,
} from '@kubernetes/client-node';

/*
 * All that the lab changes in the YAML files: replicas, image, environment, labels, namespace, resources, storage, probes,
 * port and placement. Everything else in them runs as it is written. Storage is the claim, its volume and, where each
 * replica has its own, the kind StatefulSet. Probes and port change only for a foreign service. Placement changes for the
 * clients of an experiment that stops a node, for the collector where the experiment says it, and for servers, so that
 * they go where as many were before.
 */

export function setNamespace(object: KubernetesObject, namespace: string): void {
  object.metadata = { ...object.metadata, namespace };
}

interface Templates {
  readonly spec?: {
    readonly template?: V1PodTemplateSpec;
    readonly volumeClaimTemplates?: readonly V1PersistentVolumeClaim[];
  };
}

/** Adds labels to an object and to what is made from it, pods and claims. Selectors stay as they are. */
export function setLabels(object: KubernetesObject, labels: Record<string, string>): void {
  const { template, volumeClaimTemplates = [] } = (object as Templates).spec ?? {};
  for (const labelled of [object, ...(template ? [template] : []), ...volumeClaimTemplates])
    labelled.metadata = { ...labelled.metadata, labels: { ...labelled.metadata?.labels, ...labels } };
}

export function setImage(pod: V1PodSpec | undefined, image: string): void {
  firstContainer(pod).image = image;
}

/** Sets variables by name; those of the file that are not named stay. */
export function setEnvironment(
  pod: V1PodSpec | undefined,
  variables: Readonly<Record<string, string>>,
): void {
  const container = firstContainer(pod);
  const kept = (container.env ?? []).filter(({ name }) => !Object.hasOwn(variables, name));
  container.env = [...kept, ...Object.entries(variables).map(([name, value]) => ({ name, value }))];
}

/** Gives the container exactly these resources: what it may use is also what is kept free for it. */
export function setResources(pod: V1PodSpec | undefined, { cpu, memory }: PodResources): void {
  const container = firstContainer(pod);
  const given = { ...(cpu !== null && { cpu }), ...(memory !== null && { memory }) };
  const { requests, limits } = container.resources ?? {};
  container.resources = { requests: { ...requests, ...given }, limits: { ...limits, ...given } };
}

/** A foreign service knows none of our paths: it is ready when its port takes a connection. */
export function probePort(pod: V1PodSpec | undefined): void {
  const container = firstContainer(pod);
  for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
    if (!probe?.httpGet) continue;
    const { port } = probe.httpGet;
    delete probe.httpGet;
    Object.assign(probe, { tcpSocket: { port } } satisfies V1Probe);
  }
}

/** Where the image listens, and what it is told in PORT; the Service and the probes know the port by its name. */
export function setPort(pod: V1PodSpec | undefined, port: number | undefined): void {
  if (port === undefined) return;
  for (const named of firstContainer(pod).ports ?? []) named.containerPort = port;
  setEnvironment(pod, { PORT: String(port) });
}

/** Restricts the pod to nodes with these labels, and lets it bear these taints beside those of the file. */
export function setPlacement(pod: V1PodSpec | undefined, placement: Placement | undefined): void {
  if (!pod || !placement) return;
  const { nodeSelector, tolerations } = placement;
  if (Object.keys(nodeSelector).length > 0) pod.nodeSelector = { ...pod.nodeSelector, ...nodeSelector };
  if (tolerations.length > 0)
    pod.tolerations = [...(pod.tolerations ?? []), ...tolerations.map((one) => ({ ...one }) as V1Toleration)];
}

/** Past the scheduler, to a node that is known to carry the pod's claim. */
export function setNode(pod: V1PodSpec | undefined, node: string | undefined): void {
  if (pod && node !== undefined) pod.nodeName = node;
}

/** Each node is wanted the more, the more pods it had; only where it has no room, others are taken. */
export function preferNodes(pod: V1PodSpec | undefined, nodes: ReadonlyMap<string, number>): void {
  if (!pod || nodes.size === 0) return;
  const most = Math.max(...nodes.values());
  const terms = [...nodes].map(([node, count]) => ({
    weight: Math.ceil((100 * count) / most),
    preference: { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] },
  }));
  const nodeAffinity = { preferredDuringSchedulingIgnoredDuringExecution: terms };
  pod.affinity = { ...pod.affinity, nodeAffinity: { ...pod.affinity?.nodeAffinity, ...nodeAffinity } };
}

/** The pods with these labels all go to the node where the first of them went. */
export function keepTogether(pod: V1PodSpec | undefined, matchLabels: Record<string, string>): void {
  if (!pod) return;
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } };
  pod.affinity = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
}

function firstContainer(pod: V1PodSpec | undefined): V1Container {
  const container = pod?.containers[0];
  if (!container) throw new Error('the manifest has a pod without a container');
  return container;
}
