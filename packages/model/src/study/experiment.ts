import { z } from 'zod';
import { ledgerStorages, podSecurityLevels, questions } from './names.ts';
import { count, flag, maybe, number, type Read, text } from './shape.ts';

const arrivals = z.enum(['poisson', 'uniform']);
const thinkDistribution = z.enum(['fixed', 'exponential']);
const storage = z.enum(ledgerStorages);
/** One combination of all factors (`factors.ts`), flat, so that each factor is a key; `loadOf` tells the two loads apart. */
export const cell = z.object({
  /** Its name on disk: `<system>-r<replicas>-c<clients>-m<messages>…`. */
  key: text.min(1),
  system: text,
  replicas: count,
  clients: count,
  messages: count,
  /** Open loop where it is set, requests/s. */
  ratePerSecond: maybe,
  arrivals,
  durationUs: count,
  maxConnections: count,
  payloadBytes: count,
  thinkTimeUs: count,
  thinkDistribution,
  keepAlive: flag,
  timeoutUs: count,
  /**
   * The cluster's own factors. A level stands here only where the experiment has several: a study with one, which its
   * `kubernetes` names, has the same cells as a study on processes, and compares with it.
   */
  storage: storage.exactOptional(),
  clientsPerPod: count.exactOptional(),
});
export type Cell = Read<typeof cell>;

/** A service level: the cell meets it when the percentile of latency (or the share of failures) is below. */
export const slo = z.object({ percentile: maybe, latencyUs: maybe, failureShare: maybe });
export type Slo = Read<typeof slo>;

/** A kind of request that clients send. Files are named as the experiment names them, from its own folder. */
const requestKind = z.object({
  /** As rows and tables call it. */
  name: text,
  /** How often it comes, against those of the others. */
  weight: count,
  method: text,
  path: text,
  query: z.record(text, text).exactOptional(),
  headers: z.record(text, text).exactOptional(),
  /** The text itself; or a file, and of an .ndjson each line is a body. */
  body: z.union([z.object({ text }), z.object({ file: text })]).exactOptional(),
  /** A .csv: each request takes the next row into `{column}` of path, query, headers and body. */
  values: text.exactOptional(),
  /** Statuses that count as answered, such as 201 or 2xx. */
  expect: z.array(text),
});
export type RequestKind = Read<typeof requestKind>;

/** What is scaled, `deployment/api`, and the Service that clients send to; of a Service with one port that may be absent. */
const scaled = { workload: text, service: text, port: text.exactOptional() };

/** A server under study: one of ours by name, or the user's own, in exactly one of these forms. */
const system = z.object({
  name: text,
  command: z.array(text).exactOptional(),
  image: text.exactOptional(),
  /** Where a service answers that Escala neither starts nor ends. */
  url: text.exactOptional(),
  /** It runs on the cluster already: its replicas are set, and put back. */
  deployed: z.object({ namespace: text, ...scaled }).exactOptional(),
  /** Applied as they are: YAML files and folders, or what a command prints that is started in `folder`. */
  manifests: z
    .object({
      files: z.array(text).exactOptional(),
      command: z.array(text).exactOptional(),
      folder: text,
      ...scaled,
    })
    .exactOptional(),
  /** Where the image listens; 8080 where it is absent. */
  port: count.exactOptional(),
  /** `none`: any HTTP service; the audit then says what it cannot prove. */
  ledger: z.enum(['api', 'none']),
  /** Path that the clients ask; our API's own where it is absent. */
  path: text.exactOptional(),
  /** What the clients send in place of our API's messages. */
  requests: z.array(requestKind).exactOptional(),
  environment: z.record(text, text).exactOptional(),
  /** Paths of PEM files. */
  tls: z
    .object({
      ca: text.exactOptional(),
      cert: text.exactOptional(),
      key: text.exactOptional(),
      serverName: text.exactOptional(),
      insecure: flag.exactOptional(),
    })
    .exactOptional(),
  /** Where answers name their replica: a header, or a field of a JSON body. */
  replicaFrom: z.object({ header: text.exactOptional(), json: text.exactOptional() }).exactOptional(),
  /** Commands of the user's that set the replicas of a `url`, with `{replicas}` in them, and put them back. */
  scale: z
    .object({ set: text, ready: text.exactOptional(), restore: text, timeoutUs: count })
    .exactOptional(),
  /** Header fields of every request. Of a secret there is the place, never the value; `prefix` stands before it. */
  headers: z
    .array(
      z.object({
        name: text,
        value: text.exactOptional(),
        env: text.exactOptional(),
        file: text.exactOptional(),
        prefix: text.exactOptional(),
      }),
    )
    .exactOptional(),
});
export type System = Read<typeof system>;
export type ManifestsSystem = NonNullable<System['manifests']>;

/** To which nodes pods may go, in Kubernetes' words. */
const placement = z.object({
  nodeSelector: z.record(text, text),
  tolerations: z.array(
    z.object({
      key: text.optional(),
      operator: z.enum(['Exists', 'Equal']).optional(),
      value: text.optional(),
      effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
      tolerationSeconds: number.optional(),
    }),
  ),
});
export type Placement = Read<typeof placement>;

/** What each pod may use and is kept free for it, in Kubernetes' words (`500m`, `256Mi`); null is what the files say. */
const podResources = z.object({ cpu: text.nullable(), memory: text.nullable() });
export type PodResources = Read<typeof podResources>;

/** Settings that only the Kubernetes target reads. */
const kubernetesSettings = z.object({
  storage: z.array(storage),
  storageClass: text.nullable(),
  /** Of the claims; null is what the files say. */
  accessMode: z.enum(['ReadWriteOnce', 'ReadWriteMany']).nullable(),
  resources: podResources,
  /** These three are absent in runs from before there were such keys. */
  servers: placement.exactOptional(),
  clients: placement.extend({ resources: podResources }).exactOptional(),
  collector: z.object({ resources: podResources }).exactOptional(),
  clientsPerPod: z.array(count),
  /** How images get to the nodes. `command` runs the user's own words, `{image}` filled in. */
  images: z.enum(['kind', 'minikube', 'k3d', 'push', 'none', 'command']),
  imagesCommand: text.nullable(),
  registry: text.nullable(),
  /** The namespace of the load agents where the study may make none; absent where it makes its own. */
  agentNamespace: text.exactOptional(),
  /** What pods may do in the namespace that a study makes; absent is `restricted`. */
  podSecurity: z.enum(podSecurityLevels).exactOptional(),
});
export type KubernetesSettings = Read<typeof kubernetesSettings>;

/** Something done to the system while a cell runs, `atUs` after the agreed instant. */
const fault = z.object({
  atUs: count,
  kind: z.enum(['kill-replica', 'roll', 'stop-node', 'scale']),
  replicas: count.nullable(),
});
export type Fault = Read<typeof fault>;

/** Simulated work of the servers, so that scaling shows on a laptop. */
const service = z.object({ timeUs: count, parallelism: count, kind: z.enum(['wait', 'cpu']) });
export type Service = Read<typeof service>;

/** An experiment as resolved: nothing optional is left, and the manifest holds it word for word. */
export const experiment = z.object({
  name: text,
  systems: z.array(system),
  replicas: z.array(count),
  /** How many replicas there are is neither set nor known: the one level of `replicas`, 1, is the service as a whole. */
  asIs: flag.exactOptional(),
  clients: z.array(count),
  messages: z.array(count),
  /** Every other factor, as lists of levels; most have one. */
  rate: z.array(maybe),
  arrivals: z.array(arrivals),
  durationUs: z.array(count),
  payloadBytes: z.array(count),
  thinkTimeUs: z.array(count),
  thinkDistribution,
  keepAlive: z.array(flag),
  timeoutUs: count,
  maxConnections: count,
  service,
  durability: z.enum(['sync', 'async']),
  commitDelayUs: count,
  warmupMessages: count,
  /** Processes (local) that share the clients of a cell. Kubernetes uses `clientsPerPod`. */
  agents: count,
  rounds: count,
  seed: number,
  slo: z.array(slo),
  /** Questions in the order in which they are answered; absent where the factors tell. */
  question: z.array(z.enum(questions)).exactOptional(),
  faults: z.array(fault),
  kubernetes: kubernetesSettings,
});
export type Experiment = Read<typeof experiment>;
