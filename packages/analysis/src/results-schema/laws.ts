import {
  type CurveFactors,
  type FitResult,
  type FittedModel,
  type Growth,
  type HardCap,
  type LackOfFit,
  type LawResult,
  type LevelInfluence,
  ledgerStorages,
  type ParameterEstimate,
  type Peak,
  regimes,
  type SpeedupSeries,
} from '@escala/model';
import {
  count,
  estimate,
  exactly,
  list,
  maps,
  maybe,
  nullable,
  number,
  object,
  pair,
  partly,
  reference,
  type Schema,
  text,
  truth,
  words,
} from './blocks.ts';

const parameter = reference('parameter');
const model = nullable(reference('fittedModel'));
const values = maps({ anyOf: [number, text] });

/** The fit of a law, as `escala fit --json` prints it, too, and the curves and speed-ups of a study. */
export const lawDefinitions: Readonly<Record<string, Schema>> = {
  factors: partly<CurveFactors>(
    { payloadBytes: count, thinkTimeUs: count, keepAlive: truth },
    { storage: words(...ledgerStorages), clientsPerPod: count },
  ),
  parameter: object<ParameterEstimate>({
    estimate: number,
    stderr: maybe,
    ci95: nullable(pair(number)),
    profileCi95: nullable(pair(maybe)),
  }),
  fittedModel: partly<FittedModel>(
    { rss: number, df: count, residualStandardError: maybe, aic: maybe, aicc: maybe, converged: truth },
    { alpha: parameter, beta: parameter, gamma: parameter },
  ),
  fit: object<FitResult>({
    scale: words('log', 'linear'),
    rows: count,
    levels: count,
    models: exactly({ linear: model, amdahl: model, usl: model }),
    chosen: words('linear', 'amdahl', 'usl', 'none', 'undecided'),
    reason: text,
    reasonCode: text,
    reasonValues: values,
    remarks: list(exactly({ code: text, values })),
    growth: nullable(
      object<Growth>({
        nMin: number,
        nMax: number,
        ideal: number,
        measured: maybe,
        ci95: nullable(pair(number)),
      }),
    ),
    lackOfFit: nullable(object<LackOfFit>({ f: number, df: pair(count), p: number })),
    peak: object<Peak>({
      ...{ n: maybe, x: maybe, stderrN: maybe, stderrX: maybe },
      status: words('inside', 'extrapolated', 'none'),
    }),
    hardCap: nullable(
      object<HardCap>({ gamma: number, capacity: number, n: number, rss: number, aicc: maybe }),
    ),
    influence: list(
      partly<LevelInfluence>({ n: number, gamma: number, peakN: maybe }, { alpha: number, beta: number }),
    ),
  }),
  law: object<LawResult>({
    system: text,
    over: words('replicas', 'clients'),
    held: exactly({ what: words('clients-per-replica', 'saturation', 'clients', 'replicas'), value: maybe }),
    messages: count,
    factors: reference('factors'),
    points: list(exactly({ n: number, x: number, cell: text, round: count })),
    leftOut: list(
      exactly({
        n: number,
        growth: number,
        ideal: number,
        why: words(...regimes, 'invalid'),
      }),
    ),
    bound: maybe,
    fit: nullable(reference('fit')),
    fitWithExcluded: nullable(reference('fit')),
    problem: nullable(text),
    curve: list(exactly({ n: number, x: number, low: maybe, high: maybe })),
    residuals: list(exactly({ n: number, order: count, residual: number })),
    jointRegion: list(exactly({ alpha: number, beta: number })),
  }),
  speedup: object<SpeedupSeries>({
    system: text,
    messages: count,
    factors: reference('factors'),
    clients: count,
    baseReplicas: count,
    points: list(
      exactly({
        replicas: count,
        speedup: estimate,
        efficiency: estimate,
        karpFlatt: maybe,
        clientLimited: truth,
        machineLimited: truth,
      }),
    ),
  }),
};
