import { headerField, httpUrl, questions, ROUNDS_MAX, replicaPlace } from '@escala/model';
import { z } from 'zod';
import { deployed, kubernetes, manifests } from './cluster-schema.ts';
import { requestsSchema } from './request-schema.ts';
import {
  CLIENTS_MAX,
  durationUs,
  levels,
  NAME_LENGTH_MAX,
  share,
  sizeBytes,
  someTimeUs,
  takes,
  whole,
} from './schema-parts.ts';

// Every limit of an experiment has a name. They guard against slips of the keyboard, not against ambition.
const REPLICAS_MAX = 1_000;
const MESSAGES_MAX = 10_000_000;
const RATE_MAX = 1_000_000;
const SYSTEMS_MAX = 20;
const SERVICE_PARALLELISM_MAX = 10_000;
const WARMUP_MAX = 10_000;
const AGENTS_MAX = 256;
const PORT_MAX = 65_535;

const name = z
  .string()
  .max(NAME_LENGTH_MAX)
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, takes('name'));

const secret = {
  prefix: z.string().describe('stands before it, as "Bearer "').optional(),
};

/** Fields of every request; what is secret comes from the environment or a file, and is written nowhere. */
const headers = z.record(
  z.string().refine((field) => headerField.parse(`${field}: `) !== undefined, takes('headerName')),
  z.union(
    [
      z.string().refine((value) => headerField.parse(`x: ${value}`) !== undefined, takes('headerValue')),
      z.strictObject({ env: z.string().regex(/^[A-Za-z_]\w*$/, takes('headerValue')), ...secret }),
      z.strictObject({ file: z.string().min(1), ...secret }),
    ],
    takes('headerValue'),
  ),
);

const scale = z.strictObject({
  set: z.string().min(1).describe('sets the replicas; {replicas} is filled in'),
  ready: z
    .string()
    .min(1)
    .describe('ends with 0 when {replicas} are ready; asked again until then')
    .optional(),
  restore: z.string().min(1).describe('puts them back as they were, when the study ends'),
  timeout: someTimeUs.default(300_000_000).describe('how long a change may take until it is ready'),
});

const replicaFrom = z.union(
  [
    z.strictObject({
      header: z.string().refine((name) => replicaPlace.parse(`header:${name}`), takes('replicaFrom')),
    }),
    z.strictObject({
      json: z.string().refine((path) => replicaPlace.parse(`json:${path}`), takes('replicaFrom')),
    }),
  ],
  takes('replicaFrom'),
);

const tls = z.strictObject({
  ca: z.string().min(1).describe('PEM file of authorities, in place of the system’s').exactOptional(),
  cert: z.string().min(1).describe('PEM file of the client’s certificate').exactOptional(),
  key: z.string().min(1).describe('PEM file of its key').exactOptional(),
  serverName: z.string().min(1).describe('name that the certificate must have').exactOptional(),
  insecure: z.boolean().describe('certificates are not checked, which the results say').exactOptional(),
});

/** What could be a secret in it would lie in the run folder. */
const isServiceUrl = (text: string) =>
  httpUrl.parse(text) !== undefined &&
  !/[?#]/.test(text) &&
  new URL(text).username + new URL(text).password === '';

const system = z.union([
  name,
  z.strictObject({
    name: name.describe('how rows, tables and figures call it'),
    command: z
      .array(z.string())
      .min(1)
      .describe('local: the command that starts one replica on $PORT')
      .optional(),
    image: z.string().min(1).describe('Kubernetes: the image of one replica').optional(),
    deployed: deployed
      .describe('Kubernetes: a workload that runs already; its replicas are set, and put back')
      .optional(),
    manifests: manifests.describe('Kubernetes: YAML that is applied as it is').optional(),
    port: whole(1, PORT_MAX).describe('Kubernetes: where the image listens; 8080').optional(),
    url: z
      .string()
      .refine((text) => isServiceUrl(text), takes('serviceUrl'))
      .describe('where a service answers that runs already; nothing is started')
      .optional(),
    ledger: z
      .enum(['api', 'none'])
      .describe(
        'none: any HTTP service, without a ledger; api, and none for deployed, manifests, url and requests',
      )
      .optional(),
    path: z
      .string()
      .startsWith('/', takes('path'))
      .describe('path that the clients ask, with GET')
      .optional(),
    requests: requestsSchema
      .describe('kinds of request that the clients send, in place of messages with a ledger')
      .optional(),
    replicaFrom: replicaFrom
      .describe('{header: NAME} or {json: FIELD}: where an answer names its replica')
      .optional(),
    tls: tls.describe('what connections trust and show: ca, cert, key, serverName, insecure').optional(),
    scale: scale.describe('commands that set the replicas of a url, on any platform').optional(),
    headers: headers
      .describe('header fields of every request; {env: NAME} and {file: PATH} are secrets')
      .optional(),
    environment: z.record(z.string(), z.string()).describe('environment variables of the server').optional(),
  }),
]);

const service = z.strictObject({
  time: durationUs.describe('simulated work per request'),
  parallelism: whole(1, SERVICE_PARALLELISM_MAX)
    .default(1)
    .describe('requests that a replica serves at once; the rest queue'),
  kind: z.enum(['wait', 'cpu']).default('wait').describe('whether the work waits or computes'),
});

const slo = z
  .strictObject({
    p50: someTimeUs.optional(),
    p90: someTimeUs.optional(),
    p95: someTimeUs.optional(),
    p99: someTimeUs.optional(),
    failures: share.optional(),
  })
  .refine((levels) => Object.keys(levels).length > 0, takes('serviceLevel'));

const fault = z.strictObject({
  at: durationUs.describe('after the agreed instant of the start'),
  kind: z.enum(['kill-replica', 'roll', 'stop-node', 'scale']),
  replicas: whole(0, REPLICAS_MAX).describe('scale: how many there are from then on').optional(),
});

/** experiment.yaml. Strict: a key that is not here is an error. `input` is what is written, `output` what is meant. */
export const experimentSchema = z
  .strictObject({
    name: name.default('study').describe('names the run folder'),
    systems: z
      .array(system)
      .min(1)
      .max(SYSTEMS_MAX)
      .default(['node'])
      .describe('implementations: node, python, go, or your own'),
    replicas: z
      .union([levels(whole(1, REPLICAS_MAX)), z.literal('as-is')])
      .describe('servers; as-is: their number is neither set nor known'),
    clients: levels(whole(1, CLIENTS_MAX)).describe('concurrent clients, over all agents'),
    messages: levels(whole(1, MESSAGES_MAX)).describe('messages that each client sends (closed loop)'),
    rate: levels(z.number().positive().max(RATE_MAX))
      .describe('open loop: requests/s, independent of answers')
      .optional(),
    arrivals: levels(z.enum(['poisson', 'uniform']))
      .default(['poisson'])
      .describe('open loop: how arrivals are spaced'),
    duration: levels(someTimeUs).default([10_000_000]).describe('open loop: how long'),
    maxConnections: whole(1, CLIENTS_MAX).default(10_000).describe('open loop: most connections'),
    payload: levels(sizeBytes).default([0]).describe('size of the field data of each message'),
    thinkTime: levels(durationUs).default([0]).describe('between an answer and the next request'),
    thinkDistribution: z
      .enum(['fixed', 'exponential'])
      .default('fixed')
      .describe('whether think times are all equal'),
    keepAlive: levels(z.boolean()).default([true]).describe('false: a connection per request'),
    timeout: someTimeUs.default(10_000_000).describe('how long a request may take'),
    service: service
      .default({ time: 0, parallelism: 1, kind: 'wait' } as never)
      .describe('simulated work of the servers'),
    durability: z.enum(['sync', 'async']).default('sync').describe('sync: on disk before the answer'),
    commitDelay: durationUs.default(0).describe('how long a batch of rows gathers before it is written'),
    warmup: whole(0, WARMUP_MAX).default(2).describe('requests per client before each cell; never measured'),
    agents: z
      .union([z.literal('auto'), whole(1, AGENTS_MAX)])
      .default('auto')
      .describe('local: processes that share the clients'),
    rounds: whole(1, ROUNDS_MAX)
      .default(1)
      .describe('times that every cell runs, each in a new random order'),
    seed: whole(0, Number.MAX_SAFE_INTEGER)
      .default(1)
      .describe('seed of the order and of all that is random'),
    slo: z.array(slo).default([]).describe('service levels: capacity and demand are computed for each'),
    question: z
      .union([z.enum(questions), z.array(z.enum(questions)).min(1)])
      .transform((value) => (Array.isArray(value) ? value : [value]))
      .describe('what the first sentence of the report answers; the factors tell')
      .optional(),
    faults: z.array(fault).default([]).describe('done to the servers in every cell while it runs'),
    kubernetes: kubernetes.prefault({}).describe('settings of the Kubernetes target'),
  })
  .describe('An experiment of Escala');

export type ExperimentInput = z.input<typeof experimentSchema>;
export type ExperimentFile = z.output<typeof experimentSchema>;
