import {
  type Fillings,
  fill,
  fillEach,
  type Language,
  type Sentence,
  sentences,
} from '../sentences/sentences.ts';

const words = sentences.model.problems;

/** What the exit codes of the command line mean. Scripts rely on them; a code is never reused. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 130;
export const exitCodes: Readonly<Record<ExitCode, Sentence>> = words.exitCodes;

/** The exit code of every problem. A problem's code, once published, keeps its meaning; a retired one is not used again. */
const exits = {
  USAGE: 2,
  COMMAND_UNKNOWN: 2,
  OPTION_UNKNOWN: 2,
  OPTION_VALUE_MISSING: 2,
  OPTION_MISSING: 2,
  OPTIONS_CONFLICT: 2,
  RATE_MISSING: 2,
  HOST_NOT_ALLOWED: 2,
  SECRET_MISSING: 2,
  TLS_INVALID: 3,
  ARGUMENT_MISSING: 2,
  ARGUMENTS_TOO_MANY: 2,
  OPTION_INVALID: 2,
  OPTION_NEEDS: 2,
  EXPERIMENT_INVALID: 3,
  FILE_UNREADABLE: 3,
  FILE_IS_FOLDER: 3,
  DATA_INVALID: 3,
  HEADER_MISSING: 3,
  COLUMN_MISSING: 3,
  NOT_A_TABLE: 3,
  ROW_LONG: 3,
  ROW_SHORT: 3,
  NUMBER_INVALID: 3,
  NUMBER_AMBIGUOUS: 3,
  TIME_INVALID: 3,
  NUMBER_OUT_OF_RANGE: 3,
  LEVEL_NOT_POSITIVE: 3,
  THROUGHPUT_NOT_POSITIVE: 3,
  THROUGHPUT_NEGATIVE: 3,
  ROWS_MISSING: 3,
  NOT_A_RUN: 3,
  RUN_NOT_ANALYZED: 3,
  VERSION_UNKNOWN: 3,
  FILE_EXISTS: 4,
  RESULTS_CHANGED: 3,
  RUN_EXISTS: 4,
  RUN_LIVE: 4,
  DISK_TOO_SMALL: 4,
  DISK_FULL: 4,
  FOLDER_UNWRITABLE: 4,
  MEMORY_FULL: 4,
  SYSTEM_REFUSED: 4,
  BUG: 1,
  PORT_TAKEN: 4,
  PORT_FORBIDDEN: 4,
  LEDGER_LOCKED: 4,
  LEDGER_FOREIGN: 4,
  SYSTEM_MISSING: 4,
  SYSTEM_WITHOUT_LEDGER: 3,
  FAULT_UNSUPPORTED: 3,
  FACTOR_UNSUPPORTED: 3,
  TARGET_UNKNOWN: 3,
  SERVER_NOT_READY: 4,
  AGENT_NOT_READY: 4,
  AGENT_LOST: 4,
  REPLICA_LOST: 4,
  FORWARD_FAILED: 4,
  TRIAL_FAILED: 5,
  SCALE_FAILED: 4,
  SERVICE_REJECTS: 4,
  CREDENTIALS_EXPIRED: 4,
  REPLICA_UNNAMED: 3,
  SERVICE_SILENT: 4,
  TARGET_NOT_READY: 4,
  CLUSTER_UNKNOWN: 4,
  CLUSTER_UNREACHABLE: 4,
  KUBECONFIG_MISSING: 4,
  KUBECONFIG_INVALID: 4,
  CONTEXT_UNSET: 4,
  CREDENTIAL_PROGRAM_MISSING: 4,
  CREDENTIALS_FAILED: 4,
  CLUSTER_UNAUTHORIZED: 4,
  CLUSTER_FAILS: 4,
  CLUSTER_STRANGE: 4,
  NAMESPACE_ENDS: 4,
  RIGHTS_WITHDRAWN: 4,
  CLUSTER_SLOW: 4,
  CLUSTER_REFUSED: 4,
  RIGHT_MISSING: 4,
  OWN_NAMESPACE_FORBIDDEN: 4,
  IMAGE_MISSING: 4,
  TOOL_MISSING: 4,
  IMAGE_NOT_BUILT: 4,
  NAMESPACE_BUSY: 4,
  NAMESPACE_LITTERED: 4,
  STUDY_REMOVED: 4,
  PODS_NOT_READY: 4,
  SERVICE_INCOMPLETE: 4,
  DEPLOYED_UNFIT: 4,
  WORKLOAD_UNFIT: 4,
  WORKLOAD_AUTOSCALED: 4,
  WORKLOAD_BUSY: 4,
  WORKLOAD_NOT_RESTORED: 4,
  SERVICE_UNFIT: 4,
  MANIFESTS_UNFIT: 3,
  MANIFESTS_WIDE: 3,
  POD_INSECURE: 4,
  PODS_REFUSED: 4,
  POD_UNPLACED: 4,
  CLAIM_PENDING: 4,
  POD_MISCONFIGURED: 4,
  POD_CRASHES: 4,
  POD_SILENT: 4,
  POD_EVICTED: 4,
  CELLS_INCOMPLETE: 5,
  CELLS_DOUBTFUL: 5,
  VERIFY_FAILED: 6,
  COMPARE_FAILING: 7,
  COMPARE_SLOWER: 7,
  SLO_VIOLATED: 7,
  THRESHOLD_BROKEN: 7,
  LEDGER_OPEN: 6,
  CLIENT_INTERRUPTED: 130,
  COMMAND_INTERRUPTED: 130,
  INTERRUPTED_EARLY: 130,
  INTERRUPTED: 130,
} as const satisfies Record<keyof typeof words.problems, ExitCode>;
export type ProblemCode = keyof typeof exits;

/** What must be begun anew where the problem stops a study that is under way; without it the study ends. */
const blamed: Partial<Record<ProblemCode, 'servers' | 'trial'>> = {
  SERVER_NOT_READY: 'servers',
  SCALE_FAILED: 'servers',
  IMAGE_MISSING: 'servers',
  PODS_NOT_READY: 'servers',
  SERVICE_INCOMPLETE: 'servers',
  PODS_REFUSED: 'servers',
  POD_UNPLACED: 'servers',
  CLAIM_PENDING: 'servers',
  POD_MISCONFIGURED: 'servers',
  POD_CRASHES: 'servers',
  POD_SILENT: 'servers',
  POD_EVICTED: 'servers',
  AGENT_NOT_READY: 'trial',
  AGENT_LOST: 'trial',
  REPLICA_LOST: 'trial',
  TRIAL_FAILED: 'trial',
  SERVICE_REJECTS: 'trial',
  SERVICE_SILENT: 'trial',
};

/** A problem that a person can meet: what happened, and what to do next. */
export interface Problem {
  readonly exit: ExitCode;
  readonly says: Sentence;
  readonly next: Sentence;
}

const { correctRow, readLog, giveAgain } = words.sharedNext;
/** What to do next, where it is the same after several problems. */
const sharedNext: Partial<Record<ProblemCode, Sentence>> = {
  LEVEL_NOT_POSITIVE: correctRow,
  THROUGHPUT_NEGATIVE: correctRow,
  AGENT_NOT_READY: readLog,
  AGENT_LOST: readLog,
  REPLICA_LOST: readLog,
  COMMAND_INTERRUPTED: giveAgain,
  INTERRUPTED_EARLY: giveAgain,
};

/** Every problem with a name. */
export const problems = Object.fromEntries(
  Object.entries(exits).map(([code, exit]) => {
    const sentencesOf: { says: Sentence; next?: Sentence } = words.problems[code as ProblemCode];
    return [code, { exit, next: sharedNext[code as ProblemCode] ?? words.seeHelp, ...sentencesOf }];
  }),
) as Record<ProblemCode, Problem>;

/** Below what stopped a study that had begun; `resume` is the command. */
const continueWith: Sentence = sentences.model.problems.continueWith;

/** A problem as plain data, for another thread or program: an EscalaError can be made of it again. */
export interface ProblemData {
  readonly code: ProblemCode;
  readonly values: Fillings;
}

/** What stops the work. Expected outcomes are values; a broken assumption of ours is an assertion. */
export class EscalaError extends Error {
  override readonly name = 'EscalaError';
  readonly code: ProblemCode;
  readonly values: Fillings;

  constructor(code: ProblemCode, values: Fillings = {}, options?: ErrorOptions) {
    super(fill(problems[code].says, 'en', values), options);
    this.code = code;
    this.values = values;
  }

  get exit(): ExitCode {
    return problems[this.code].exit;
  }

  /** What the problem blames: servers that did not become ready, what happened in a trial, or the world around both. */
  get blames(): 'servers' | 'trial' | 'world' {
    return blamed[this.code] ?? 'world';
  }

  /** What happened, in each language. */
  get says(): Sentence {
    return fillEach(problems[this.code].says, this.values);
  }

  get data(): ProblemData {
    return { code: this.code, values: this.values };
  }

  /** The same problem, of a study that can be continued with `command`. */
  resumableWith(command: string): EscalaError {
    return new EscalaError(this.code, { ...this.values, resume: command }, { cause: this });
  }

  /** Code, what happened, and what to do next, in the user's language. */
  explain(language: Language): string {
    const { says, next } = problems[this.code];
    const sentences: readonly Sentence[] =
      'resume' in this.values ? [says, next, continueWith] : [says, next];
    return `${this.code}: ${sentences.map((one) => fill(one, language, this.values)).join('\n')}`;
  }
}
