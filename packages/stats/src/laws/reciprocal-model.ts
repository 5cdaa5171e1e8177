import type { LeastSquaresProblem } from '../regression/levenberg-marquardt.ts';
import { type Level, type Levels, levelMean } from './levels.ts';

/**
 * A law with N/X linear in its parameters: N/X(N) = fixed(N) + Σ cₖ·basisₖ(N). Linear, Amdahl and USL are of this form
 * with the basis 1, N−1, N(N−1): γ = 1/c₀, α = c₁/c₀, β = c₂/c₀. In these parameters the fit is nearly linear, has a
 * closed-form start, and passes through γ = ∞ without trouble; the minimum is the same.
 */
export interface ReciprocalModel {
  readonly basis: readonly ((n: number) => number)[];
  readonly fixed?: (n: number) => number;
}

const one = () => 1;
const contention = (n: number) => n - 1;
const coherency = (n: number) => n * (n - 1);

/** The three laws; each holds the one before it. */
export const laws = {
  linear: { basis: [one] },
  amdahl: { basis: [one, contention] },
  usl: { basis: [one, contention, coherency] },
} as const satisfies Record<string, ReciprocalModel>;
export type LawName = keyof typeof laws;

/** γ at a given value: N/X = 1/γ + …, the rest free. */
export function withGamma(law: LawName, gamma: number): ReciprocalModel {
  return { basis: laws[law].basis.slice(1), fixed: () => 1 / gamma };
}

/** α at a given value: N/X = c₀(1 + α(N−1)) + …, the rest free. */
export function withAlpha(law: LawName, alpha: number): ReciprocalModel {
  return { basis: [(n) => 1 + alpha * (n - 1), ...laws[law].basis.slice(2)] };
}

/** β at a given value: N/X = c₀(1 + βN(N−1)) + c₁(N−1). */
export function withBeta(beta: number): ReciprocalModel {
  return { basis: [(n) => 1 + beta * n * (n - 1), contention] };
}

/** The weighted least-squares problem over levels; `bases[k][l]` is basisₖ at level l. */
export interface ReciprocalProblem extends LeastSquaresProblem {
  readonly bases: readonly Float64Array[];
  readonly fixed: Float64Array;
}

/**
 * Sets up the residuals on the scale of `data`; they exist where N/X is above 0 at every level.
 * With D = N/X of the model, a row misses it by the share q = (xD − N)/N, computed in twice the precision: then even
 * data with eight exact digits have a sum of squares, which the difference of two logarithms would drown in rounding.
 */
export function reciprocalProblem(model: ReciprocalModel, data: Levels): ReciprocalProblem {
  const { levels, scale } = data;
  const bases = model.basis.map((f) => overLevels(levels, ({ n }) => f(n)));
  const fixed = overLevels(levels, ({ n }) => model.fixed?.(n) ?? 0);
  const weights = overLevels(levels, ({ count }) => Math.sqrt(count));
  const workTimes = new Float64Array(levels.length);
  const rests = new Float64Array(levels.length);
  const isLog = scale === 'log';
  const squares = levels.reduce(
    (sum, level) => sum + level.count * (isLog ? 1 : levelMean(level, scale) ** 2),
    0,
  );
  return {
    rows: levels.length,
    magnitude: Math.sqrt(squares),
    bases,
    fixed,
    residuals(parameters, out) {
      fillWorkTimes(parameters, bases, fixed, workTimes, rests);
      for (let l = 0; l < levels.length; l++) {
        const { n, offset, reference } = levels[l] as Level;
        const workTime = workTimes[l] as number;
        if (!(workTime > 0) || workTime === Number.POSITIVE_INFINITY) return false;
        const product = reference * workTime;
        const rest = productError(reference, workTime, product) + reference * (rests[l] as number);
        const share = (product - n + rest) / n;
        const residual = isLog ? logOfRatio(share, product / n) : share * (n / workTime);
        out[l] = (weights[l] as number) * (residual + offset);
      }
      return true;
    },
    jacobian(_parameters, columns) {
      for (const [k, column] of columns.entries()) {
        const basis = bases[k] as Float64Array;
        for (let l = 0; l < levels.length; l++) {
          const workTime = workTimes[l] as number;
          const slope = isLog ? 1 / workTime : (levels[l] as Level).n / workTime / workTime;
          column[l] = (weights[l] as number) * slope * (basis[l] as number);
        }
      }
    },
  };
}

/** One number a level; Float64Array.from would go through an iterator, which costs seconds over a million levels. */
function overLevels(levels: readonly Level[], f: (level: Level) => number): Float64Array {
  const values = new Float64Array(levels.length);
  for (let l = 0; l < levels.length; l++) values[l] = f(levels[l] as Level);
  return values;
}

/** ln(1 + share) = ln(ratio); the share keeps the digits near 0, the ratio those near −1. */
function logOfRatio(share: number, ratio: number): number {
  return share > -0.5 ? Math.log1p(share) : Math.log(ratio);
}

/** fixed + Σ cₖ·basisₖ at every level, as doubles and what they lack. */
function fillWorkTimes(
  parameters: readonly number[],
  bases: readonly Float64Array[],
  fixed: Float64Array,
  sums: Float64Array,
  rests: Float64Array,
): void {
  sums.set(fixed);
  rests.fill(0);
  for (const [k, basis] of bases.entries()) {
    const parameter = parameters[k] as number;
    for (let l = 0; l < sums.length; l++) {
      const value = basis[l] as number;
      const before = sums[l] as number;
      const product = parameter * value;
      const sum = before + product;
      rests[l] =
        (rests[l] as number) + productError(parameter, value, product) + sumError(before, product, sum);
      sums[l] = sum;
    }
  }
}

/** Veltkamp's constant, which splits a double of 53 bits into halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;

/** What the rounded sum a + b lacks, exactly (Knuth's TwoSum). */
function sumError(a: number, b: number, sum: number): number {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}

/** What the rounded product a · b lacks, exactly but for overflow and underflow (Dekker). */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function highHalf(a: number): number {
  const scaled = SPLITTER * a;
  return scaled - (scaled - a);
}
