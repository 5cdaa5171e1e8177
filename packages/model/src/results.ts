import type { LedgerState, Outcome } from './columns.ts';
import type { Cell, ClusterLevels, Experiment, Slo } from './experiment.ts';
import type { StatusCodes } from './failures.ts';
import type { AgentRecord, Environment, Incident, TrialCounts, Verdict } from './run-folder.ts';
import type { SelftestResult } from './selftest.ts';
import { sentences } from './sentences.ts';

export type { SelftestResult };

export const resultsVersion = 1;

/**
 * results.json: everything that the report shows; the report computes nothing. It holds no time of its own making, so
 * that `verify` can compute it again from the raw rows and compare exactly. A number that cannot be estimated is null,
 * never zero. Throughput in requests/s, times in µs, intervals two-sided 95 % unless `level` says otherwise.
 */
export interface Results {
  readonly schema: 'escala/results';
  readonly version: typeof resultsVersion;
  readonly run: string;
  readonly target: string;
  readonly startedAtUs: number;
  readonly endedAtUs: number;
  readonly experiment: Experiment;
  readonly environment: Environment;
  readonly method: Method;
  readonly totals: Totals;
  readonly summary: Summary;
  /** One a cell, pooled over its rounds, in the order of the factors. */
  readonly cells: readonly CellResult[];
  /** One a cell and round, in planned order. */
  readonly trials: readonly TrialResult[];
  /** Trials that a fit or a pooled number leaves out, and why. */
  readonly exclusions: readonly Exclusion[];
  /** Throughput against replicas (constant clients per replica; saturation) and against clients (fixed replicas). */
  readonly laws: readonly LawResult[];
  readonly speedups: readonly SpeedupSeries[];
  readonly capacities: readonly CapacityResult[];
  readonly knees: readonly KneeResult[];
  /** The two straight bounds of throughput against clients, for the figure. */
  readonly asymptotes: readonly Asymptotes[];
  /** Two systems of the same study, cell by cell; empty with one system. */
  readonly comparisons: readonly Comparison[];
  /** Trials planned and not on disk, by cell and round. */
  readonly missingTrials: readonly { readonly cell: string; readonly round: number }[];
  /** The latest one of the machine when the study began; null where there was none. */
  readonly selftest: SelftestResult | null;
}

/** What was used to judge, so that a reader can repeat it. Thresholds by their names. */
export interface Method {
  readonly percentile: 'nearest-rank';
  readonly throughputInterval: string;
  readonly percentileInterval: string;
  readonly thresholds: Readonly<Record<string, number>>;
}

export interface Totals {
  readonly cellsPlanned: number;
  readonly cellsMeasured: number;
  readonly trialsPlanned: number;
  readonly trialsMeasured: number;
  readonly requests: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly ledger: Readonly<Record<LedgerState, number>>;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Of the trials whose ledger could be checked; null where there is none such. */
  readonly ledgerCloses: boolean | null;
  readonly statusCodes?: StatusCodes;
}

/** The best and the worst that the study saw, each with its cell; null where no valid cell gives one. */
export interface Summary {
  readonly throughputMax: { readonly cell: string; readonly value: number } | null;
  readonly p95UsMin: { readonly cell: string; readonly value: number } | null;
  readonly p95UsMax: { readonly cell: string; readonly value: number } | null;
}

/** `low` or `high` is null where it is unbounded. `method` says how it was made. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  readonly method: string;
}

/** A number over rounds. `n` counts deployments, the unit of replication; with n = 1 there is no interval. */
export interface Estimate {
  readonly value: number;
  readonly n: number;
  readonly ci95: Interval | null;
}

/**
 * Of all answered requests of the trial. Percentiles rank timeouts behind all answers, and are null where they lie among
 * these (then the percentile is at least the timeout), or where the number of requests does not allow them.
 */
export interface LatencySummary {
  readonly n: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number | null;
  readonly max: number;
  readonly standardDeviation: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
}

/** Points of the latency spectrum: share of requests at or below `us`. */
export interface QuantilePoint {
  readonly share: number;
  readonly us: number;
}

/** An audit exists where the catalogue has words for it; the results name audits in this order. */
export type AuditName = keyof typeof sentences.report.audits;
export const auditNames = Object.keys(sentences.report.audits) as readonly AuditName[];

/** `value` against `limit` in `unit`. `not-assessable` says so when the rows cannot tell, and never lowers a verdict. */
export interface AuditResult {
  readonly audit: AuditName;
  readonly status: 'pass' | 'warn' | 'fail' | 'not-assessable' | 'info';
  /** Key of the sentence that says what was found, with its places; both languages are in the report's words. */
  readonly finding: string;
  readonly values: Readonly<Record<string, number | string>>;
}

/**
 * What limits a trial or a cell: its clients, the processors of a machine that was full, or the servers (more clients
 * gain nothing); in transition, more clients give more.
 */
export const regimes = ['client-limited', 'machine-limited', 'transition', 'saturated', 'unknown'] as const;
export type Regime = (typeof regimes)[number];

/** A machine while a trial lasted. Shares are of the time of all its cores; null is not known. */
export interface MachineUse {
  /** As replicas and agents name it; null is the lab's own machine. */
  readonly node: string | null;
  readonly cores: number;
  /** Replicas on it. */
  readonly servers: number;
  /** In which all clients were active; of a burst, from the first send to the last answer. */
  readonly windowUs: number;
  /** Ours, others' and stolen, between the looks at the window's edges. */
  readonly busyShare: number | null;
  /** In the window itself it was between these two, which lie far apart where the window is short. */
  readonly busyShareMin: number | null;
  readonly busyShareMax: number | null;
  /** Servers, agents and the lab itself. */
  readonly oursShare: number | null;
  /** Over `othersSpanUs`: the trial, or where that is short also up to a second before and until the rows were read. */
  readonly othersShare: number | null;
  readonly othersSpanUs: number;
  /** In up to a second before the start. */
  readonly othersBeforeShare: number | null;
  readonly stolenShare: number | null;
  /** Of the time in which servers and agents were ready to run: that in which no processor was free. */
  readonly waitedShare: number | null;
  /** Of the trial's time: that in which some ready task of the machine waited (PSI). */
  readonly pressureShare: number | null;
}

export interface TrialResult {
  readonly cell: string;
  readonly round: number;
  readonly planIndex: number;
  readonly actualIndex: number;
  readonly block: string;
  readonly startAtUs: number;
  readonly verdict: Verdict;
  readonly audits: readonly AuditResult[];
  /** A burst is too short for the laws of steady state; only its makespan means something. */
  readonly kind: 'steady' | 'burst';
  readonly counts: TrialCounts;
  /** Of all answers, also those that count as failures. */
  readonly statusCodes?: StatusCodes;
  /** All clients active: latest first send to earliest last answer; null for a burst without one. */
  readonly window: { readonly fromUs: number; readonly toUs: number; readonly answered: number } | null;
  readonly throughputWindow: number | null;
  /** Answered / (last done − first send). */
  readonly throughputMakespan: number | null;
  readonly latencyUs: LatencySummary | null;
  /** Of the answered requests; empty where there are none. Cut where fewer than ten requests lie beyond. */
  readonly spectrum: readonly QuantilePoint[];
  /** done − sent, where a schedule makes latency count from the intended instant. */
  readonly serviceTimeUs: LatencySummary | null;
  readonly replicas: readonly { readonly name: string; readonly requests: number; readonly busyUs: number }[];
  readonly balance: { readonly jain: number; readonly maxOverMean: number } | null;
  readonly regime: Regime;
  readonly startSkewUsMax: number | null;
  readonly agents: readonly AgentRecord[];
  readonly incidents: readonly Incident[];
  readonly cpu: {
    readonly serverShareMax: number | null;
    readonly agentShareMax: number | null;
    /** Of all cores of the machine; null on a cluster. */
    readonly machineShare: number | null;
  };
  /** Those that carried replicas or agents; empty where they told nothing of themselves. */
  readonly machines?: readonly MachineUse[];
  readonly arrivals: {
    readonly ratePerSecond: number;
    readonly interarrivalCv: number;
    readonly sendLagUsP99: number;
    readonly sendLagUsMax: number;
  } | null;
  /** Throughput and latency in slices of the trial, for figures over time. */
  readonly timeline: readonly {
    readonly atUs: number;
    readonly answered: number;
    readonly p50Us: number | null;
    readonly p95Us: number | null;
  }[];
}

export interface CellResult {
  readonly cell: Cell;
  /** The worst of its trials. */
  readonly verdict: Verdict;
  readonly kind: 'steady' | 'burst';
  readonly regime: Regime;
  readonly rounds: number;
  readonly counts: TrialCounts;
  readonly statusCodes?: StatusCodes;
  /** Median over rounds of the window's throughput (steady) or of the makespan's (burst). */
  readonly throughput: Estimate | null;
  /** The same with the trials that `exclusions` leaves out, so that a reader sees what leaving them out did. */
  readonly throughputWithExcluded?: Estimate | null;
  /** Rounds whose throughput lies far from the median (in median absolute deviations). Flagged, and never left out. */
  readonly outlyingRounds?: readonly number[];
  readonly throughputWindow: Estimate | null;
  readonly throughputMakespan: Estimate | null;
  /** Run-level percentiles: median over rounds, in which one among a round's timeouts ranks above all; null where the median does. */
  readonly p50Us: Estimate | null;
  readonly p90Us: Estimate | null;
  readonly p95Us: Estimate | null;
  readonly p99Us: Estimate | null;
  /** Those of them that are null because they lie among the timeouts: at least the cell's `timeoutUs`. */
  readonly percentilesAtTimeout?: readonly ('p50' | 'p90' | 'p95' | 'p99')[];
  /** All requests of all rounds together. */
  readonly pooledLatencyUs: LatencySummary | null;
  readonly spectrum: readonly QuantilePoint[];
  readonly requestsPerReplica: { readonly min: number; readonly mean: number; readonly max: number } | null;
  readonly jain: Estimate | null;
  readonly failureShare: Estimate | null;
  /** One for each of the experiment's service levels, in their order. */
  readonly sloVerdicts?: readonly SloVerdict[];
}

/** `laws` with the reason `laws.client-limited` or `laws.machine-limited` is of laws over replicas only; else of all. */
export interface Exclusion {
  readonly cell: string;
  readonly round: number;
  readonly from: 'laws' | 'pooling';
  readonly reason: string;
}

export interface ParameterEstimate {
  readonly estimate: number;
  readonly stderr: number | null;
  readonly ci95: readonly [number, number] | null;
  /** A limit that the profile does not reach is null. */
  readonly profileCi95: readonly [number | null, number | null] | null;
}

/** A fitted law; the parameters that it has, by name. `converged` is honest: false means "do not use". */
export interface FittedModel {
  readonly alpha?: ParameterEstimate;
  readonly beta?: ParameterEstimate;
  readonly gamma?: ParameterEstimate;
  readonly rss: number;
  readonly df: number;
  readonly residualStandardError: number | null;
  readonly aic: number | null;
  readonly aicc: number | null;
  readonly converged: boolean;
}

export interface LackOfFit {
  readonly f: number;
  readonly df: readonly [number, number];
  readonly p: number;
}

export interface Peak {
  readonly n: number | null;
  readonly x: number | null;
  readonly stderrN: number | null;
  readonly stderrX: number | null;
  readonly status: 'inside' | 'extrapolated' | 'none';
}

/** What `escala fit --json` prints, and what a study's laws hold. */
export interface FitResult {
  readonly scale: 'log' | 'linear';
  readonly rows: number;
  readonly levels: number;
  readonly models: {
    readonly linear: FittedModel | null;
    readonly amdahl: FittedModel | null;
    readonly usl: FittedModel | null;
  };
  /** The law that the data leave; `undecided` where they leave more than one open, `none` where they leave none. */
  readonly chosen: 'linear' | 'amdahl' | 'usl' | 'none' | 'undecided';
  /** A sentence in English. `reasonCode` and `reasonValues` let the report say it in the reader's language. */
  readonly reason: string;
  readonly reasonCode: string;
  readonly reasonValues: Readonly<Record<string, number | string>>;
  /** What must be said beside the choice (superlinear, extrapolated, …), by the names in fit-reasons.ts. */
  readonly remarks?: readonly {
    readonly code: string;
    readonly values: Readonly<Record<string, number | string>>;
  }[];
  /** What the data allow, whatever law they follow; null with one level, absent from older results. */
  readonly growth?: Growth | null;
  readonly lackOfFit: LackOfFit | null;
  readonly peak: Peak;
  /** Never chosen; a remark says where it describes the data better. Null with too few levels, or very many. */
  readonly hardCap?: HardCap | null;
  /** The claimed law without each level in turn: on which level the answer hangs. Empty with too few levels, or very many. */
  readonly influence?: readonly LevelInfluence[];
}

/** X(nMax)/X(nMin): what was measured, and the 95 % profile limits by the law that is claimed or left open. */
export interface Growth {
  readonly nMin: number;
  readonly nMax: number;
  /** nMax/nMin. */
  readonly ideal: number;
  /** The ratio of the level means; null where the first is 0. */
  readonly measured: number | null;
  readonly ci95: readonly [number, number] | null;
}

/** X = min(γN, C), and the N at which the two meet. */
export interface HardCap {
  readonly gamma: number;
  readonly capacity: number;
  readonly n: number;
  readonly rss: number;
  readonly aicc: number | null;
}

/** The parameters that the chosen law would have without the level n; `peakN` is null where there is no peak then. */
export interface LevelInfluence {
  readonly n: number;
  readonly alpha?: number;
  readonly beta?: number;
  readonly gamma: number;
  readonly peakN: number | null;
}

/**
 * The factors of a curve beside its system, its messages and what varies along it. Two curves that differ in nothing
 * else are two results.
 */
export interface CurveFactors extends ClusterLevels {
  readonly payloadBytes: number;
  readonly thinkTimeUs: number;
  readonly keepAlive: boolean;
}

export interface LawResult {
  readonly system: string;
  /** What N is. */
  readonly over: 'replicas' | 'clients';
  /** Which cells: `clients-per-replica`, `saturation`, `clients` or `replicas`, with the value that is held. */
  readonly held: {
    readonly what: 'clients-per-replica' | 'saturation' | 'clients' | 'replicas';
    readonly value: number | null;
  };
  readonly messages: number;
  readonly factors?: CurveFactors;
  readonly points: readonly {
    readonly n: number;
    readonly x: number;
    readonly cell: string;
    readonly round: number;
  }[];
  /**
   * Levels that were measured and are in no point, with the growth to them from the smallest N that is in one, and what
   * limited them: a law up to 4 says nothing of 8.
   */
  readonly leftOut?: readonly {
    readonly n: number;
    readonly growth: number;
    readonly ideal: number;
    readonly why: Regime | 'invalid';
  }[];
  /** At a constant number of clients: clients / (base latency + think time), in requests/s, which nothing passes. */
  readonly bound?: number | null;
  readonly fit: FitResult | null;
  /** The same with the deployments that `exclusions` leaves out; null where none is, or these are too few levels, too. */
  readonly fitWithExcluded?: FitResult | null;
  /** Why there is no fit. */
  readonly problem: string | null;
  /**
   * The claimed law and its 95 % confidence band at levels of N, for the figure; where it is undecided that of the law
   * that is left open, of which only the band is drawn.
   */
  readonly curve: readonly {
    readonly n: number;
    readonly x: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly residuals: readonly { readonly n: number; readonly order: number; readonly residual: number }[];
  /** Outline of the joint 95 % region of alpha and beta, a closed polygon; empty where no USL was fitted. */
  readonly jointRegion: readonly { readonly alpha: number; readonly beta: number }[];
}

export interface SpeedupSeries {
  readonly system: string;
  readonly messages: number;
  readonly factors?: CurveFactors;
  readonly clients: number;
  readonly baseReplicas: number;
  readonly points: readonly {
    readonly replicas: number;
    readonly speedup: Estimate;
    readonly efficiency: Estimate;
    readonly karpFlatt: number | null;
    readonly clientLimited: boolean;
    /** Processors were full in all its rounds that count; absent in older results. */
    readonly machineLimited?: boolean;
  }[];
}

/** Met, violated, or not to be told from these rounds. */
export type SloVerdict = 'met' | 'violated' | 'undecided' | 'not-assessable';

export interface CapacityResult {
  readonly system: string;
  readonly messages: number;
  readonly factors?: CurveFactors;
  readonly slo: Slo;
  readonly decisions: readonly {
    readonly replicas: number;
    readonly clients: number;
    readonly verdict: SloVerdict;
  }[];
  /** Most clients for which this and all smaller loads are met; `censored`: even the largest load is met. */
  readonly capacity: readonly {
    readonly replicas: number;
    readonly strict: number | null;
    readonly theodolite: number | null;
    readonly censored: boolean;
    readonly interpolated: Estimate | null;
  }[];
  /** Fewest replicas that meet the load; null where none does. */
  readonly demand: readonly {
    readonly clients: number;
    readonly replicas: number | null;
    readonly censored: boolean;
  }[];
}

/** Throughput cannot exceed clients / (base latency + think time), nor what the replicas give at most. */
export interface Asymptotes {
  readonly system: string;
  readonly messages: number;
  readonly factors?: CurveFactors;
  readonly replicas: number;
  /** Mean latency at the lightest load, µs. */
  readonly baseLatencyUs: number;
  readonly thinkTimeUs: number;
  /** Replicas × the best rate of one replica that the study saw, requests/s. */
  readonly throughputMax: number;
}

export interface KneeResult {
  readonly system: string;
  readonly messages: number;
  readonly factors?: CurveFactors;
  readonly replicas: number;
  readonly definition: 'power' | 'asymptotic' | 'kneedle';
  readonly clients: number | null;
  /** `power`: between the smallest and the largest load; `asymptotic`: at one of them, too. */
  readonly insideData: boolean;
}

export interface Comparison {
  readonly a: string;
  readonly b: string;
  /** `session`: median time of a client's whole session, µs, all that files in the older form have. */
  readonly metric: 'throughput' | 'p95' | 'session';
  readonly margin: number;
  readonly cells: readonly ComparedCell[];
  /** Geometric mean of the ratios of `cells` cells: those with repetitions on both sides, or all where none has them. */
  readonly overall: (Estimate & { readonly cells: number }) | null;
}

/** One line of `escala compare --json`: ratio b/a. */
export interface ComparedCell {
  readonly replicas: number;
  readonly clients: number;
  readonly messages: number;
  readonly factors: Readonly<Record<string, string | number | boolean>>;
  readonly a: number | null;
  readonly b: number | null;
  readonly roundsA: number;
  readonly roundsB: number;
  readonly ratio: number | null;
  readonly ci95: readonly [number, number] | null;
  /** Rounds whose p95 lies among the timeouts, where there are any: then there is no ratio, and ranks are compared. */
  readonly amongTimeouts?: { readonly a: number; readonly b: number };
  /** Rounds in which no request was answered, where there are any: a throughput of 0 has no ratio, and ranks are compared. */
  readonly unanswered?: { readonly a: number; readonly b: number };
  /** Rounds left out because too many of their requests failed, where there are any. */
  readonly failing?: { readonly a: number; readonly b: number };
  readonly p: number | null;
  readonly q: number | null;
  readonly verdict: 'faster' | 'slower' | 'equivalent' | 'inconclusive';
  /** Rounds on each side, more than there are, that would settle an inconclusive cell; null where it cannot be said. */
  readonly roundsNeeded: number | null;
}
