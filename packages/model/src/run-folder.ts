import { join } from 'node:path';
import type { AgentHealth } from './agent-protocol.ts';
import type { LedgerState, Outcome } from './columns.ts';
import type { Block, Cell, Experiment } from './experiment.ts';
import type { SelftestResult } from './selftest.ts';

/** Where everything of a run lies (`docs/reference/run-folder.md`). */
export const runFiles = {
  experiment: 'experiment.yaml',
  manifest: 'manifest.json',
  events: 'events.ndjson',
  requests: 'requests.csv',
  results: 'results.json',
  report: 'report.html',
  figures: 'figures',
  tables: 'tables',
  checksums: 'checksums.txt',
  cells: 'cells',
  /** Logs of servers and agents, and the servers' data folders while they live. */
  processes: 'processes',
} as const;

/** The files of one trial, in `cells/<cell>/<round>/`. */
export const trialFiles = {
  client: (agent: string) => `client-${agent}.csv`,
  ledger: (replica: string) => `ledger-${replica}.csv`,
  warmup: 'warmup.csv',
  resources: 'resources.csv',
  requests: 'requests.csv',
  record: 'cell.json',
} as const;

/** `cells/<cell>/<round>` inside the run folder. */
export function trialFolder(runFolder: string, cellKey: string, round: number): string {
  return join(runFolder, runFiles.cells, cellKey, String(round));
}

export const manifestVersion = 1;
export const trialRecordVersion = 1;

/** manifest.json: the study as resolved. Renamed into place before any process starts; never changed after. */
export interface Manifest {
  readonly schema: 'escala/manifest';
  readonly version: typeof manifestVersion;
  readonly run: string;
  readonly createdAtUs: number;
  readonly target: string;
  readonly experiment: Experiment;
  /** Of the text of experiment.yaml, hexadecimal; absent in runs from before it was kept. */
  readonly experimentSha256?: string;
  /** All trials in planned order. */
  readonly plan: readonly Block[];
  readonly environment: Environment;
  /** The latest self-test of this machine; absent where there was none, or where the load comes from other machines. */
  readonly selftest?: SelftestResult;
}

/** The machine and the versions, without names of hosts, users or paths. */
export interface Environment {
  readonly escala: string;
  readonly node: string;
  readonly platform: string;
  readonly arch: string;
  readonly kernel: string;
  readonly cpuModel: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly kubernetes: string | null;
  readonly nodes: number | null;
  /** Versions of the nodes' kubelets; absent elsewhere. On a cluster the machine's fields are those of its nodes. */
  readonly kubelet?: string;
  /** Of the machine whose processes the servers are; absent on a cluster, and in runs from before it was kept. */
  readonly limits?: MachineLimits;
  /** What was measured, in the order of the experiment's systems; absent in runs from before it was kept. */
  readonly systems?: readonly MeasuredSystem[];
}

/** Limits by cgroup, in processors and bytes, and the frequency governor; null where there is none or nothing tells. */
export interface MachineLimits {
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
  readonly governor: string | null;
}

/** Which program a system was. A field that nothing tells is null. */
export interface MeasuredSystem {
  readonly name: string;
  /** Escala's own, for its servers. */
  readonly version: string | null;
  /** Git commit of the program's source, and whether tracked files differed from it. */
  readonly commit: string | null;
  readonly isDirty: boolean | null;
  /** `sha256:…` of the program's file, or of the image. */
  readonly digest: string | null;
  /** Such as `Python 3.11.2 · gunicorn 23.0.0 · flask 3.1.0`. */
  readonly runtime: string | null;
}

/** Requests of a trial, counted while joining. Sums are exact integers. */
export interface TrialCounts {
  /** What the plan asks for: clients × messages, or the arrivals of the schedule. */
  readonly planned: number;
  /** Client rows: one for each request, whatever became of it. */
  readonly requests: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Rows of requests.csv by their `ledger` cell; `unexpected` rows are not client rows. */
  readonly ledger: Readonly<Record<LedgerState, number>>;
}

/** cell.json: the commit point of a trial, renamed into place last. Without it the trial did not happen. */
export interface TrialRecord {
  readonly schema: 'escala/cell';
  readonly version: typeof trialRecordVersion;
  readonly planIndex: number;
  readonly round: number;
  readonly attempt: number;
  readonly cell: Cell;
  /** Position in the order in which trials really ran, from 0. */
  readonly actualIndex: number;
  /** Names the deployment: trials of one block share their servers, so they are not independent runs. */
  readonly block: string;
  /** Preparation began, agreed instant of the start, all rows collected; µs since the epoch, the lab's clock. */
  readonly preparedAtUs: number;
  readonly startAtUs: number;
  readonly endedAtUs: number;
  readonly agents: readonly AgentRecord[];
  readonly replicas: readonly ReplicaRecord[];
  readonly counts: TrialCounts;
  /** What the platform or the lab saw go wrong. */
  readonly incidents: readonly Incident[];
  /** Those that carried replicas or agents, where they tell of themselves; absent in runs from before they were asked. */
  readonly machines?: readonly MachineRecord[];
}

/**
 * What a machine did around a trial. `looks` are in order of time: up to a second before the start, just before it, when
 * the lab knew of the last answer, and when the rows were collected. Analysis makes shares of them.
 */
export interface MachineRecord {
  /** The node's name as agents and replicas have it; null is the lab's own machine. */
  readonly node: string | null;
  /** Further nodes that are the same machine, as those of kind are. */
  readonly alsoNodes?: readonly string[];
  readonly cores: number;
  /** The smallest difference that its own counters show, µs of one core. */
  readonly stepUs: number;
  readonly looks: readonly MachineLook[];
}

/** Processor time in µs, summed over the cores, since an instant of the counter's own. A null is not known here. */
export interface MachineLook {
  /** On the lab's clock. */
  readonly atUs: number;
  /** Neither idle nor stolen by a hypervisor. */
  readonly busyUs: number;
  readonly stolenUs: number | null;
  /** Used by the servers and agents of the trial, and by the lab itself. */
  readonly loadUs: number | null;
  readonly labUs: number | null;
  /** Servers and agents were ready to run, and no processor was free. */
  readonly waitedUs: number | null;
  /** Time, not summed over the cores, in which some ready task waited (the kernel's PSI, `cpu`, `some`). */
  readonly pressureUs: number | null;
}

export interface AgentRecord {
  readonly name: string;
  readonly node: string | null;
  readonly clients: number;
  /** First send − agreed instant, µs, on the agent's clock. */
  readonly startSkewUs: number;
  /** Agent's clock − lab's clock, from the ping with the least delay; uncertain by half of it. */
  readonly clockOffsetUs: number;
  readonly clockDelayUs: number;
  readonly health: AgentHealth;
}

export interface ReplicaRecord {
  readonly name: string;
  readonly node: string | null;
  /** Cores that it may use; null without a limit. */
  readonly cpuLimit: number | null;
  /** The digest of its image, as the node has it; absent where there is none. */
  readonly image?: string;
  /** Waited because of that limit during the trial, µs; absent in older runs, null where it is not known. */
  readonly throttledUs?: number | null;
}

/** `code` is one of the platform's or the lab's words, such as `replica-restarted` or `throttled`. */
export interface Incident {
  readonly code: string;
  readonly subject: string;
  readonly detail: string;
  readonly atUs: number;
}

export type Verdict = 'VALID' | 'SUSPECT' | 'INVALID';
