import type { KubernetesSettings, LedgerStorage } from '@escala/model';
import type { V1Deployment, V1PersistentVolumeClaim, V1StatefulSet } from '@kubernetes/client-node';
import { volumeName } from './names.ts';

interface Stored {
  readonly workload: V1Deployment | V1StatefulSet;
  /** The claim that all replicas share, where they share one. */
  readonly claim: V1PersistentVolumeClaim | null;
}

/** Puts the ledgers where the block wants them (`storage`, one of the named fields). */
export function setStorage(
  deployment: V1Deployment,
  claim: V1PersistentVolumeClaim,
  storage: LedgerStorage,
  settings: Pick<KubernetesSettings, 'storageClass' | 'accessMode'>,
): Stored {
  if (settings.storageClass !== null && claim.spec) claim.spec.storageClassName = settings.storageClass;
  if (settings.accessMode !== null && claim.spec) claim.spec.accessModes = [settings.accessMode];
  if (storage === 'per-replica') return { workload: withOwnClaims(deployment, claim), claim: null };
  if (storage === 'ephemeral') {
    for (const volume of deployment.spec?.template.spec?.volumes ?? []) {
      if (volume.name !== volumeName) continue;
      delete volume.persistentVolumeClaim;
      volume.emptyDir = {};
    }
  }
  // Only a claim that one node can mount keeps the replicas together.
  const onOneNode = storage === 'shared' && isOnOneNode(claim);
  if (!onOneNode) delete deployment.spec?.template.spec?.affinity;
  return { workload: deployment, claim: storage === 'shared' ? claim : null };
}

function isOnOneNode(claim: V1PersistentVolumeClaim): boolean {
  return !(claim.spec?.accessModes ?? []).includes('ReadWriteMany');
}

/** A StatefulSet of the same pods, each with a claim made from the file's. They start together, like a Deployment's. */
function withOwnClaims(deployment: V1Deployment, claim: V1PersistentVolumeClaim): V1StatefulSet {
  const { spec } = deployment;
  if (!spec?.template.spec) throw new Error('the manifest has a Deployment without pods');
  const { template, selector } = structuredClone(spec);
  const pod = template.spec;
  if (pod) {
    pod.volumes = (pod.volumes ?? []).filter(({ name }) => name !== volumeName);
    delete pod.affinity;
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: structuredClone(deployment.metadata ?? {}),
    spec: {
      ...(spec.replicas !== undefined && { replicas: spec.replicas }),
      serviceName: deployment.metadata?.name ?? '',
      selector,
      podManagementPolicy: 'Parallel',
      template,
      volumeClaimTemplates: [
        {
          metadata: { name: volumeName, labels: claim.metadata?.labels ?? {} },
          spec: structuredClone(claim.spec ?? {}),
        },
      ],
    },
  };
}
