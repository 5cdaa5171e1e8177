import { boundedStep, dampedStep, scaledLength } from './bounded-step.ts';
import { euclideanNorm, factorQr, type QrFactors, solveUpper } from './householder.ts';

/** A sum of squares to minimise: residuals and their derivatives, over parameters that may have a forbidden region. */
export interface LeastSquaresProblem {
  readonly rows: number;
  /** The norm of the observations; residuals a rounding error of it cannot be made smaller. */
  readonly magnitude: number;
  /** Writes model − observation into `out`; false where the parameters lie outside the model's domain. */
  residuals(parameters: readonly number[], out: Float64Array): boolean;
  /** Writes the derivatives of the residuals, one column a parameter. Called only inside the domain. */
  jacobian(parameters: readonly number[], columns: readonly Float64Array[]): void;
}

/** `converged` is honest: the gradient vanishes to working precision at `parameters`, or it is false. */
export interface LeastSquaresFit {
  readonly parameters: readonly number[];
  readonly rss: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** R of the Jacobian's QR at `parameters`: the covariance is s²(RᵀR)⁻¹. */
  readonly r: QrFactors['r'];
}

const ITERATIONS_MAX = 2000;
/** A step must give this share of what the linear model promises, else it is rolled back. */
const GAIN_MIN = 1e-4;
/** Below this share of the parameters a step changes nothing. */
const RADIUS_SHARE_MIN = 1e-17;
/** Converged when the residuals' projection on the Jacobian is a small share of them (Bates & Watts's relative offset) or this share of the observations, where the residuals themselves are rounding. */
const ROUNDING_SHARE = 1e-15;
const POLISHING_STEPS_MAX = 200;

export interface LeastSquaresOptions {
  /**
   * The first step is at most this many times the scaled length of the start. 10 reaches far and still does not leap
   * over a valley to where a model is flat; infinite where the start is known to be close, for Gauss–Newton steps.
   */
  readonly reach?: number;
  /** The relative offset at which the gradient counts as zero. The squares are then right to its square. */
  readonly offsetShare?: number;
  /** Whether to go on to the last digit of the parameters; not needed where only the squares are. */
  readonly isPolished?: boolean;
}

const defaults: Required<LeastSquaresOptions> = { reach: 10, offsetShare: 1e-9, isPolished: true };

interface Point extends QrFactors {
  readonly parameters: readonly number[];
  readonly rss: number;
  /** |Qᵀr|: what a linear step could still remove. 0 at a stationary point. */
  readonly offset: number;
}

/**
 * Levenberg–Marquardt with an analytic Jacobian: steps inside a radius that grows and shrinks with the gain, measured
 * in the columns' largest norms so far (Moré 1978); a step that does not reduce the squares is rolled back. At the end
 * undamped Gauss–Newton steps go on as long as they shrink the gradient, because near the minimum the squares no
 * longer tell better from worse.
 */
export function levenbergMarquardt(
  problem: LeastSquaresProblem,
  start: readonly number[],
  options: LeastSquaresOptions = {},
): LeastSquaresFit | null {
  const { reach, offsetShare, isPolished } = { ...defaults, ...options };
  const evaluate = evaluator(problem);
  const first = evaluate(start);
  if (!first) return null;
  let point: Point = first;
  let scales = raisedScales([], point.r);
  let radius = reach * (scaledLength(scales, start) || 1);
  let iterations = 0;
  while (iterations < ITERATIONS_MAX && !isStationary(problem, point, offsetShare)) {
    iterations++;
    const bounded = boundedStep(point, scales, radius);
    if (!bounded || bounded.length <= RADIUS_SHARE_MIN * scaledLength(scales, point.parameters)) break;
    const { step, length, damping } = bounded;
    const next = evaluate(moved(point, step), point.rss);
    const gain = next ? (point.rss - next.rss) / predictedReduction(point, step) : 0;
    if (gain < 0.25) radius = Math.min(radius, length) / 3;
    else if (damping === 0 || gain > 0.75) radius = 2 * length;
    if (!next || gain < GAIN_MIN) continue;
    point = next;
    scales = raisedScales(scales, point.r);
  }
  if (isPolished) point = polish(evaluate, point, (at) => isStationary(problem, at, offsetShare));
  const { parameters, rss, r } = point;
  return { parameters, rss, r, iterations, converged: isStationary(problem, point, offsetShare) };
}

/** Evaluates a point; null outside the domain, or where the squares are not below `rssBelow`. */
function evaluator(problem: LeastSquaresProblem) {
  const residuals = new Float64Array(problem.rows);
  return (parameters: readonly number[], rssBelow = Number.POSITIVE_INFINITY): Point | null => {
    if (!problem.residuals(parameters, residuals)) return null;
    const rss = euclideanNorm(residuals) ** 2;
    if (!(rss < rssBelow)) return null;
    const columns = parameters.map(() => new Float64Array(problem.rows));
    problem.jacobian(parameters, columns);
    const factors = factorQr(columns, residuals);
    const offset = Math.hypot(...factors.qtb);
    return Number.isFinite(offset) ? { parameters, rss, offset, ...factors } : null;
  };
}

function isStationary(problem: LeastSquaresProblem, { rss, offset }: Point, offsetShare: number): boolean {
  return offset <= offsetShare * Math.sqrt(rss) || offset <= ROUNDING_SHARE * problem.magnitude;
}

/** A parameter without influence so far has the scale 1. */
function raisedScales(scales: readonly number[], r: QrFactors['r']): number[] {
  return columnNorms(r).map((norm, j) => Math.max(scales[j] ?? 0, norm) || 1);
}

function predictedReduction(point: Point, step: readonly number[]): number {
  const left = point.r.map((row, i) =>
    row.reduce((sum, value, j) => sum + value * (step[j] ?? 0), point.qtb[i] ?? 0),
  );
  return Math.max(point.offset ** 2 - Math.hypot(...left) ** 2, Number.MIN_VALUE);
}

/**
 * Steps that shrink the gradient, where the squares no longer tell better from worse. Undamped, and damped only where
 * that leads away: with residuals so large that their curvature outweighs the Jacobian's.
 */
function polish(
  evaluate: ReturnType<typeof evaluator>,
  from: Point,
  isDone: (point: Point) => boolean,
): Point {
  let point = from;
  let damping = 0;
  for (let i = 0; i < POLISHING_STEPS_MAX; i++) {
    const step =
      damping > 0 ? dampedStep(point, raisedScales([], point.r), damping)?.step : gaussNewtonStep(point);
    const next = step && evaluate(moved(point, step));
    if (next && next.offset < point.offset && next.rss <= point.rss * (1 + 1e-6)) point = next;
    else if (isDone(point)) break;
    else damping = Math.max(1, 4 * damping);
  }
  return point;
}

function gaussNewtonStep({ r, qtb }: Point): number[] | null {
  return solveUpper(r, qtb)?.map((value) => -value) ?? null;
}

function moved({ parameters }: Point, step: readonly number[]): number[] {
  return parameters.map((value, i) => value + (step[i] ?? 0));
}

function columnNorms(r: QrFactors['r']): number[] {
  return r.map((_, j) => Math.hypot(...r.slice(0, j + 1).map((row) => row[j] ?? 0)));
}
