import { z } from 'zod';
import { ledgerStates, outcomes } from '../protocol/columns.ts';
import { estimate, latency } from './estimates.ts';
import { cell, experiment } from './experiment.ts';
import { answer, asymptotes, capacity, comparison, knee, limit, queue, sloVerdict } from './judgements.ts';
import { law, speedup } from './laws.ts';
import { environment, selftest } from './manifest.ts';
import { auditNames, regimes, resultsVersion, verdicts } from './names.ts';
import {
  count,
  each,
  flag,
  jsonSchemaOf,
  later,
  maybe,
  number,
  type Read,
  text,
  valuesByName,
} from './shape.ts';
import { agent, counts, incident } from './trial-record.ts';

const verdict = z.enum(verdicts);
const kind = z.enum(['steady', 'burst']);
const regime = z.enum(regimes);
const place = { cell: text, round: count };

/** How many answers had which HTTP status, such as `{"201": 1180, "503": 20}`. */
export const statusCodes = z.record(text, count).meta({ id: 'statusCodes' });
export type StatusCodes = Read<typeof statusCodes>;

/** Points of the latency spectrum: share of requests at or below `us`. Cut where fewer than ten requests lie beyond. */
const spectrum = z.array(z.object({ share: number, us: number }));
export type QuantilePoint = Read<typeof spectrum>[number];

/** `value` against `limit` in `unit`. `not-assessable` says so when the rows cannot tell, and never lowers a verdict. */
const audit = z
  .object({
    audit: z.enum(auditNames),
    status: z.enum(['pass', 'warn', 'fail', 'not-assessable', 'info']),
    /** Key of the sentence that says what was found, with its places; both languages are in the report's words. */
    finding: text,
    values: valuesByName,
  })
  .meta({ id: 'audit' });
export type AuditResult = Read<typeof audit>;

/** A machine while a trial lasted. Shares are of the time of all its cores; null is not known. */
const machine = z
  .object({
    /** As replicas and agents name it; null is the lab's own machine. */
    node: text.nullable(),
    cores: count,
    /** Replicas on it. */
    servers: count,
    /** In which all clients were active; of a burst, from the first send to the last answer. */
    windowUs: count,
    /** Ours, others' and stolen, between the looks at the window's edges. */
    busyShare: maybe,
    /** In the window itself it was between these two, which lie far apart where the window is short. */
    busyShareMin: maybe,
    busyShareMax: maybe,
    /** Servers, agents and the lab itself. */
    oursShare: maybe,
    /** The lab's part of it. */
    labShare: later(maybe),
    /** Over `othersSpanUs`: the trial, or where that is short also up to a second before and until the rows were read. */
    othersShare: maybe,
    othersSpanUs: count,
    /** In up to a second before the start. */
    othersBeforeShare: maybe,
    stolenShare: maybe,
    /** Of the time in which servers and agents were ready to run: that in which no processor was free. */
    waitedShare: maybe,
    /** Of the trial's time: that in which some ready task of the machine waited (PSI). */
    pressureShare: maybe,
  })
  .meta({ id: 'machine' });
export type MachineUse = Read<typeof machine>;

/** One kind of request in one trial; absent from trials whose system has no requests of its own. */
const trialKind = z.object({
  /** The name of the request. */
  request: text,
  requests: count,
  outcomes: each(outcomes),
  /** As its trial's: answered in the window, and from the first send to the last end. */
  throughputWindow: maybe,
  throughputMakespan: maybe,
  latencyUs: latency.nullable(),
});

const trial = z
  .object({
    ...place,
    planIndex: count,
    actualIndex: count,
    block: text,
    startAtUs: count,
    verdict,
    audits: z.array(audit),
    /** A burst is too short for the laws of steady state; only its makespan means something. */
    kind,
    counts,
    /** Of all answers, also those that count as failures. */
    statusCodes: later(statusCodes),
    /** By kind of request, in the order of their names. */
    kinds: z.array(trialKind).exactOptional(),
    /** All clients active: latest first send to earliest last answer; null for a burst without one. */
    window: z.object({ fromUs: count, toUs: count, answered: count }).nullable(),
    throughputWindow: maybe,
    /** Answered / (last done − first send). */
    throughputMakespan: maybe,
    latencyUs: latency.nullable(),
    /** Of the answered requests; empty where there are none. */
    spectrum,
    /** done − sent, where a schedule makes latency count from the intended instant. */
    serviceTimeUs: latency.nullable(),
    replicas: z.array(z.object({ name: text, requests: count, busyUs: count })),
    balance: z.object({ jain: number, maxOverMean: number }).nullable(),
    regime,
    startSkewUsMax: maybe,
    agents: z.array(agent),
    incidents: z.array(incident),
    cpu: z.object({
      serverShareMax: maybe,
      agentShareMax: maybe,
      /** Of all cores of the machine; null on a cluster. */
      machineShare: maybe,
      /** Cores that all servers, and all agents, kept busy. */
      serverCores: later(maybe),
      agentCores: later(maybe),
    }),
    /** Those that carried replicas or agents; empty where they told nothing of themselves. */
    machines: later(z.array(machine)),
    arrivals: z
      .object({ ratePerSecond: number, interarrivalCv: number, sendLagUsP99: number, sendLagUsMax: number })
      .nullable(),
    /** Throughput and latency in slices of the trial, for figures over time. */
    timeline: z.array(z.object({ atUs: count, answered: count, p50Us: maybe, p95Us: maybe })),
  })
  .meta({ id: 'trial' });
export type TrialResult = Read<typeof trial>;

/** One kind of request in one cell, each number made as that of all requests of the cell. */
const cellKind = z
  .object({
    request: text,
    requests: count,
    outcomes: each(outcomes),
    throughput: estimate.nullable(),
    p50Us: estimate.nullable(),
    p95Us: estimate.nullable(),
    p99Us: estimate.nullable(),
    percentilesAtTimeout: z.array(z.enum(['p50', 'p90', 'p95', 'p99'])),
    failureShare: estimate.nullable(),
    /** One for each of the experiment's service levels, in their order. */
    sloVerdicts: z.array(sloVerdict),
  })
  .meta({ id: 'cellKind' });
export type CellKind = Read<typeof cellKind>;

const cellResult = z
  .object({
    cell,
    /** The worst of its trials. */
    verdict,
    kind,
    regime,
    /** What keeps its throughput from growing: the one limit that most of its trials met. */
    limit: later(limit),
    rounds: count,
    counts,
    statusCodes: later(statusCodes),
    /** Median over rounds of the window's throughput (steady) or of the makespan's (burst). */
    throughput: estimate.nullable(),
    /** The same with the trials that `exclusions` leaves out, so that a reader sees what leaving them out did. */
    throughputWithExcluded: later(estimate.nullable()),
    /** Rounds whose throughput lies far from the median (in median absolute deviations). Flagged, and never left out. */
    outlyingRounds: later(z.array(count)),
    throughputWindow: estimate.nullable(),
    throughputMakespan: estimate.nullable(),
    /** Run-level percentiles: median over rounds, in which one among a round's timeouts ranks above all; null where the median does. */
    p50Us: estimate.nullable(),
    p90Us: estimate.nullable(),
    p95Us: estimate.nullable(),
    p99Us: estimate.nullable(),
    /** Those of them that are null because they lie among the timeouts: at least the cell's `timeoutUs`. */
    percentilesAtTimeout: later(z.array(z.enum(['p50', 'p90', 'p95', 'p99']))),
    /** Mean latency of each round's answers: median over rounds. */
    meanUs: later(estimate.nullable()),
    /**
     * Little's law: requests in flight over the window, and throughput × mean residence there. Medians over rounds; null
     * where no round is steady.
     */
    littlesLaw: later(z.object({ inFlight: estimate, rateTimesResidence: estimate }).nullable()),
    /** All requests of all rounds together. */
    pooledLatencyUs: latency.nullable(),
    spectrum,
    requestsPerReplica: z.object({ min: number, mean: number, max: number }).nullable(),
    /** Cores of all machines that carried replicas or agents, and how many were busy with what: means over rounds. */
    processors: later(
      z.object({ cores: number, servers: number, agents: number, others: number }).nullable(),
    ),
    jain: estimate.nullable(),
    failureShare: estimate.nullable(),
    /** One for each of the experiment's service levels, in their order. */
    sloVerdicts: later(z.array(sloVerdict)),
    /** By kind of request, in the order of their names; absent where the system has no requests of its own. */
    kinds: z.array(cellKind).exactOptional(),
  })
  .meta({ id: 'cell' });
export type CellResult = Read<typeof cellResult>;

/** `laws` with the reason `laws.client-limited` or `laws.machine-limited` is of laws over replicas only; else of all. */
const exclusion = z.object({ ...place, from: z.enum(['laws', 'pooling']), reason: text });
export type Exclusion = Read<typeof exclusion>;

/** What was used to judge, so that a reader can repeat it. Thresholds by their names. */
const method = z.object({
  percentile: z.literal('nearest-rank'),
  throughputInterval: text,
  percentileInterval: text,
  thresholds: z.record(text, number),
});

const totals = z.object({
  cellsPlanned: count,
  cellsMeasured: count,
  trialsPlanned: count,
  trialsMeasured: count,
  requests: count,
  outcomes: each(outcomes),
  ledger: each(ledgerStates),
  /** Of the trials. */
  verdicts: each(verdicts),
  /** Of the trials whose ledger could be checked; null where there is none such. */
  ledgerCloses: flag.nullable(),
  statusCodes: later(statusCodes),
});
export type Totals = Read<typeof totals>;

const extreme = z.object({ cell: text, value: number }).nullable();
/** The best and the worst that the study saw, each with its cell; null where no valid cell gives one. */
const summary = z.object({ throughputMax: extreme, p95UsMin: extreme, p95UsMax: extreme });
export type Summary = Read<typeof summary>;

/**
 * results.json: everything that the report shows; the report computes nothing. It holds no time of its own making, so
 * that `verify` can compute it again from the raw rows and compare exactly. A number that cannot be estimated is null,
 * never zero. Throughput in requests/s, times in µs, intervals two-sided 95 % unless `level` says otherwise.
 */
export const results = z.object({
  schema: z.literal('escala/results'),
  version: z.literal(resultsVersion),
  run: text,
  target: text,
  startedAtUs: count,
  endedAtUs: count,
  experiment,
  environment,
  method,
  totals,
  summary,
  answer: later(answer),
  /** One a cell, pooled over its rounds, in the order of the factors. */
  cells: z.array(cellResult),
  /** One a cell and round, in planned order. */
  trials: z.array(trial),
  /** Trials that a fit or a pooled number leaves out, and why. */
  exclusions: z.array(exclusion),
  /** Throughput against replicas (constant clients per replica; saturation) and against clients (fixed replicas). */
  laws: z.array(law),
  speedups: z.array(speedup),
  capacities: z.array(capacity),
  knees: z.array(knee),
  /** The two straight bounds of throughput against clients, for the figure. */
  asymptotes: z.array(asymptotes),
  /** Empty where the service is not simulated, or not as theory has it: Poisson arrivals, one request at a time. */
  queues: later(z.array(queue)),
  /** Two systems of the same study, cell by cell; empty with one system. */
  comparisons: z.array(comparison),
  /** Trials planned and not on disk, by cell and round. */
  missingTrials: z.array(z.object(place)),
  /**
   * Systems that took requests, and from one instant on answered nothing but 401, or 403: `afterUs` into this trial.
   * Absent where there is none.
   */
  expiries: z
    .array(z.object({ system: text, status: count, ...place, afterUs: count, answers: count }))
    .exactOptional(),
  /** The latest one of the machine when the study began; null where there was none. */
  selftest: selftest.nullable(),
});
export type Results = Read<typeof results>;

/** The JSON Schema of results.json. */
export function resultsJsonSchema(): object {
  return jsonSchemaOf('results.json of Escala', results);
}
