import { z } from 'zod';
import { cell } from './experiment.ts';
import { curveKeys } from './factors.ts';
import { count, later, marked, maybe, number, type Read, text } from './shape.ts';

/** `low` or `high` is null where it is unbounded. `method` says how it was made. */
export const interval = z
  .object({ low: maybe, high: maybe, level: number, method: text })
  .meta({ id: 'interval' });
export type Interval = Read<typeof interval>;

/** A number over rounds. `n` counts deployments, the unit of replication; with n = 1 there is no interval. */
export const estimate = z
  .object({ value: number, n: count, ci95: interval.nullable() })
  .meta({ id: 'estimate' });
export type Estimate = Read<typeof estimate>;

/**
 * Of all answered requests of the trial. Percentiles rank timeouts behind all answers, and are null where they lie among
 * these (then the percentile is at least the timeout), or where the number of requests does not allow them.
 */
export const latency = z
  .object({
    n: count,
    min: number,
    mean: number,
    p50: maybe,
    max: number,
    standardDeviation: maybe,
    p90: maybe,
    p95: maybe,
    p99: maybe,
    p999: maybe,
  })
  .meta({ id: 'latency' });
export type LatencySummary = Read<typeof latency>;

/** The factors that tell curves apart beside system and messages. */
const curveFactors = cell.pick(marked(curveKeys)).meta({ id: 'factors' });
export type CurveFactors = Read<typeof curveFactors>;

/** Which curve a result is of. Older results hold no factors. */
export const ofCurve = { system: text, messages: count, factors: later(curveFactors) };
