import type {
  LatencySummary,
  MachineUse,
  QuantilePoint,
  StatusCodes,
  TrialCounts,
  TrialResult,
} from '@escala/model';
import type { CommittedTrial } from './run/read-run.ts';

/**
 * What the rows of one trial say, before anything is judged. Times in µs since the epoch on the clients' clock, unless
 * said otherwise; sums are exact.
 */
export interface TrialFacts extends CommittedTrial {
  readonly counts: TrialCounts;
  readonly statusCodes: StatusCodes;
  readonly statuses: readonly StatusFacts[];
  /** By kind of request; empty where there are none. */
  readonly kinds: readonly KindFacts[];
  readonly clients: ClientFacts;
  readonly makespan: { readonly firstSentUs: number; readonly lastDoneUs: number } | null;
  readonly window: WindowFacts | null;
  readonly bookkeeping: BookkeepingFacts;
  readonly latencyUs: LatencySummary | null;
  readonly spectrum: readonly QuantilePoint[];
  readonly serviceTimeUs: LatencySummary | null;
  readonly replicas: readonly ReplicaFacts[];
  readonly arrivals: ArrivalFacts | null;
  readonly timeline: TrialResult['timeline'];
  /** Requests in flight at the ends of equal slices between the first and the last arrival. */
  readonly inFlight: readonly { readonly atUs: number; readonly requests: number }[];
  readonly cpu: TrialResult['cpu'];
  readonly machines: readonly MachineUse[];
  readonly throttledUs: number | null;
  readonly restarts: number | null;
}

/** Answers of one status, of those that count as answered or of those that do not. */
export interface StatusFacts {
  readonly status: number;
  readonly isRejected: boolean;
  readonly n: number;
  readonly firstDoneUs: number;
  readonly lastSentUs: number;
}

export interface KindFacts {
  readonly request: string;
  readonly requests: number;
  readonly outcomes: TrialCounts['outcomes'];
  /** In the window of its trial. */
  readonly answeredInWindow: number;
  readonly latencyUs: LatencySummary | null;
}

/** Clients that have rows, and the fewest and most rows of one. */
interface ClientFacts {
  readonly seen: number;
  readonly requestsMin: number;
  readonly requestsMax: number;
}

/**
 * While all clients are active: latest first send to earliest last answer (closed loop), or first to last intended
 * instant (open loop). Requests that ended in it, at its end but not at its beginning.
 */
interface WindowFacts {
  readonly fromUs: number;
  readonly toUs: number;
  readonly answered: number;
  readonly ended: number;
  /** Requests that failed in it without a connection. How long each was tried for is not in its row. */
  readonly neverSent: number;
  /** Σ (done − sent) of the ended ones, whatever their outcome. */
  readonly residenceUs: number;
  /** ∫ n(t) dt: every request's residence, clipped to the window. */
  readonly inFlightUs: number;
}

/** The record against itself and against the ledger, over the whole trial. */
interface BookkeepingFacts {
  /** Σ latency_us, and Σ of the same differences taken from the times. */
  readonly latencySumUs: number;
  readonly timesSumUs: number;
  readonly latencyMismatches: number;
  /** Answered rows with both sides, and those whose latency is shorter than the server says it took. */
  readonly bothSides: number;
  readonly containmentViolations: number;
  readonly containmentExcessUsMax: number;
  readonly negativeDurations: number;
}

export interface ReplicaFacts {
  readonly name: string;
  readonly requests: number;
  readonly busyUs: number;
  /** First received to last served, on the replica's own clock; null without a ledger. */
  readonly spanUs: number | null;
  /** min(received − sent) and min(done − served): the replica's clock minus the client's lies between −second and first. */
  readonly sendToReceiveUsMin: number | null;
  readonly serveToDoneUsMin: number | null;
}

/** Open loop only: how the load really arrived. */
export interface ArrivalFacts {
  readonly arrivals: number;
  readonly ratePerSecond: number;
  readonly interarrivalCv: number;
  readonly sendLagUsP99: number;
  readonly sendLagUsMax: number;
}
