import {
  type Cell,
  createRandom,
  type Experiment,
  type MachineUse,
  type Random,
  type Results,
} from '@escala/model';
import { studyResults } from '../src/study-results.ts';
import type { TrialFacts } from '../src/trial-facts.ts';
import { simulatedExperiment } from './oracle/simulated-experiment.ts';
import { healthyAgent, simulatedManifest, simulatedRecord } from './oracle/simulated-run.ts';

/** A study whose true throughputs are known: multiplicative noise between deployments, nothing else. */
export interface KnownStudy {
  readonly seed: string;
  readonly cells: readonly Cell[];
  readonly rounds: number;
  /** Standard deviation of the logarithm between deployments. */
  readonly noise: number;
  readonly truth: (cell: Cell) => number;
  readonly experiment?: Partial<Experiment>;
  /** What else is true of the trials of a cell. */
  readonly facts?: (cell: Cell, facts: TrialFacts) => Partial<TrialFacts>;
}

const startUs = 1_795_000_000_000_000;
const windowUs = 1_000_000_000;

/** The whole analysis above single trials, in memory: from facts to results. */
export function analyseKnownStudy(study: KnownStudy): Results {
  const random = createRandom(study.seed);
  const experiment = simulatedExperiment(study.cells, {
    rounds: study.rounds,
    service: { timeUs: 0, parallelism: 1, kind: 'wait' },
    ...study.experiment,
  });
  const trials = Array.from({ length: study.rounds }, (_, i) => i + 1).flatMap((round) =>
    study.cells.map((cell) => ({ cell, round, rows: [], planned: 0 })),
  );
  const facts = trials.map((trial, planIndex) => factsOf(trial, planIndex, study, random));
  const run = { folder: '', manifest: simulatedManifest(experiment, trials), trials: [], missing: [] };
  return studyResults(run, facts, new Map());
}

function factsOf(
  trial: Parameters<typeof simulatedRecord>[0],
  planIndex: number,
  { noise, truth, facts }: KnownStudy,
  random: Random,
): TrialFacts {
  const { cell } = trial;
  const answered = Math.round(((truth(cell) * windowUs) / 1e6) * Math.exp(noise * random.normal()));
  const record = simulatedRecord({ ...trial, agents: [healthyAgent] }, planIndex);
  const busyUs = cell.clients * windowUs;
  const plain: TrialFacts = {
    folder: '',
    record,
    counts: record.counts,
    statusCodes: {},
    statuses: [],
    kinds: [],
    clients: { seen: cell.clients, requestsMin: cell.messages, requestsMax: cell.messages },
    makespan: { firstSentUs: startUs, lastDoneUs: startUs + windowUs },
    window: {
      fromUs: startUs,
      toUs: startUs + windowUs,
      answered,
      ended: answered,
      neverSent: 0,
      residenceUs: busyUs,
      inFlightUs: busyUs,
    },
    bookkeeping: {
      latencySumUs: busyUs,
      timesSumUs: busyUs,
      latencyMismatches: 0,
      bothSides: 0,
      containmentViolations: 0,
      containmentExcessUsMax: 0,
      negativeDurations: 0,
    },
    latencyUs: null,
    spectrum: [],
    serviceTimeUs: null,
    replicas: [],
    arrivals: null,
    timeline: [],
    inFlight: [],
    cpu: { serverShareMax: null, agentShareMax: null, machineShare: null },
    machines: [],
    throttledUs: null,
    restarts: null,
  };
  return { ...plain, ...facts?.(cell, plain) };
}

/** A machine of two processors, of which the study used all that was busy. */
export const machineUse = (busyShare: number): MachineUse => ({
  node: null,
  cores: 2,
  servers: 4,
  windowUs: 1e9,
  ...{ busyShare, busyShareMin: busyShare, busyShareMax: busyShare, oursShare: busyShare },
  ...{ othersShare: 0, othersSpanUs: 1e9, othersBeforeShare: 0, stolenShare: 0 },
  ...{ waitedShare: null, pressureShare: null },
});
