import type { AuditName, Verdict } from '@escala/model';
import type { thresholds } from '../../packages/analysis/src/thresholds.ts';

/** The worst verdict that each audit gives; the compiler refuses a missing one. What an audit asks is in the catalogue. */
export const worstVerdicts: Readonly<Record<AuditName, Verdict>> = {
  conservation: 'INVALID',
  'planned-work': 'INVALID',
  ledger: 'INVALID',
  failures: 'INVALID',
  'littles-law': 'INVALID',
  'interactive-law': 'INVALID',
  'client-residual': 'INVALID',
  'client-limits': 'SUSPECT',
  utilisation: 'INVALID',
  'forced-flow': 'INVALID',
  containment: 'INVALID',
  bounds: 'SUSPECT',
  backlog: 'SUSPECT',
  balance: 'VALID',
  'start-skew': 'SUSPECT',
  clocks: 'INVALID',
  'warm-up': 'VALID',
  platform: 'SUSPECT',
  machine: 'SUSPECT',
  neighbours: 'SUSPECT',
};

/** What else decides, beside the findings and the limits. */
export const auditRemarks: Readonly<Partial<Record<AuditName, string>>> = {
  failures:
    'More than the limit are allowed where a service level of the experiment says so; where something is broken on purpose, the trial is SUSPECT at worst, unless nothing was answered.',
  'client-residual': 'It is ρ = 1 − X·(R + Z) / c.',
};

/** What each limit is, with its unit. */
export const thresholdNotes: Readonly<Record<keyof typeof thresholds, string>> = {
  windowRequestsPerClientMin: 'answers per client in the window that make a steady state; below, a burst',
  windowRequestsOpenMin: 'answers in the window that make a steady state in an open loop',
  failureShareWarn: 'share of the requests that failed, above which SUSPECT',
  failureShareFail: 'the same, above which INVALID; or the largest that a service level (slo) allows',
  expiryAnswersMin: 'answers of 401, or of 403, that make an expired token',
  expirySkewUsMax: 'how much later other requests may still be sent (µs): clocks differ',
  bookkeepingErrorMax: "relative error of Little's law as an identity",
  littleDifferenceWarn: "share by which Little's law may miss over the window",
  interactiveLow: 'share of the clients that the interactive law must explain, else SUSPECT',
  interactiveFail: 'the same, else INVALID',
  interactiveHigh: 'share above which it explains more clients than there are',
  residualWarn: "share of the clients' time spent on themselves, above which SUSPECT",
  residualFail: 'the same, above which INVALID',
  sendLagUsP99: 'µs that a request in a hundred may be sent late',
  eventLoopDelayUsP99: "µs that an agent's event loop may be late in one of a hundred turns",
  delayOfLatency:
    'or, of both, this share of the latency in question, whichever is more: the strictest service level (slo), without one the p95 of the trial',
  agentCpuShare: 'share of one processor above which an agent is at its limit',
  shareOfCeiling: 'share of the rate that the self-test found the client capable of',
  utilisationMax: 'share of the time that a replica can have served',
  utilisationExcessUs: 'µs more than that which the instants of a burst can seem to add',
  containmentShareMax: 'share of requests that may have taken the client less than the server',
  boundsTolerance: 'factor above the asymptotic bound',
  backlogGrowthOfArrivals: 'growth of the number in flight, as a share of all arrivals',
  jainBalanced: "Jain's index from which the replicas count as balanced",
  startSkewUsMin: 'µs that agents may begin apart',
  startSkewOfMakespan: 'or this share of the makespan, whichever is more',
  clockSkewUs: 'µs of proven clock offset',
  idleReplicaChance:
    'a replica without a request is a warning where chance leaves one so in a smaller share of trials',
  throttledUsMax: 'µs of throttling by a processor limit',
  machineFull: 'share of the processors that is busy or stolen, above which a machine is full',
  machinePerhapsFull:
    'the same share, above which a service that does its work on the processors is suspected where its window is too short to tell',
  machineEdgeUs:
    'µs by which start skew, timers and samples may miss the edges of a trial; on a cluster at least half of the call that looked',
  machineSeenMin: 'share of a trial that must lie between two samples, else the machine was not seen',
  machineSpanUsMin: 'µs between samples from which others are counted in the trial alone, and not around it',
  serviceShareWarn:
    'share of a trial on a full machine that the busiest server spends in a simulated wait, below which SUSPECT',
  serviceShareLimits: 'the same, below which the cell is limited by the machine and in no law over replicas',
  serviceBusy:
    'share of its time that a simulated service keeps a replica busy, from which it is the limit of the cell',
  processorBusy:
    'share of one processor that the busiest server used, from which a program of one thread is the limit',
  processorOne: 'the same, above which the server has more than one thread',
  rateAnswered: 'share of the offered rate that must be answered to keep up with it',
  flatReplicasRatio:
    'times as many replicas without more throughput, with nothing full, that name a shared resource',
  efficiencyGood: 'efficiency over replicas below which the first sentence says what limits it',
  neighboursShare: 'share of the processors that other programs may take, or that may be stolen',
  neighboursPlatformCores: 'processors that Kubernetes itself may take on a node besides',
  neighboursSpanUsMin: 'µs around a trial that samples must span to tell of other programs',
  clientLimitedOfBound:
    'share of c / (R₀ + Z) from which a cell is limited by its clients, unless it is at that share of the best rate of its replicas, too, and more clients gain nothing',
  saturationGain: 'gain of the next number of clients below which a cell is saturated',
  comparisonMargin: 'ratios closer to 1 than this are equivalent',
  falseDiscoveryRate: 'false discoveries allowed over all compared cells (Benjamini–Hochberg)',
  requestsMinP90: 'requests that p90 needs',
  requestsMinP95: 'requests that p95 needs',
  requestsMinP99: 'requests that p99 needs',
  requestsMinP999: 'requests that p99.9 needs',
};
