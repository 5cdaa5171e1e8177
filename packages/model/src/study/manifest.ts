import { z } from 'zod';
import { cell, experiment } from './experiment.ts';
import { serversKeys } from './factors.ts';
import { manifestVersion } from './names.ts';
import { count, flag, marked, maybe, number, type Read, text } from './shape.ts';

/** Limits by cgroup, in processors and bytes, and the frequency governor; null where there is none or nothing tells. */
const machineLimits = z.object({ cpus: maybe, memoryBytes: maybe, governor: text.nullable() });
export type MachineLimits = Read<typeof machineLimits>;

/** Which program a system was. A field that nothing tells is null. */
const measuredSystem = z.object({
  name: text,
  /** Escala's own, for its servers. */
  version: text.nullable(),
  /** Git commit of the program's source, and whether tracked files differed from it. */
  commit: text.nullable(),
  isDirty: flag.nullable(),
  /** `sha256:…` of the program's file, or of the image. */
  digest: text.nullable(),
  /** Such as `Python 3.11.2 · gunicorn 23.0.0 · flask 3.1.0`. */
  runtime: text.nullable(),
});
export type MeasuredSystem = Read<typeof measuredSystem>;

/** By which a cluster is known again, without a name of it: the uid of `kube-system`, and a hash of the server's address. */
const clusterIdentity = z.object({ uid: text.nullable(), server: text });
export type ClusterIdentity = Read<typeof clusterIdentity>;

/** The machine and the versions, without names of hosts, users or paths. */
export const environment = z.object({
  escala: text,
  node: text,
  platform: text,
  arch: text,
  kernel: text,
  cpuModel: text,
  cpus: count,
  memoryBytes: number,
  /** Processors of the one machine of all servers and agents; null where they have several. Absent in older runs. */
  machineCpus: count.nullable().exactOptional(),
  kubernetes: text.nullable(),
  nodes: count.nullable(),
  /** Absent where there is none, and in runs from before it was kept. */
  cluster: clusterIdentity.exactOptional(),
  /** Versions of the nodes' kubelets; absent elsewhere. On a cluster the machine's fields are those of its nodes. */
  kubelet: text.exactOptional(),
  /** Of the machine whose processes the servers are; absent on a cluster, and in runs from before it was kept. */
  limits: machineLimits.exactOptional(),
  /** What was measured, in the order of the experiment's systems; absent in runs from before it was kept. */
  systems: z.array(measuredSystem).exactOptional(),
});
export type Environment = Read<typeof environment>;

const percentiles = z.object({ p50: number, p95: number, p99: number });
/** Null where nothing was answered. */
const measured = z.object({ p50: maybe, p95: maybe, p99: maybe });

/** What `escala selftest --json` prints. */
export const selftest = z.object({
  stall: z.object({ truthUs: percentiles, measuredUs: measured }),
  ceiling: z.object({ requestsPerSecond: number }),
  timer: z.object({ finestIntervalUs: maybe }),
  verdict: z.enum(['trustworthy', 'doubtful']),
});
export type SelftestResult = Read<typeof selftest>;

/** One cell in one round. `planIndex` counts the trials of the whole study in planned order, from 0. */
export const plannedTrial = z.object({ planIndex: count, round: count, cell });
export type PlannedTrial = Read<typeof plannedTrial>;

/** What a block is called: the round, and what its servers have that those of another block have not. */
export const blockName = { round: count, ...cell.pick(marked(serversKeys)).shape };

/** A block is the deployment of one system with one number of replicas; its cells run in the order of `trials`. */
export const block = z.object({ ...blockName, trials: z.array(plannedTrial) });
export type Block = Read<typeof block>;
export type BlockName = Omit<Block, 'trials'>;

/** manifest.json: the study as resolved. Renamed into place before any process starts; never changed after. */
export const manifest = z.object({
  schema: z.literal('escala/manifest'),
  version: z.literal(manifestVersion),
  run: text,
  createdAtUs: count,
  target: text,
  experiment,
  /** Of the text of experiment.yaml, hexadecimal; absent in runs from before it was kept. */
  experimentSha256: text.exactOptional(),
  /** All trials in planned order. */
  plan: z.array(block),
  environment,
  /** What the target took to get ready; absent in runs from before it was kept. */
  prepareMs: number.exactOptional(),
  /** The latest self-test of this machine; absent where there was none, or where the load comes from other machines. */
  selftest: selftest.exactOptional(),
});
export type Manifest = Read<typeof manifest>;
