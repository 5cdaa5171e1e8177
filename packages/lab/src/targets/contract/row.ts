import {
  type BlockName,
  type Clock,
  type ClusterIdentity,
  EscalaError,
  type Experiment,
  type Fault,
  isVaried,
  type TargetKey,
  targetKeys,
} from '@escala/model';
import type { Target } from './target.ts';
import type { Finding, NeededTool } from './tools.ts';

/** What the rest of Escala knows of a target before a study opens it. A target is a folder and one such row. */
export interface TargetRow {
  /** Whether servers and load run on the machine that drives the study, so that its self-test tells of the load. */
  readonly isOneMachine: boolean;
  /** Options of the command line that say where on the target a study runs. */
  readonly options: readonly (keyof TargetPlace)[];
  readonly faults: readonly Fault['kind'][];
  /** Factors of the experiment that only some targets can vary. */
  readonly factors: readonly TargetKey[];
  /** Programs of this machine that a study on the target needs. */
  readonly tools: readonly NeededTool[];
  readonly pace: Pace;
  open(request: TargetRequest): Promise<Target>;
  /** Which cluster the place is, without a change there; undefined where it does not answer. */
  identify?(place: TargetPlace): Promise<ClusterIdentity | undefined>;
  /** Looks at the target as a study would, and changes nothing. Asked only where no needed tool is missing. */
  check?(place: TargetPlace): Promise<readonly Finding[]>;
  /** The objects that a study would make, as text. */
  render?(experiment: Experiment, place: TargetPlace & { readonly run: string }): Promise<string>;
  /** What an experiment says of a workload that runs already. */
  readDeployed?(place: TargetPlace, name: DeployedName): Promise<DeployedWorkload>;
  /** Removes what crashed studies left there. */
  clean?(place: TargetPlace): AsyncIterable<Leftover>;
}

export type Targets = Readonly<Record<string, TargetRow>>;

/** Where on a target a study runs; without a namespace the study makes its own and removes it. */
export interface TargetPlace {
  readonly context?: string | undefined;
  readonly namespace?: string | undefined;
  /** The namespace of a workload that runs already; only the doctor is told it, a study reads its experiment. */
  readonly deployed?: string | undefined;
}

/** A workload that runs already, as a person names it; without a kind, the usual ones are looked for. */
export interface DeployedName {
  readonly namespace: string;
  readonly kind?: string | undefined;
  readonly name: string;
}

/** What was found of it, and of how it is asked. */
export interface DeployedWorkload {
  readonly namespace: string;
  /** `deployment/api`. */
  readonly workload: string;
  readonly replicas: number;
  /** What sets its replicas by itself. */
  readonly autoscaler: string | undefined;
  /** The likeliest of those that send to its pods. */
  readonly service: string;
  readonly otherServices: readonly string[];
  /** By name where it has one. */
  readonly port: string;
  readonly portNumber: number;
  readonly otherPorts: readonly string[];
  readonly isTls: boolean;
  /** A path that its readiness probe asks. */
  readonly probedPath: string | undefined;
}

/** What opens a target for one study. */
export interface TargetRequest extends TargetPlace {
  /** The run folder. */
  readonly folder: string;
  readonly run: string;
  readonly experiment: Experiment;
  readonly clock: Clock;
  /** Ends every wait of the target; its disposal then removes what it has made. */
  readonly signal: AbortSignal;
  /** What an earlier life of the run left is taken over; a new study meets it as somebody else's. */
  readonly isResumed: boolean;
  /** Where the replicas of each number and kind of storage were first, in earlier lives of the run. */
  readonly placed: readonly Placed[];
}

/** So many replicas, and how many of them each node carried. */
export interface Placed extends Pick<BlockName, 'replicas' | 'storage'> {
  readonly nodes: Readonly<Record<string, number>>;
}

/** What the time of a study is made of besides its load, s. */
export interface Pace {
  /** Once: images, the namespace, the agents. */
  readonly startS: number;
  readonly trialS: number;
  readonly blockS: number;
  readonly replicaS: number;
}

/** What a study left on a target, or would leave if it were not still running. */
export interface Leftover {
  readonly run: string;
  readonly namespace: string;
  /**
   * `live`: its orchestrator renewed its lease a moment ago, so it is left alone. `put-back`: workloads of others have
   * the replicas again that the study found.
   */
  readonly state: 'removed' | 'live' | 'put-back';
  /** What was removed: the namespace, or the objects in one that was given; what was put back, with its replicas. */
  readonly objects: readonly string[];
}

/** @throws EscalaError TARGET_UNKNOWN: a run may come from a version with other targets. */
export function targetNamed(targets: Targets, name: string): TargetRow {
  const row = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (row) return row;
  throw new EscalaError('TARGET_UNKNOWN', { target: name, known: Object.keys(targets).join(', ') });
}

/** Names of the targets whose rows are so, as they stand behind `--target`. */
export function namesOf(targets: Targets, isSo: (row: TargetRow) => boolean): string {
  const found = Object.entries(targets).filter(([, row]) => isSo(row));
  return found.map(([name]) => name).join(', ');
}

/** @throws EscalaError OPTION_NEEDS where an option says nothing about the target. */
export function requirePlace(targets: Targets, name: string, place: TargetPlace): void {
  const { options } = targetNamed(targets, name);
  for (const option of ['context', 'namespace', 'deployed'] as const) {
    if (place[option] === undefined || options.includes(option)) continue;
    const others = namesOf(targets, (row) => row.options.includes(option));
    throw new EscalaError('OPTION_NEEDS', { one: `--${option}`, other: `--target ${others}` });
  }
}

/** @throws EscalaError FAULT_UNSUPPORTED or FACTOR_UNSUPPORTED where the experiment asks more than the target has. */
export function requireSupport(targets: Targets, name: string, experiment: Experiment): void {
  const row = targetNamed(targets, name);
  for (const { kind } of experiment.faults) {
    if (row.faults.includes(kind)) continue;
    const others = namesOf(targets, (other) => other.faults.includes(kind));
    throw new EscalaError('FAULT_UNSUPPORTED', { target: name, kind, known: row.faults.join(', '), others });
  }
  for (const factor of targetKeys) {
    if (!isVaried(factor, experiment) || row.factors.includes(factor)) continue;
    const others = namesOf(targets, (other) => other.factors.includes(factor));
    throw new EscalaError('FACTOR_UNSUPPORTED', { target: name, factor, others });
  }
}
