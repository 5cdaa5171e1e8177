import type { AuditName } from '@escala/model';
import type { thresholds } from '../../packages/analysis/src/thresholds.ts';

interface AuditNotes {
  readonly asks: string;
  readonly worst: 'INVALID' | 'SUSPECT' | 'VALID';
}

/** What each audit asks; the compiler refuses a missing one. */
export const auditNotes: Readonly<Record<AuditName, AuditNotes>> = {
  conservation: {
    asks: 'Are the rows on disk those that were counted when the trial was joined?',
    worst: 'INVALID',
  },
  'planned-work': {
    asks: 'Has every planned request a row, and every client its number of messages?',
    worst: 'INVALID',
  },
  ledger: {
    asks: "Do the clients' rows and the servers' ledgers agree, request by request?",
    worst: 'INVALID',
  },
  failures: {
    asks: 'How many requests were not answered with a 2xx, and what became of them? More than the limit are allowed where a service level of the experiment says so; where something is broken on purpose, the trial is SUSPECT at worst, unless nothing was answered.',
    worst: 'INVALID',
  },
  'littles-law': {
    asks: 'L = X·R: do the recorded latencies sum to the area under the number in flight, and does the window hold a steady state?',
    worst: 'INVALID',
  },
  'interactive-law': {
    asks: 'X = c / (R + Z): do throughput and latency imply as many clients as there were?',
    worst: 'INVALID',
  },
  'client-residual': {
    asks: 'ρ = 1 − X·(R + Z) / c: for what share of their time did clients neither wait nor think?',
    worst: 'INVALID',
  },
  'client-limits': {
    asks: 'Did the load generator keep up: processor, event loop, disk, its own schedule, its ceiling?',
    worst: 'SUSPECT',
  },
  utilisation: {
    asks: 'Did any replica serve for longer than there was time?',
    worst: 'INVALID',
  },
  'forced-flow': {
    asks: 'Do the answers of the replicas add up to what the clients were answered?',
    worst: 'INVALID',
  },
  containment: {
    asks: 'Did every client wait at least as long as the server worked on its request?',
    worst: 'INVALID',
  },
  bounds: {
    asks: 'Where the service is simulated: is the throughput one that it can give?',
    worst: 'SUSPECT',
  },
  backlog: {
    asks: 'Open loop: did the number in flight only grow, so that percentiles say how long the trial was?',
    worst: 'SUSPECT',
  },
  balance: {
    asks: 'How evenly did the replicas get the requests? A named cause, printed beside the throughput.',
    worst: 'VALID',
  },
  'start-skew': {
    asks: 'Did all agents begin together?',
    worst: 'SUSPECT',
  },
  clocks: {
    asks: 'Is every duration positive, and can the clocks of both sides agree?',
    worst: 'INVALID',
  },
  'warm-up': {
    asks: 'Where would MSER-5 cut the beginning? Reported, never assumed.',
    worst: 'VALID',
  },
  platform: {
    asks: 'Did the platform or the lab see anything go wrong: ends, restarts, evictions, throttling?',
    worst: 'SUSPECT',
  },
  machine: {
    asks: 'Were processors left, or was it so many servers on so few of them?',
    worst: 'SUSPECT',
  },
  neighbours: {
    asks: 'Did other programs, or other virtual machines on the same hardware, take processors from the trial?',
    worst: 'SUSPECT',
  },
};

/** What each limit is, with its unit. */
export const thresholdNotes: Readonly<Record<keyof typeof thresholds, string>> = {
  windowRequestsPerClientMin: 'answers per client in the window that make a steady state; below, a burst',
  windowRequestsOpenMin: 'answers in the window that make a steady state in an open loop',
  failureShareWarn: 'share of the requests that failed, above which SUSPECT',
  failureShareFail: 'the same, above which INVALID; or the largest that a service level (slo) allows',
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
  machineEdgeUs: 'µs by which start skew, timers and samples may miss the edges of a trial',
  machineSeenMin: 'share of a trial that must lie between two samples, else the machine was not seen',
  machineSpanUsMin: 'µs between samples from which others are counted in the trial alone, and not around it',
  serviceShareWarn:
    'share of a trial on a full machine that the busiest server spends in a simulated wait, below which SUSPECT',
  serviceShareLimits: 'the same, below which the cell is limited by the machine and in no law over replicas',
  neighboursShare: 'share of the processors that other programs may take, or that may be stolen',
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
