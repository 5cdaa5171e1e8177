import { type Fillings, fill, fillEach, type Language, type Sentence } from '../sentences/language.ts';
import { sentences } from '../sentences/sentences.ts';

const words = sentences.model.problems;

/** What the exit codes of the command line mean. Scripts rely on them; a code is never reused. */
export const exitCodes = {
  0: words.exitCodes['0'],
  1: words.exitCodes['1'],
  2: words.exitCodes['2'],
  3: words.exitCodes['3'],
  4: words.exitCodes['4'],
  5: words.exitCodes['5'],
  6: words.exitCodes['6'],
  7: words.exitCodes['7'],
  130: words.exitCodes['130'],
} as const satisfies Record<number, Sentence>;
export type ExitCode = keyof typeof exitCodes;

/** A problem that a person can meet: what happened, and what to do next. */
export interface Problem {
  readonly exit: ExitCode;
  /** What must be begun anew where it stops a study that is under way; without it the study ends. */
  readonly blames?: 'servers' | 'trial';
  readonly says: Sentence;
  readonly next: Sentence;
}

const seeHelp = sentences.model.problems.seeHelp;

/** Every problem with a name. A code, once published, keeps its meaning; a retired one is not used again. */
export const problems = {
  USAGE: {
    exit: 2,
    says: words.problems.USAGE.says,
    next: seeHelp,
  },
  COMMAND_UNKNOWN: {
    exit: 2,
    says: words.problems.COMMAND_UNKNOWN.says,
    next: words.problems.COMMAND_UNKNOWN.next,
  },
  OPTION_UNKNOWN: {
    exit: 2,
    says: words.problems.OPTION_UNKNOWN.says,
    next: seeHelp,
  },
  OPTION_VALUE_MISSING: {
    exit: 2,
    says: words.problems.OPTION_VALUE_MISSING.says,
    next: seeHelp,
  },
  OPTION_MISSING: {
    exit: 2,
    says: words.problems.OPTION_MISSING.says,
    next: seeHelp,
  },
  OPTIONS_CONFLICT: {
    exit: 2,
    says: words.problems.OPTIONS_CONFLICT.says,
    next: words.problems.OPTIONS_CONFLICT.next,
  },
  RATE_MISSING: {
    exit: 2,
    says: words.problems.RATE_MISSING.says,
    next: words.problems.RATE_MISSING.next,
  },
  ARGUMENT_MISSING: {
    exit: 2,
    says: words.problems.ARGUMENT_MISSING.says,
    next: seeHelp,
  },
  ARGUMENTS_TOO_MANY: {
    exit: 2,
    says: words.problems.ARGUMENTS_TOO_MANY.says,
    next: seeHelp,
  },
  OPTION_INVALID: {
    exit: 2,
    says: words.problems.OPTION_INVALID.says,
    next: words.problems.OPTION_INVALID.next,
  },
  OPTION_NEEDS: {
    exit: 2,
    says: words.problems.OPTION_NEEDS.says,
    next: words.problems.OPTION_NEEDS.next,
  },
  EXPERIMENT_INVALID: {
    exit: 3,
    says: words.problems.EXPERIMENT_INVALID.says,
    next: words.problems.EXPERIMENT_INVALID.next,
  },
  FILE_UNREADABLE: {
    exit: 3,
    says: words.problems.FILE_UNREADABLE.says,
    next: words.problems.FILE_UNREADABLE.next,
  },
  FILE_IS_FOLDER: {
    exit: 3,
    says: words.problems.FILE_IS_FOLDER.says,
    next: words.problems.FILE_IS_FOLDER.next,
  },
  DATA_INVALID: {
    exit: 3,
    says: words.problems.DATA_INVALID.says,
    next: words.problems.DATA_INVALID.next,
  },
  HEADER_MISSING: {
    exit: 3,
    says: words.problems.HEADER_MISSING.says,
    next: words.problems.HEADER_MISSING.next,
  },
  COLUMN_MISSING: {
    exit: 3,
    says: words.problems.COLUMN_MISSING.says,
    next: words.problems.COLUMN_MISSING.next,
  },
  NOT_A_TABLE: {
    exit: 3,
    says: words.problems.NOT_A_TABLE.says,
    next: words.problems.NOT_A_TABLE.next,
  },
  ROW_LONG: {
    exit: 3,
    says: words.problems.ROW_LONG.says,
    next: words.problems.ROW_LONG.next,
  },
  ROW_SHORT: {
    exit: 3,
    says: words.problems.ROW_SHORT.says,
    next: words.problems.ROW_SHORT.next,
  },
  NUMBER_INVALID: {
    exit: 3,
    says: words.problems.NUMBER_INVALID.says,
    next: words.problems.NUMBER_INVALID.next,
  },
  NUMBER_AMBIGUOUS: {
    exit: 3,
    says: words.problems.NUMBER_AMBIGUOUS.says,
    next: words.problems.NUMBER_AMBIGUOUS.next,
  },
  TIME_INVALID: {
    exit: 3,
    says: words.problems.TIME_INVALID.says,
    next: words.problems.TIME_INVALID.next,
  },
  NUMBER_OUT_OF_RANGE: {
    exit: 3,
    says: words.problems.NUMBER_OUT_OF_RANGE.says,
    next: words.problems.NUMBER_OUT_OF_RANGE.next,
  },
  LEVEL_NOT_POSITIVE: {
    exit: 3,
    says: words.problems.LEVEL_NOT_POSITIVE.says,
    next: words.problems.LEVEL_NOT_POSITIVE.next,
  },
  THROUGHPUT_NOT_POSITIVE: {
    exit: 3,
    says: words.problems.THROUGHPUT_NOT_POSITIVE.says,
    next: words.problems.THROUGHPUT_NOT_POSITIVE.next,
  },
  THROUGHPUT_NEGATIVE: {
    exit: 3,
    says: words.problems.THROUGHPUT_NEGATIVE.says,
    next: words.problems.THROUGHPUT_NEGATIVE.next,
  },
  ROWS_MISSING: {
    exit: 3,
    says: words.problems.ROWS_MISSING.says,
    next: words.problems.ROWS_MISSING.next,
  },
  NOT_A_RUN: {
    exit: 3,
    says: words.problems.NOT_A_RUN.says,
    next: words.problems.NOT_A_RUN.next,
  },
  RUN_NOT_ANALYZED: {
    exit: 3,
    says: words.problems.RUN_NOT_ANALYZED.says,
    next: words.problems.RUN_NOT_ANALYZED.next,
  },
  VERSION_UNKNOWN: {
    exit: 3,
    says: words.problems.VERSION_UNKNOWN.says,
    next: words.problems.VERSION_UNKNOWN.next,
  },
  FILE_EXISTS: {
    exit: 4,
    says: words.problems.FILE_EXISTS.says,
    next: words.problems.FILE_EXISTS.next,
  },
  RESULTS_CHANGED: {
    exit: 3,
    says: words.problems.RESULTS_CHANGED.says,
    next: words.problems.RESULTS_CHANGED.next,
  },
  RUN_EXISTS: {
    exit: 4,
    says: words.problems.RUN_EXISTS.says,
    next: words.problems.RUN_EXISTS.next,
  },
  RUN_LIVE: {
    exit: 4,
    says: words.problems.RUN_LIVE.says,
    next: words.problems.RUN_LIVE.next,
  },
  DISK_TOO_SMALL: {
    exit: 4,
    says: words.problems.DISK_TOO_SMALL.says,
    next: words.problems.DISK_TOO_SMALL.next,
  },
  DISK_FULL: {
    exit: 4,
    says: words.problems.DISK_FULL.says,
    next: words.problems.DISK_FULL.next,
  },
  FOLDER_UNWRITABLE: {
    exit: 4,
    says: words.problems.FOLDER_UNWRITABLE.says,
    next: words.problems.FOLDER_UNWRITABLE.next,
  },
  MEMORY_FULL: {
    exit: 4,
    says: words.problems.MEMORY_FULL.says,
    next: words.problems.MEMORY_FULL.next,
  },
  SYSTEM_REFUSED: {
    exit: 4,
    says: words.problems.SYSTEM_REFUSED.says,
    next: words.problems.SYSTEM_REFUSED.next,
  },
  BUG: {
    exit: 1,
    says: words.problems.BUG.says,
    next: words.problems.BUG.next,
  },
  PORT_TAKEN: {
    exit: 4,
    says: words.problems.PORT_TAKEN.says,
    next: words.problems.PORT_TAKEN.next,
  },
  PORT_FORBIDDEN: {
    exit: 4,
    says: words.problems.PORT_FORBIDDEN.says,
    next: words.problems.PORT_FORBIDDEN.next,
  },
  LEDGER_LOCKED: {
    exit: 4,
    says: words.problems.LEDGER_LOCKED.says,
    next: words.problems.LEDGER_LOCKED.next,
  },
  LEDGER_FOREIGN: {
    exit: 4,
    says: words.problems.LEDGER_FOREIGN.says,
    next: words.problems.LEDGER_FOREIGN.next,
  },
  SYSTEM_MISSING: {
    exit: 4,
    says: words.problems.SYSTEM_MISSING.says,
    next: words.problems.SYSTEM_MISSING.next,
  },
  SYSTEM_WITHOUT_LEDGER: {
    exit: 3,
    says: words.problems.SYSTEM_WITHOUT_LEDGER.says,
    next: words.problems.SYSTEM_WITHOUT_LEDGER.next,
  },
  FAULT_UNSUPPORTED: {
    exit: 3,
    says: words.problems.FAULT_UNSUPPORTED.says,
    next: words.problems.FAULT_UNSUPPORTED.next,
  },
  FACTOR_UNSUPPORTED: {
    exit: 3,
    says: words.problems.FACTOR_UNSUPPORTED.says,
    next: words.problems.FACTOR_UNSUPPORTED.next,
  },
  TARGET_UNKNOWN: {
    exit: 3,
    says: words.problems.TARGET_UNKNOWN.says,
    next: words.problems.TARGET_UNKNOWN.next,
  },
  SERVER_NOT_READY: {
    exit: 4,
    blames: 'servers',
    says: words.problems.SERVER_NOT_READY.says,
    next: words.problems.SERVER_NOT_READY.next,
  },
  AGENT_NOT_READY: {
    exit: 4,
    blames: 'trial',
    says: words.problems.AGENT_NOT_READY.says,
    next: words.problems.AGENT_NOT_READY.next,
  },
  AGENT_LOST: {
    exit: 4,
    blames: 'trial',
    says: words.problems.AGENT_LOST.says,
    next: words.problems.AGENT_LOST.next,
  },
  REPLICA_LOST: {
    exit: 4,
    blames: 'trial',
    says: words.problems.REPLICA_LOST.says,
    next: words.problems.REPLICA_LOST.next,
  },
  FORWARD_FAILED: {
    exit: 4,
    says: words.problems.FORWARD_FAILED.says,
    next: words.problems.FORWARD_FAILED.next,
  },
  TRIAL_FAILED: {
    exit: 5,
    blames: 'trial',
    says: words.problems.TRIAL_FAILED.says,
    next: words.problems.TRIAL_FAILED.next,
  },
  TARGET_NOT_READY: {
    exit: 4,
    says: words.problems.TARGET_NOT_READY.says,
    next: words.problems.TARGET_NOT_READY.next,
  },
  CLUSTER_UNKNOWN: {
    exit: 4,
    says: words.problems.CLUSTER_UNKNOWN.says,
    next: words.problems.CLUSTER_UNKNOWN.next,
  },
  CLUSTER_UNREACHABLE: {
    exit: 4,
    says: words.problems.CLUSTER_UNREACHABLE.says,
    next: words.problems.CLUSTER_UNREACHABLE.next,
  },
  KUBECONFIG_MISSING: {
    exit: 4,
    says: words.problems.KUBECONFIG_MISSING.says,
    next: words.problems.KUBECONFIG_MISSING.next,
  },
  KUBECONFIG_INVALID: {
    exit: 4,
    says: words.problems.KUBECONFIG_INVALID.says,
    next: words.problems.KUBECONFIG_INVALID.next,
  },
  CONTEXT_UNSET: {
    exit: 4,
    says: words.problems.CONTEXT_UNSET.says,
    next: words.problems.CONTEXT_UNSET.next,
  },
  CREDENTIAL_PROGRAM_MISSING: {
    exit: 4,
    says: words.problems.CREDENTIAL_PROGRAM_MISSING.says,
    next: words.problems.CREDENTIAL_PROGRAM_MISSING.next,
  },
  CREDENTIALS_FAILED: {
    exit: 4,
    says: words.problems.CREDENTIALS_FAILED.says,
    next: words.problems.CREDENTIALS_FAILED.next,
  },
  CLUSTER_UNAUTHORIZED: {
    exit: 4,
    says: words.problems.CLUSTER_UNAUTHORIZED.says,
    next: words.problems.CLUSTER_UNAUTHORIZED.next,
  },
  CLUSTER_FAILS: {
    exit: 4,
    says: words.problems.CLUSTER_FAILS.says,
    next: words.problems.CLUSTER_FAILS.next,
  },
  CLUSTER_STRANGE: {
    exit: 4,
    says: words.problems.CLUSTER_STRANGE.says,
    next: words.problems.CLUSTER_STRANGE.next,
  },
  NAMESPACE_ENDS: {
    exit: 4,
    says: words.problems.NAMESPACE_ENDS.says,
    next: words.problems.NAMESPACE_ENDS.next,
  },
  RIGHTS_WITHDRAWN: {
    exit: 4,
    says: words.problems.RIGHTS_WITHDRAWN.says,
    next: words.problems.RIGHTS_WITHDRAWN.next,
  },
  CLUSTER_SLOW: {
    exit: 4,
    says: words.problems.CLUSTER_SLOW.says,
    next: words.problems.CLUSTER_SLOW.next,
  },
  CLUSTER_REFUSED: {
    exit: 4,
    says: words.problems.CLUSTER_REFUSED.says,
    next: words.problems.CLUSTER_REFUSED.next,
  },
  RIGHT_MISSING: {
    exit: 4,
    says: words.problems.RIGHT_MISSING.says,
    next: words.problems.RIGHT_MISSING.next,
  },
  OWN_NAMESPACE_FORBIDDEN: {
    exit: 4,
    says: words.problems.OWN_NAMESPACE_FORBIDDEN.says,
    next: words.problems.OWN_NAMESPACE_FORBIDDEN.next,
  },
  IMAGE_MISSING: {
    exit: 4,
    blames: 'servers',
    says: words.problems.IMAGE_MISSING.says,
    next: words.problems.IMAGE_MISSING.next,
  },
  TOOL_MISSING: {
    exit: 4,
    says: words.problems.TOOL_MISSING.says,
    next: words.problems.TOOL_MISSING.next,
  },
  IMAGE_NOT_BUILT: {
    exit: 4,
    says: words.problems.IMAGE_NOT_BUILT.says,
    next: words.problems.IMAGE_NOT_BUILT.next,
  },
  NAMESPACE_BUSY: {
    exit: 4,
    says: words.problems.NAMESPACE_BUSY.says,
    next: words.problems.NAMESPACE_BUSY.next,
  },
  NAMESPACE_LITTERED: {
    exit: 4,
    says: words.problems.NAMESPACE_LITTERED.says,
    next: words.problems.NAMESPACE_LITTERED.next,
  },
  STUDY_REMOVED: {
    exit: 4,
    says: words.problems.STUDY_REMOVED.says,
    next: words.problems.STUDY_REMOVED.next,
  },
  PODS_NOT_READY: {
    exit: 4,
    blames: 'servers',
    says: words.problems.PODS_NOT_READY.says,
    next: words.problems.PODS_NOT_READY.next,
  },
  SERVICE_INCOMPLETE: {
    exit: 4,
    blames: 'servers',
    says: words.problems.SERVICE_INCOMPLETE.says,
    next: words.problems.SERVICE_INCOMPLETE.next,
  },
  PODS_REFUSED: {
    exit: 4,
    blames: 'servers',
    says: words.problems.PODS_REFUSED.says,
    next: words.problems.PODS_REFUSED.next,
  },
  POD_UNPLACED: {
    exit: 4,
    blames: 'servers',
    says: words.problems.POD_UNPLACED.says,
    next: words.problems.POD_UNPLACED.next,
  },
  CLAIM_PENDING: {
    exit: 4,
    blames: 'servers',
    says: words.problems.CLAIM_PENDING.says,
    next: words.problems.CLAIM_PENDING.next,
  },
  POD_MISCONFIGURED: {
    exit: 4,
    blames: 'servers',
    says: words.problems.POD_MISCONFIGURED.says,
    next: words.problems.POD_MISCONFIGURED.next,
  },
  POD_CRASHES: {
    exit: 4,
    blames: 'servers',
    says: words.problems.POD_CRASHES.says,
    next: words.problems.POD_CRASHES.next,
  },
  POD_SILENT: {
    exit: 4,
    blames: 'servers',
    says: words.problems.POD_SILENT.says,
    next: words.problems.POD_SILENT.next,
  },
  POD_EVICTED: {
    exit: 4,
    blames: 'servers',
    says: words.problems.POD_EVICTED.says,
    next: words.problems.POD_EVICTED.next,
  },
  CELLS_INCOMPLETE: {
    exit: 5,
    says: words.problems.CELLS_INCOMPLETE.says,
    next: words.problems.CELLS_INCOMPLETE.next,
  },
  CELLS_DOUBTFUL: {
    exit: 5,
    says: words.problems.CELLS_DOUBTFUL.says,
    next: words.problems.CELLS_DOUBTFUL.next,
  },
  VERIFY_FAILED: {
    exit: 6,
    says: words.problems.VERIFY_FAILED.says,
    next: words.problems.VERIFY_FAILED.next,
  },
  COMPARE_FAILING: {
    exit: 7,
    says: words.problems.COMPARE_FAILING.says,
    next: words.problems.COMPARE_FAILING.next,
  },
  COMPARE_SLOWER: {
    exit: 7,
    says: words.problems.COMPARE_SLOWER.says,
    next: words.problems.COMPARE_SLOWER.next,
  },
  SLO_VIOLATED: {
    exit: 7,
    says: words.problems.SLO_VIOLATED.says,
    next: words.problems.SLO_VIOLATED.next,
  },
  THRESHOLD_BROKEN: {
    exit: 7,
    says: words.problems.THRESHOLD_BROKEN.says,
    next: words.problems.THRESHOLD_BROKEN.next,
  },
  LEDGER_OPEN: {
    exit: 6,
    says: words.problems.LEDGER_OPEN.says,
    next: words.problems.LEDGER_OPEN.next,
  },
  CLIENT_INTERRUPTED: {
    exit: 130,
    says: words.problems.CLIENT_INTERRUPTED.says,
    next: words.problems.CLIENT_INTERRUPTED.next,
  },
  COMMAND_INTERRUPTED: {
    exit: 130,
    says: words.problems.COMMAND_INTERRUPTED.says,
    next: words.problems.COMMAND_INTERRUPTED.next,
  },
  INTERRUPTED_EARLY: {
    exit: 130,
    says: words.problems.INTERRUPTED_EARLY.says,
    next: words.problems.INTERRUPTED_EARLY.next,
  },
  INTERRUPTED: {
    exit: 130,
    says: words.problems.INTERRUPTED.says,
    next: words.problems.INTERRUPTED.next,
  },
} as const satisfies Record<string, Problem>;
export type ProblemCode = keyof typeof problems;

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
    const { blames }: Problem = problems[this.code];
    return blames ?? 'world';
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
