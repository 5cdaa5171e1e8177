import { lateness } from '@escala/model';

/**
 * The fewest requests that give a percentile a finite two-sided 95 % interval by order statistics. A percentile of
 * fewer is not printed.
 */
export const requestsMin = { p90: 36, p95: 72, p99: 368, p999: 3_688 } as const;

/** Slices of a trial for figures over time. */
export const timelineSlices = 40;

/** Every limit of the audits and of the judgements after them; results.json repeats them by these names. */
export const thresholds = {
  /** Answers per client (closed loop) or in all (open loop) inside the window of a steady trial. */
  windowRequestsPerClientMin: 20,
  windowRequestsOpenMin: 200,
  failureShareWarn: 0.01,
  failureShareFail: 0.05,
  expiryAnswersMin: 10,
  expirySkewUsMax: 10_000,
  bookkeepingErrorMax: 1e-9,
  littleDifferenceWarn: 0.1,
  interactiveLow: 0.95,
  interactiveFail: 0.85,
  interactiveHigh: 1.01,
  residualWarn: 0.05,
  residualFail: 0.15,
  sendLagUsP99: lateness.sendLagUsP99,
  eventLoopDelayUsP99: lateness.eventLoopDelayUsP99,
  delayOfLatency: lateness.ofLatency,
  agentCpuShare: 0.8,
  shareOfCeiling: 0.7,
  utilisationMax: 1.02,
  utilisationExcessUs: 1_000,
  containmentShareMax: 0.001,
  boundsTolerance: 1.05,
  backlogGrowthOfArrivals: 0.02,
  jainBalanced: 0.95,
  idleReplicaChance: 0.05,
  startSkewUsMin: 20_000,
  startSkewOfMakespan: 0.05,
  clockSkewUs: 5_000,
  throttledUsMax: 0,
  machineFull: 0.95,
  machinePerhapsFull: 0.8,
  machineEdgeUs: 1_000,
  machineSeenMin: 0.8,
  machineSpanUsMin: 1_000_000,
  serviceShareWarn: 0.5,
  serviceShareLimits: 0.9,
  serviceBusy: 0.85,
  processorBusy: 0.9,
  processorOne: 1.1,
  rateAnswered: 0.95,
  flatReplicasRatio: 1.3,
  efficiencyGood: 0.9,
  neighboursShare: 0.1,
  neighboursPlatformCores: 0.4,
  neighboursSpanUsMin: 200_000,
  clientLimitedOfBound: 0.9,
  saturationGain: 0.05,
  comparisonMargin: 0.03,
  falseDiscoveryRate: 0.05,
  requestsMinP90: requestsMin.p90,
  requestsMinP95: requestsMin.p95,
  requestsMinP99: requestsMin.p99,
  requestsMinP999: requestsMin.p999,
} as const;
