import {
  createRandom,
  type Environment,
  type Experiment,
  type Random,
  type Results,
  resultsVersion,
  type TrialResult,
} from '@escala/model';
import { answerOf } from '../../../analysis/src/answer/answer.ts';
import { plantedCell } from './planted-cells.ts';
import {
  plantedAsymptotes,
  plantedCapacities,
  plantedComparisons,
  plantedKnees,
  plantedSpeedups,
} from './planted-derived.ts';
import { plantedLaws } from './planted-laws.ts';
import { plantedTrial } from './planted-trials.ts';

export interface PlantedOptions {
  readonly systems?: readonly string[];
  readonly replicas?: readonly number[];
  readonly clients?: readonly number[];
  readonly messages?: readonly number[];
  readonly rounds?: number;
  readonly seed?: number;
  /** Every how many trials one is made SUSPECT, and every how many INVALID; 0 is never. */
  readonly suspectEvery?: number;
  readonly invalidEvery?: number;
}

export const foundingShape = {
  replicas: [2, 4, 6, 8, 10],
  clients: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
  messages: [1, 10, 100],
} as const;

const startedAtUs = Date.UTC(2026, 10, 20, 12) * 1000;
const trialUs = 2_000_000;

/**
 * Results as `analyze` would write them, of a study that never ran: made from a seed and a known law, for tests and
 * benchmarks of what draws them. No number in it was measured, and its run is called planted.
 */
export function plantedResults(options: PlantedOptions = {}): Results {
  const experiment = plantedExperiment(options);
  const random = createRandom(`planted/${experiment.seed}`);
  const trials = plantTrials(experiment, options, random);
  const cells = cellsOf(experiment).map((cell) =>
    plantedCell(
      cell,
      trials.filter((trial) => trial.cell === cell.key),
      random,
    ),
  );
  const laws = plantedLaws(experiment, cells, trials, random);
  const results: Results = {
    schema: 'escala/results',
    version: resultsVersion,
    run: '20261120T120000-planted',
    target: 'local',
    startedAtUs,
    endedAtUs: startedAtUs + trials.length * trialUs,
    experiment,
    environment: plantedEnvironment,
    method: {
      percentile: 'nearest-rank',
      throughputInterval: 't-log',
      percentileInterval: 't-log',
      thresholds: { clientResidualWarn: 0.05, clientResidualFail: 0.15, cpuShareMax: 0.8 },
    },
    totals: totalsOf(experiment, trials),
    summary: {
      throughputMax: extreme(cells, (cell) => cell.throughput?.value ?? null, 1),
      p95UsMin: extreme(cells, (cell) => cell.p95Us?.value ?? null, -1),
      p95UsMax: extreme(cells, (cell) => cell.p95Us?.value ?? null, 1),
    },
    cells,
    trials,
    exclusions: trials
      .filter((trial) => trial.verdict === 'INVALID')
      .map(({ cell, round }) => ({ cell, round, from: 'laws', reason: 'ledger.lost' })),
    laws,
    speedups: plantedSpeedups(experiment, cells),
    capacities: plantedCapacities(experiment, cells),
    knees: plantedKnees(experiment),
    asymptotes: plantedAsymptotes(experiment),
    comparisons: plantedComparisons(experiment, cells, random),
    missingTrials: [],
    selftest: {
      stall: {
        truthUs: { p50: 1000, p95: 90_000, p99: 98_000 },
        measuredUs: { p50: 1012, p95: 90_150, p99: 98_080 },
      },
      ceiling: { requestsPerSecond: 21_400 },
      timer: { finestIntervalUs: 1 },
      verdict: 'trustworthy',
    },
  };
  return { ...results, answer: answerOf(results) };
}

const plantedEnvironment: Environment = {
  escala: '0.1.0',
  node: '24.21.0',
  platform: 'linux',
  arch: 'x64',
  kernel: '6.1.0',
  cpuModel: 'Planted CPU @ 2.50GHz',
  cpus: 2,
  memoryBytes: 8_589_934_592,
  kubernetes: null,
  nodes: null,
};

function plantedExperiment(options: PlantedOptions): Experiment {
  const systems = options.systems ?? ['node'];
  return {
    name: 'planted',
    systems: systems.map((name) => ({ name, ledger: 'api' })),
    replicas: options.replicas ?? foundingShape.replicas,
    clients: options.clients ?? foundingShape.clients,
    messages: options.messages ?? foundingShape.messages,
    rate: [null],
    arrivals: ['poisson'],
    durationUs: [10_000_000],
    payloadBytes: [0],
    thinkTimeUs: [0],
    thinkDistribution: 'fixed',
    keepAlive: [true],
    timeoutUs: 10_000_000,
    maxConnections: 10_000,
    service: { timeUs: 1000, parallelism: 1, kind: 'wait' },
    durability: 'sync',
    commitDelayUs: 0,
    warmupMessages: 5,
    agents: 1,
    rounds: options.rounds ?? 5,
    seed: options.seed ?? 1,
    slo: [{ percentile: 0.95, latencyUs: 15_000, failureShare: null }],
    faults: [],
    kubernetes: {
      storage: ['shared'],
      storageClass: null,
      accessMode: null,
      resources: { cpu: null, memory: null },
      clientsPerPod: [1],
      images: 'kind',
      imagesCommand: null,
      registry: null,
    },
  };
}

export function cellsOf(experiment: Experiment): Results['cells'][number]['cell'][] {
  return experiment.systems.flatMap(({ name: system }) =>
    experiment.replicas.flatMap((replicas) =>
      experiment.clients.flatMap((clients) =>
        experiment.messages.map((messages) => ({
          key: `${system}-r${replicas}-c${clients}-m${messages}`,
          system,
          replicas,
          clients,
          messages,
          ratePerSecond: null,
          arrivals: 'poisson' as const,
          durationUs: 10_000_000,
          maxConnections: 10_000,
          payloadBytes: 0,
          thinkTimeUs: 0,
          thinkDistribution: 'fixed' as const,
          keepAlive: true,
          timeoutUs: 10_000_000,
        })),
      ),
    ),
  );
}

function plantTrials(experiment: Experiment, options: PlantedOptions, random: Random): TrialResult[] {
  const { suspectEvery = 37, invalidEvery = 101 } = options;
  const cells = cellsOf(experiment);
  const planned = Array.from({ length: experiment.rounds }, (_, round) =>
    random.shuffled(cells).map((cell) => ({ cell, round: round + 1 })),
  ).flat();
  return planned.map(({ cell, round }, index) =>
    plantedTrial({
      cell,
      round,
      index,
      startAtUs: startedAtUs + index * trialUs,
      verdict: verdictOf(index + 1, suspectEvery, invalidEvery),
      random,
    }),
  );
}

function verdictOf(number: number, suspectEvery: number, invalidEvery: number): TrialResult['verdict'] {
  if (invalidEvery > 0 && number % invalidEvery === 0) return 'INVALID';
  return suspectEvery > 0 && number % suspectEvery === 0 ? 'SUSPECT' : 'VALID';
}

function totalsOf(experiment: Experiment, trials: readonly TrialResult[]): Results['totals'] {
  const sum = (of: (trial: TrialResult) => number) => trials.reduce((total, trial) => total + of(trial), 0);
  const verdicts = { VALID: 0, SUSPECT: 0, INVALID: 0 };
  for (const { verdict } of trials) verdicts[verdict] += 1;
  const cells = cellsOf(experiment).length;
  return {
    cellsPlanned: cells,
    cellsMeasured: cells,
    trialsPlanned: trials.length,
    trialsMeasured: trials.length,
    requests: sum(({ counts }) => counts.requests),
    outcomes: {
      answered: sum(({ counts }) => counts.outcomes.answered),
      rejected: 0,
      refused: 0,
      reset: 0,
      timeout: sum(({ counts }) => counts.outcomes.timeout),
      unsent: 0,
    },
    ledger: {
      recorded: sum(({ counts }) => counts.ledger.recorded),
      missing: sum(({ counts }) => counts.ledger.missing),
      none: sum(({ counts }) => counts.ledger.none),
      duplicated: 0,
      unexpected: 0,
    },
    verdicts,
    ledgerCloses: sum(({ counts }) => counts.ledger.missing) === 0,
  };
}

function extreme(
  cells: Results['cells'],
  of: (cell: Results['cells'][number]) => number | null,
  sign: 1 | -1,
): { cell: string; value: number } | null {
  let best: { cell: string; value: number } | null = null;
  for (const cell of cells) {
    const value = cell.verdict === 'VALID' ? of(cell) : null;
    if (value !== null && (best === null || sign * value > sign * best.value)) {
      best = { cell: cell.cell.key, value };
    }
  }
  return best;
}
