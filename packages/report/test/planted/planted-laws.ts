import type {
  CellResult,
  Experiment,
  FitResult,
  FittedModel,
  LawResult,
  ParameterEstimate,
  Random,
  TrialResult,
} from '@escala/model';
import { speeds } from './planted-trials.ts';
import { capacityOf, plantedTruth } from './planted-truth.ts';

/** The law of throughput against replicas at the largest number of clients, one a system and number of messages. */
export function plantedLaws(
  experiment: Experiment,
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
  random: Random,
): LawResult[] {
  const clients = Math.max(...experiment.clients);
  return experiment.systems.flatMap(({ name: system }) =>
    experiment.messages.map((messages): LawResult => {
      const speed = speeds[system] ?? 1;
      const points = pointsOf(system, messages, clients, cells, trials);
      const burst = messages < 20;
      return {
        system,
        over: 'replicas',
        held: { what: 'saturation', value: null },
        messages,
        points,
        fit: burst ? null : fitOf(points.length, experiment.replicas.length, speed),
        problem: burst ? 'laws.few-levels' : null,
        curve: burst ? [] : curveOf(experiment, speed),
        residuals: burst
          ? []
          : points.map(({ n }, order) => ({ n, order, residual: 0.03 * random.normal() })),
        jointRegion: burst ? [] : regionOf(),
      };
    }),
  );
}

function pointsOf(
  system: string,
  messages: number,
  clients: number,
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
): LawResult['points'] {
  const used = new Map(
    cells
      .filter(({ cell }) => cell.system === system && cell.messages === messages && cell.clients === clients)
      .filter(({ regime }) => regime === 'saturated')
      .map((cell) => [cell.cell.key, cell.cell.replicas]),
  );
  return trials.flatMap((trial) => {
    const n = used.get(trial.cell);
    const x = trial.throughputWindow ?? trial.throughputMakespan;
    if (n === undefined || x === null || trial.verdict === 'INVALID') return [];
    return [{ n, x, cell: trial.cell, round: trial.round }];
  });
}

function fitOf(rows: number, levels: number, speed: number): FitResult {
  const { alpha, beta, gamma } = plantedTruth;
  const x = capacityOf(Math.sqrt((1 - alpha) / beta), speed);
  const model = (parameters: Partial<FittedModel>): FittedModel => ({
    ...parameters,
    rss: 0.012,
    df: rows - 3,
    residualStandardError: 0.029,
    aic: -88.1,
    aicc: -87.2,
    converged: true,
  });
  return {
    scale: 'log',
    rows,
    levels,
    models: {
      linear: model({ gamma: parameter(gamma * speed * 0.8) }),
      amdahl: model({ alpha: parameter(0.06), gamma: parameter(gamma * speed) }),
      usl: model({ alpha: parameter(alpha), beta: parameter(beta), gamma: parameter(gamma * speed) }),
    },
    chosen: 'usl',
    reason: 'USL',
    reasonCode: 'usl',
    reasonValues: {
      ...{
        alpha,
        alphaLow: alpha * 0.8,
        alphaHigh: alpha * 1.25,
        beta,
        betaLow: beta * 0.8,
        betaHigh: beta * 1.25,
      },
      ...{ nMin: 1, nMax: 10, ideal: 10, growth: 6.1, low: 5.8, high: 6.4 },
    },
    growth: { nMin: 1, nMax: 10, ideal: 10, measured: 6.1, ci95: [5.8, 6.4] },
    remarks: [{ code: 'level-decides', values: { n: 2, parameter: 'β', estimate: 0.004 } }],
    lackOfFit: { f: 0.8, df: [2, 20], p: 0.46 },
    peak: { n: Math.sqrt((1 - alpha) / beta), x, stderrN: 1.1, stderrX: 60, status: 'extrapolated' },
  };
}

function parameter(estimate: number): ParameterEstimate {
  const ci95 = [estimate * 0.8, estimate * 1.25] as const;
  return { estimate, stderr: estimate * 0.1, ci95, profileCi95: ci95 };
}

function curveOf(experiment: Experiment, speed: number): LawResult['curve'] {
  const [low, high] = [Math.min(...experiment.replicas), Math.max(...experiment.replicas)];
  return Array.from({ length: 33 }, (_, i) => {
    const n = low + ((high - low) * i) / 32;
    const x = capacityOf(n, speed);
    return { n, x, low: x * 0.97, high: x * 1.03 };
  });
}

/** An ellipse with the strong negative correlation that the two parameters have. */
function regionOf(): LawResult['jointRegion'] {
  const { alpha, beta } = plantedTruth;
  return Array.from({ length: 48 }, (_, i) => {
    const turn = (2 * Math.PI * i) / 48;
    return {
      alpha: alpha + 0.012 * Math.cos(turn),
      beta: beta + 0.0016 * (-0.9 * Math.cos(turn) + 0.44 * Math.sin(turn)),
    };
  });
}
