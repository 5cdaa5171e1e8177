import type { Experiment, KubernetesSettings } from '@escala/model';
import type { KubernetesObject, V1Job } from '@kubernetes/client-node';
import { keepTogether, setImage, setPlacement, setResources } from './fields.ts';
import { clientSource, loadManifests, required } from './manifests.ts';
import { own, type Place } from './workload.ts';

export interface ClientSettings {
  /** Pods of the Job; a cell uses as many of them as it needs. */
  readonly pods: number;
  /** All on one node, so that another one can be stopped. */
  readonly together: boolean;
  readonly placement: KubernetesSettings['clients'];
  /** What the Secret holds for the pods; they keep what it held when they were made. */
  readonly held?: string;
}

/** The Job of a study: enough pods for its largest cell. */
export function clientSettings({ clients, faults, kubernetes }: Experiment): ClientSettings {
  return {
    pods: Math.ceil(Math.max(...clients) / Math.min(...kubernetes.clientsPerPod)),
    placement: kubernetes.clients,
    together: faults.some(({ kind }) => kind === 'stop-node'),
  };
}

/** The load agents' objects as they will be applied: the files, with the named fields set. */
export async function clientWorkload(
  place: Place,
  { pods, together, placement }: ClientSettings,
): Promise<{ objects: readonly KubernetesObject[]; job: V1Job }> {
  const files = await loadManifests(clientSource.manifests);
  const [job, policy] = [required(files, 'Job'), required(files, 'NetworkPolicy')];
  if (job.spec) Object.assign(job.spec, { completions: pods, parallelism: pods });
  const pod = job.spec?.template.spec;
  setImage(pod, place.imageName(clientSource.image));
  if (placement) setResources(pod, placement.resources);
  setPlacement(pod, placement);
  if (together) keepTogether(pod, job.spec?.template.metadata?.labels ?? {});
  const objects = [policy, job];
  for (const object of objects) own(object, place);
  return { objects, job };
}
