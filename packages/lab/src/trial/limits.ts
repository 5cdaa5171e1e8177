// The lab's limits, each with a name. Times in milliseconds.

/** A trial that fails so often in one life of the run, or a deployment so often in a row, is given up. */
export const ATTEMPTS_MAX = 2;
/** From a plan until the agent has connected and warmed up. */
export const AGENT_READY_MS_MAX = 60_000;
/** After the last answer, until no replica has anything in flight. */
export const QUIESCE_MS_MAX = 30_000;
/** Without any progress of any agent for this long, beyond the pauses of the plan and the timeout, a trial is given up. */
export const STALLED_MS_MAX = 60_000;
/** One call of the agents' protocol. */
export const AGENT_CALL_MS_MAX = 10_000;
/** Between two looks at the agents while a trial runs. */
export const POLL_MS = 25;
/** Between two progress events, and two samples of resources. */
export const PROGRESS_MS = 1_000;
/** Ledger rows that a join holds in memory at once; larger cells are joined in several passes. */
export const JOIN_ROWS_MAX = 1_000_000;
/** The first trial of a block warms the new servers with this many times the usual warm-up. */
export const FIRST_WARMUP_FACTOR = 10;
/** Bytes of disk that a request takes in all files of a run, measured on the founding study, rounded up. */
export const BYTES_PER_REQUEST = 1_000;
