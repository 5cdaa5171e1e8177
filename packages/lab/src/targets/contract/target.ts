import type {
  Cell,
  Environment,
  EscalaError,
  Experiment,
  Fault,
  Incident,
  MachineLook,
  MachineRecord,
  ReplicaRecord,
  System,
} from '@escala/model';

/**
 * Where a study runs: processes on this machine, pods of a cluster. The lab does not know which it drives.
 * Everything that a target started ends with `dispose`, also after an error.
 */
export interface Target extends AsyncDisposable {
  readonly name: string;
  /** From "all agents are ready" to the agreed instant, ms: long enough for every agent to hear of it. */
  readonly startLeadMs: number;
  /** Aborts with an EscalaError when another process removed the study; absent where none can. */
  readonly removed?: AbortSignal;
  /** Checks the world and gets everything ready that is needed once (programs, images, namespace). */
  prepare(): Promise<TargetFacts>;
  /** The load agents that a trial of the cell takes, ready for a plan. Agents that run already are used again. */
  agents(cell: Cell, onWait?: OnWait): Promise<readonly Agent[]>;
  /** Starts the servers of a block; resolves when every replica is ready. */
  deploy(request: DeployRequest): Promise<Deployment>;
}

/** Pods that a study waits for: so many are ready, and what the others do, in the platform's words. */
export type OnWait = (waiting: { ready: number; count: number; reason: string }) => void;

/** What the manifest says of the place. */
export type TargetFacts = Required<Pick<Environment, 'machineCpus'>> & Partial<Environment>;

export interface DeployRequest extends Pick<Cell, 'storage'> {
  readonly system: System;
  readonly replicas: number;
  readonly experiment: Experiment;
  /** Unique in the run, an id: names of replicas and folders begin with it. */
  readonly block: string;
  readonly onWait?: OnWait;
}

/** A load agent, reached over HTTP (`agent-protocol.ts`) at an address that stays while the agent lives. */
export interface Agent {
  readonly name: string;
  readonly node: string | null;
  /** Where its own words are: a file, or the command that shows them. */
  readonly log: string;
  readonly url: string;
  readonly token: string;
  /** The systems' secrets lie with it, so that plans only name them. */
  readonly holdsSecrets?: boolean;
  /** Why its last call broke, where the target knows more than a broken connection tells. */
  readonly trouble?: () => EscalaError | undefined;
}

/** The servers of one block. */
export interface Deployment extends AsyncDisposable {
  /** As they are now; a killed one leaves, and its ledger can still be collected. */
  readonly replicas: readonly ReplicaRecord[];
  /** Where the clients send. One URL a replica locally; the Service's on a cluster. */
  readonly urls: readonly string[];
  /** Resolves when no replica has a request in flight, or fails after `timeoutMs`. */
  quiesce(timeoutMs: number): Promise<void>;
  /** Every ledger of the block from disk, of living and of dead replicas, each from byte `fromByte[name]` (else 0). */
  collectLedgers(fromByte: ReadonlyMap<string, number>): AsyncIterable<LedgerPart>;
  /** A trial failed here: the servers' files stay, for a person to find the cause. Else they may be removed. */
  keepData?(): void;
  /** The last sample before a trial begins so long before its start: it takes nothing from the first requests. */
  readonly sampleLeadMs: number;
  /** One sample of every replica and agent, and one look at each machine that carries some of them. */
  sample(): Promise<Sample>;
  /** How long each living replica has waited because of its processor limit, µs; null where that is not known now. */
  throttled(): Promise<ReadonlyMap<string, number | null>>;
  inject(fault: Fault): Promise<void>;
  /** What the platform saw since the last call: restarts, evictions, nodes that left. */
  incidents(): Promise<readonly Incident[]>;
}

/** Whole rows of a replica's ledger: `bytes` in chunks, from `fromByte` to `toByte` of the file. */
export interface LedgerPart {
  readonly replica: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Known when the chunks are read. */
  toByte(): number;
}

/** `machines` is empty where they do not tell of themselves. */
export interface Sample {
  readonly processes: readonly ResourceSample[];
  readonly machines: readonly (Omit<MachineRecord, 'looks'> & { readonly look: MachineLook })[];
}

/** `cpuUs` counts from the start of the process; a null is not known here. */
export interface ResourceSample {
  readonly atUs: number;
  readonly role: 'server' | 'agent';
  readonly name: string;
  readonly cpuUs: number;
  readonly memoryBytes: number;
  readonly throttledUs: number | null;
  readonly restarts: number | null;
}
