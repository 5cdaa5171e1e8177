import {
  type Experiment,
  environmentOf,
  formatDurationUs,
  type LedgerStorage,
  type System,
  serverOptions,
} from '@escala/model';
import type { KubernetesObject, V1Deployment, V1StatefulSet } from '@kubernetes/client-node';
import {
  preferNodes,
  probePort,
  setEnvironment,
  setImage,
  setLabels,
  setNamespace,
  setPlacement,
  setPort,
  setResources,
} from './fields.ts';
import { loadManifests, required, sourceOf } from './manifests.ts';
import { blockLabel, labelsOf } from './names.ts';
import { setStorage } from './storage.ts';

export interface Place {
  readonly namespace: string;
  readonly run: string;
  /** The image's name as the cluster knows it. */
  readonly imageName: (image: string) => string;
}

/** A system's objects as they will be applied: the files, with the named fields set. */
export interface Workload {
  readonly objects: readonly KubernetesObject[];
  readonly servers: V1Deployment | V1StatefulSet;
  readonly service: string;
  readonly claim: string | null;
}

export async function serverWorkload(
  system: System,
  experiment: Experiment,
  place: Place,
  block: {
    name: string;
    replicas: number;
    storage: LedgerStorage;
    /** Where as many replicas were before. */
    nodes?: ReadonlyMap<string, number>;
  },
): Promise<Workload> {
  const source = sourceOf(system);
  const files = await loadManifests(source.manifests);
  const { workload, claim } = setStorage(
    required(files, 'Deployment'),
    required(files, 'PersistentVolumeClaim'),
    block.storage,
    experiment.kubernetes,
  );
  const pod = workload.spec?.template.spec;
  if (workload.spec) workload.spec.replicas = block.replicas;
  setImage(pod, place.imageName(source.image));
  setEnvironment(pod, { ...serverSettings(experiment, block.name), ...system.environment });
  setPort(pod, system.port);
  setResources(pod, experiment.kubernetes.resources);
  setPlacement(pod, experiment.kubernetes.servers);
  preferNodes(pod, block.nodes ?? new Map());
  if (system.ledger === 'none') probePort(pod);
  setLabels(workload, { [blockLabel]: block.name });
  const service = required(files, 'Service');
  const objects = [...(claim ? [claim] : []), service, required(files, 'NetworkPolicy'), workload];
  for (const object of objects) own(object, place);
  return {
    objects,
    servers: workload,
    service: service.metadata?.name ?? '',
    claim: claim?.metadata?.name ?? null,
  };
}

/** The run's label and namespace on an object. */
export function own(object: KubernetesObject, { namespace, run }: Place): void {
  setNamespace(object, namespace);
  setLabels(object, labelsOf({ run }));
}

/** Each block writes into a folder of its own, so that a block's ledgers are its folder. */
function serverSettings(experiment: Experiment, block: string): Record<string, string> {
  const { service, durability, commitDelayUs } = experiment;
  return environmentOf(serverOptions, {
    dataDir: `/data/${block}`,
    serviceTimeUs: formatDurationUs(service.timeUs),
    serviceParallelism: String(service.parallelism),
    serviceKind: service.kind,
    durability,
    commitDelayUs: formatDurationUs(commitDelayUs),
  });
}
