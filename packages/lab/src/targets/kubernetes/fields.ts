import type { KubernetesObject, V1Container, V1PodSpec, V1PodTemplateSpec } from '@kubernetes/client-node';

/**
 * All that the lab changes in the YAML files. `storage` is the claim, its volume and, where each replica has its own,
 * the kind StatefulSet; everything else in the files runs as it is written.
 */
export const namedFields = [
  'replicas',
  'image',
  'environment',
  'labels',
  'namespace',
  'resources',
  'storage',
] as const;

export function setNamespace(object: KubernetesObject, namespace: string): void {
  object.metadata = { ...object.metadata, namespace };
}

/** Adds labels to an object and, where it has one, to its pod template. Selectors stay as they are. */
export function setLabels(object: KubernetesObject, labels: Record<string, string>): void {
  object.metadata = { ...object.metadata, labels: { ...object.metadata?.labels, ...labels } };
  const template = (object as { spec?: { template?: V1PodTemplateSpec } }).spec?.template;
  if (template)
    template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, ...labels } };
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

export function firstContainer(pod: V1PodSpec | undefined): V1Container {
  const container = pod?.containers[0];
  if (!container) throw new Error('the manifest has a pod without a container');
  return container;
}
