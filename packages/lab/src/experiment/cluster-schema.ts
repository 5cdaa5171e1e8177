import { ledgerStorages, podSecurityLevels } from '@escala/model';
import { z } from 'zod';
import { CLIENTS_MAX, levels, takes, whole } from './schema-parts.ts';
import type { AllowedName } from './words.ts';

/** What is scaled, and whom the clients ask. */
const scaled = {
  workload: z
    .string()
    .regex(/^[a-z0-9.-]+\/[a-z0-9.-]+$/, takes('workload'))
    .describe('kind and name of what is scaled, as for kubectl: deployment/api'),
  service: z.string().min(1).describe('the Service that the clients ask'),
  port: z
    .union([z.string(), z.number()], takes('port'))
    .transform(String)
    .describe('its port, by name or number; the only one')
    .exactOptional(),
};

/** YAML, and what in it is scaled. */
export const manifests = z
  .strictObject({
    files: z
      .array(z.string().min(1))
      .min(1)
      .describe('YAML files, and folders of them, beside the experiment')
      .exactOptional(),
    command: z.array(z.string()).min(1).describe('a command that prints YAML').exactOptional(),
    ...scaled,
  })
  .refine(({ files, command }) => (files === undefined) !== (command === undefined), takes('filesOrCommand'));

/** A workload that runs already. */
export const deployed = z.strictObject({ namespace: z.string().min(1).describe('where it runs'), ...scaled });

/** A quantity in Kubernetes' words; null is what the manifests say. */
function quantity(form: RegExp, name: AllowedName) {
  return z
    .union([z.string(), z.number()], takes(name))
    .transform(String)
    .refine((text) => form.test(text), takes(name))
    .nullable()
    .default(null);
}

const resources = z.strictObject({
  cpu: quantity(/^(\d+m|\d+(\.\d+)?)$/, 'processors').describe('processors: 500m, 2; what the files say'),
  memory: quantity(/^\d+(Ki|Mi|Gi)$/, 'memory').describe('memory: 256Mi, 1Gi; what the files say'),
});

const toleration = z.strictObject({
  key: z.string().optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: z.string().optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  tolerationSeconds: whole(0, Number.MAX_SAFE_INTEGER).optional(),
});

/** To which nodes pods may go. */
const placement = {
  nodeSelector: z
    .record(z.string(), z.string())
    .default({})
    .describe('labels of the nodes that may carry them'),
  tolerations: z
    .array(toleration)
    .default([])
    .describe('taints of nodes that they bear, in Kubernetes’ words'),
};

export const kubernetes = z.strictObject({
  storage: levels(z.enum(ledgerStorages)).prefault('shared').describe('where the ledgers lie'),
  storageClass: z.string().nullable().default(null).describe('storage class of the claims; the default one'),
  accessMode: z
    .enum(['ReadWriteOnce', 'ReadWriteMany'])
    .nullable()
    .default(null)
    .describe('access mode of the claims; what the files say'),
  resources: resources.prefault({}).describe('what each replica may use and has for itself'),
  servers: z.strictObject(placement).prefault({}).describe('where the servers go'),
  clients: z
    .strictObject({ ...placement, resources: resources.prefault({}) })
    .prefault({})
    .describe('where the client pods go, and what each may use and has for itself'),
  collector: z
    .strictObject({ resources: resources.prefault({}) })
    .prefault({})
    .describe('the pod that reads the ledgers of a shared claim'),
  clientsPerPod: levels(whole(1, CLIENTS_MAX))
    .prefault(10)
    .describe('clients that share a pod; 1 = a pod for each'),
  images: z
    .enum(['kind', 'minikube', 'k3d', 'push', 'none', 'command'])
    .default('none')
    .describe('how images reach the nodes'),
  imagesCommand: z.string().nullable().default(null).describe('images: command; {image} is filled in'),
  registry: z
    .string()
    .nullable()
    .default(null)
    .describe('images: push; the registry and path in front of the names'),
  agentNamespace: z
    .string()
    .min(1)
    .describe('namespace of the load agents, which is there; --namespace goes before it')
    .exactOptional(),
  podSecurity: z
    .enum(podSecurityLevels)
    .describe('what pods may do in the namespace that a study makes; restricted')
    .exactOptional(),
});
