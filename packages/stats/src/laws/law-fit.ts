import type { LackOfFit } from '@escala/model';
import { fUpperQuantile, fUpperTail } from '../distributions/f.ts';
import { solveTransposed } from '../regression/householder.ts';
import type { LeastSquaresFit } from '../regression/levenberg-marquardt.ts';
import { fitReciprocal } from './fit-reciprocal.ts';
import { type Levels, levelMean } from './levels.ts';
import { type LawName, laws, withGamma } from './reciprocal-model.ts';

export type ParameterName = 'alpha' | 'beta' | 'gamma';

/** The parameters that each law has. */
export const lawParameters: Readonly<Record<LawName, readonly ParameterName[]>> = {
  linear: ['gamma'],
  amdahl: ['alpha', 'gamma'],
  usl: ['alpha', 'beta', 'gamma'],
};

/**
 * A law at its least squares: N/X = c₀ + c₁(N−1) + c₂N(N−1) with X in units of `data.unit`. `rss` counts the squares
 * inside levels too; on the linear scale it is in unit².
 */
export interface LawFit {
  readonly law: LawName;
  readonly data: Levels;
  readonly coefficients: readonly number[];
  readonly rss: number;
  readonly df: number;
  /** s² = rss/df; null without degrees of freedom. */
  readonly s2: number | null;
  readonly r: LeastSquaresFit['r'];
  readonly converged: boolean;
}

/** Shares of the best measured x/n at which γ is held to find further starts, in case the squares have two minima. */
const gammaStarts = [0.25, 1, 4] as const;
/** Over so many levels the squares have one minimum that matters, and further starts cost seconds. */
export const FURTHER_STARTS_LEVELS_MAX = 2000;

/**
 * Fits a law; null where there are fewer levels than parameters, which leaves them undetermined.
 * @param simpler the fit of a law with fewer parameters, as a further start.
 */
export function fitLaw(law: LawName, data: Levels, simpler: LawFit | null): LawFit | null {
  const model = laws[law];
  const parameters = model.basis.length;
  if (data.levels.length < parameters) return null;
  const fit = fitReciprocal(model, data, furtherStarts(law, data, simpler));
  if (!fit) return null;
  const rss = fit.rss + data.pureError;
  const df = data.rows - parameters;
  const s2 = df > 0 ? rss / df : null;
  return { law, data, coefficients: fit.parameters, rss, df, s2, r: fit.r, converged: fit.converged };
}

function furtherStarts(law: LawName, data: Levels, simpler: LawFit | null): number[][] {
  if (!simpler) return [];
  const added = laws[law].basis.slice(simpler.coefficients.length).map(() => 0);
  if (data.levels.length > FURTHER_STARTS_LEVELS_MAX) return [[...simpler.coefficients, ...added]];
  const best = data.levels.reduce((most, level) => Math.max(most, levelMean(level, data.scale) / level.n), 0);
  const held = gammaStarts.flatMap((share) => {
    const fit = fitReciprocal(withGamma(law, best * share), data);
    return fit ? [[1 / (best * share), ...fit.parameters]] : [];
  });
  return [[...simpler.coefficients, ...added], ...held.filter((start) => hasNoPole(start, data))];
}

/** Whether N/X stays above 0 between the smallest and the largest level too: a pole there is no scalability. */
function hasNoPole([c0 = 0, c1 = 0, c2 = 0]: readonly number[], { levels }: Levels): boolean {
  const lowest = (c2 - c1) / (2 * c2);
  const [first, last] = [levels[0]?.n ?? 0, levels.at(-1)?.n ?? 0];
  return !(lowest > first && lowest < last) || c0 + c1 * (lowest - 1) + c2 * lowest * (lowest - 1) > 0;
}

/** α = c₁/c₀, β = c₂/c₀, γ = 1/c₀, the last in the unit of x. */
export function parameterEstimate({ coefficients, data }: LawFit, name: ParameterName): number {
  const [c0 = Number.NaN, c1 = 0, c2 = 0] = coefficients;
  if (name === 'gamma') return data.unit / c0;
  return (name === 'alpha' ? c1 : c2) / c0;
}

/** Derivatives of a parameter by the coefficients, for the delta method; exact, as it is a change of coordinates. */
export function parameterGradient(fit: LawFit, name: ParameterName): number[] {
  const [c0 = Number.NaN] = fit.coefficients;
  const gradient = fit.coefficients.map(() => 0);
  const value = parameterEstimate(fit, name);
  gradient[0] = -value / c0;
  if (name === 'alpha') gradient[1] = 1 / c0;
  if (name === 'beta') gradient[2] = 1 / c0;
  return gradient;
}

/**
 * √(gᵀCg) with C = s²(JᵀJ)⁻¹: the standard error of a function of the coefficients with gradient g.
 * Null without degrees of freedom.
 */
export function standardErrorOf(
  { s2, r }: Pick<LawFit, 's2' | 'r'>,
  gradient: readonly number[],
): number | null {
  if (s2 === null) return null;
  const error = Math.sqrt(s2) * Math.hypot(...solveTransposed(r, gradient));
  return Number.isFinite(error) ? error : null;
}

/** Squares below this share of the observations are rounding, not noise. */
const ROUNDING_SHARE = 16 * Number.EPSILON;

/**
 * The F test of a law against its own repetitions: F = [(RSS − SS_PE)/(L − p)] / [SS_PE/(n − L)], with SS_PE the squares
 * inside the L levels. Null without repetitions, with no more levels than parameters, and where all repetitions are
 * equal, since then they are copies and hold no measure of the noise.
 */
export function lackOfFit({
  rss,
  data,
  coefficients,
}: Pick<LawFit, 'rss' | 'data' | 'coefficients'>): LackOfFit | null {
  const df = [data.levels.length - coefficients.length, data.rows - data.levels.length] as const;
  if (df[0] <= 0 || df[1] <= 0 || isRounding(data.pureError, data.rows)) return null;
  const f = (rss - data.pureError) / df[0] / (data.pureError / df[1]);
  return { f, df, p: fUpperTail(f, ...df) };
}

/** Whether squares of values of order one, `rows` of them, are no more than rounding. */
export function isRounding(squares: number, rows: number): boolean {
  return squares <= rows * ROUNDING_SHARE ** 2;
}

/** Corners of the polygon that stands for the ellipse: closer than a hundredth of its size everywhere. */
const CORNERS = 48;
const OUTSIDE_SHARE = 0.05;

/**
 * Outline of the joint 95 % region of α and β of a USL fit: the ellipse (θ − θ̂)ᵀ C⁻¹ (θ − θ̂) = 2·F(2, df), with C
 * by the delta method. Empty for other laws and without degrees of freedom. Source: Bates & Watts, Nonlinear
 * Regression Analysis, 1988, section 2.3.3.
 */
export function jointRegion(fit: LawFit): { readonly alpha: number; readonly beta: number }[] {
  if (fit.law !== 'usl' || fit.s2 === null || !(fit.s2 > 0)) return [];
  const [a, b] = (['alpha', 'beta'] as const).map((name) =>
    solveTransposed(fit.r, parameterGradient(fit, name)),
  );
  if (!a || !b) return [];
  // C = s²·[a·a, a·b; a·b, b·b]; its Cholesky factor makes the ellipse of a circle.
  const size = Math.sqrt(2 * fUpperQuantile(OUTSIDE_SHARE, 2, fit.df) * fit.s2);
  const alphaSide = Math.hypot(...a);
  const shared = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / alphaSide;
  const own = Math.sqrt(Math.max(0, Math.hypot(...b) ** 2 - shared ** 2));
  const [alpha, beta] = [parameterEstimate(fit, 'alpha'), parameterEstimate(fit, 'beta')];
  return Array.from({ length: CORNERS }, (_, i) => {
    const [x, y] = [Math.cos((2 * Math.PI * i) / CORNERS), Math.sin((2 * Math.PI * i) / CORNERS)];
    return { alpha: alpha + size * alphaSide * x, beta: beta + size * (shared * x + own * y) };
  });
}
