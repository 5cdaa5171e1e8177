import { z } from 'zod';
import { estimate, ofCurve } from './estimates.ts';
import { regimes } from './names.ts';
import { count, flag, later, maybe, number, type Read, text, valuesByName } from './shape.ts';

const limits = z.tuple([number, number]).nullable();

const parameter = z
  .object({
    estimate: number,
    stderr: maybe,
    ci95: limits,
    /** A limit that the profile does not reach is null. */
    profileCi95: z.tuple([maybe, maybe]).nullable(),
  })
  .meta({ id: 'parameter' });
export type ParameterEstimate = Read<typeof parameter>;

/** A fitted law; the parameters that it has, by name. `converged` is honest: false means "do not use". */
const fittedModel = z
  .object({
    alpha: parameter.exactOptional(),
    beta: parameter.exactOptional(),
    gamma: parameter.exactOptional(),
    rss: number,
    df: count,
    residualStandardError: maybe,
    aic: maybe,
    aicc: maybe,
    converged: flag,
  })
  .meta({ id: 'fittedModel' });
export type FittedModel = Read<typeof fittedModel>;

const lackOfFit = z.object({ f: number, df: z.tuple([count, count]), p: number });
export type LackOfFit = Read<typeof lackOfFit>;

const peak = z.object({
  n: maybe,
  x: maybe,
  stderrN: maybe,
  stderrX: maybe,
  status: z.enum(['inside', 'extrapolated', 'none']),
});
export type Peak = Read<typeof peak>;

/** X(nMax)/X(nMin): what was measured, and the 95 % profile limits by the law that is claimed or left open. */
const growth = z.object({
  nMin: number,
  nMax: number,
  /** nMax/nMin. */
  ideal: number,
  /** The ratio of the level means; null where the first is 0. */
  measured: maybe,
  ci95: limits,
});
export type Growth = Read<typeof growth>;

/** X = min(γN, C), and the N at which the two meet. */
const hardCap = z.object({ gamma: number, capacity: number, n: number, rss: number, aicc: maybe });
export type HardCap = Read<typeof hardCap>;

/** The parameters that the chosen law would have without the level n; `peakN` is null where there is no peak then. */
const levelInfluence = z.object({
  n: number,
  alpha: number.exactOptional(),
  beta: number.exactOptional(),
  gamma: number,
  peakN: maybe,
});
export type LevelInfluence = Read<typeof levelInfluence>;

/** What `escala fit --json` prints, and what a study's laws hold. */
export const fit = z
  .object({
    scale: z.enum(['log', 'linear']),
    rows: count,
    levels: count,
    models: z.object({
      linear: fittedModel.nullable(),
      amdahl: fittedModel.nullable(),
      usl: fittedModel.nullable(),
    }),
    /** The law that the data leave; `undecided` where they leave more than one open, `none` where they leave none. */
    chosen: z.enum(['linear', 'amdahl', 'usl', 'none', 'undecided']),
    /** A sentence in English. `reasonCode` and `reasonValues` let the report say it in the reader's language. */
    reason: text,
    reasonCode: text,
    reasonValues: valuesByName,
    /** What must be said beside the choice (superlinear, extrapolated, …), by the names in fit-reasons.ts. */
    remarks: later(z.array(z.object({ code: text, values: valuesByName }))),
    /** What the data allow, whatever law they follow; null with one level. */
    growth: later(growth.nullable()),
    lackOfFit: lackOfFit.nullable(),
    peak,
    /** Never chosen; a remark says where it describes the data better. Null with too few levels, or very many. */
    hardCap: later(hardCap.nullable()),
    /** The claimed law without each level in turn: on which level the answer hangs. Empty with too few levels, or very many. */
    influence: later(z.array(levelInfluence)),
  })
  .meta({ id: 'fit' });
export type FitResult = Read<typeof fit>;

export const law = z
  .object({
    ...ofCurve,
    /** What N is. */
    over: z.enum(['replicas', 'clients']),
    /** Which cells, with the value that is held. */
    held: z.object({
      what: z.enum(['clients-per-replica', 'saturation', 'clients', 'replicas']),
      value: maybe,
    }),
    points: z.array(z.object({ n: number, x: number, cell: text, round: count })),
    /**
     * Levels that were measured and are in no point, with the growth to them from the smallest N that is in one, and what
     * limited them: a law up to 4 says nothing of 8.
     */
    leftOut: later(
      z.array(z.object({ n: number, growth: number, ideal: number, why: z.enum([...regimes, 'invalid']) })),
    ),
    /** At a constant number of clients: clients / (base latency + think time), in requests/s, which nothing passes. */
    bound: later(maybe),
    fit: fit.nullable(),
    /** The same with the deployments that `exclusions` leaves out; null where none is, or these are too few levels, too. */
    fitWithExcluded: later(fit.nullable()),
    /** Why there is no fit. */
    problem: text.nullable(),
    /**
     * The claimed law and its 95 % confidence band at levels of N, for the figure; where it is undecided that of the law
     * that is left open, of which only the band is drawn.
     */
    curve: z.array(z.object({ n: number, x: number, low: maybe, high: maybe })),
    residuals: z.array(z.object({ n: number, order: count, residual: number })),
    /** Outline of the joint 95 % region of alpha and beta, a closed polygon; empty where no USL was fitted. */
    jointRegion: z.array(z.object({ alpha: number, beta: number })),
  })
  .meta({ id: 'law' });
export type LawResult = Read<typeof law>;

export const speedup = z
  .object({
    ...ofCurve,
    clients: count,
    baseReplicas: count,
    points: z.array(
      z.object({
        replicas: count,
        speedup: estimate,
        efficiency: estimate,
        karpFlatt: maybe,
        clientLimited: flag,
        /** Processors were full in all its rounds that count. */
        machineLimited: later(flag),
      }),
    ),
  })
  .meta({ id: 'speedup' });
export type SpeedupSeries = Read<typeof speedup>;
