import { factorQr, type QrFactors, solveTransposed, solveUpper } from './householder.ts';

/** A linearised problem, |Rδ + Qᵀr|, at one point. */
type Linearised = Pick<QrFactors, 'r' | 'qtb'>;

/** A step δ, its length |Sδ|, and the damping that made it; 0 is the full Gauss–Newton step. */
interface BoundedStep {
  readonly step: readonly number[];
  readonly length: number;
  readonly damping: number;
}

/** The length may miss the radius by this share; closer costs more than it gains (Moré 1978). */
const RADIUS_TOLERANCE = 0.1;
const DAMPING_SEARCHES_MAX = 30;

/**
 * The step that minimises |Rδ + Qᵀr|² with |Sδ| no longer than the radius: Gauss–Newton's where that is short enough,
 * else the damped one of that length, whose damping is found by Hebden's iteration between bounds. A radius lets steps
 * follow a long curved valley, in which a damping that is only raised and lowered creeps.
 * Source: Moré, The Levenberg–Marquardt algorithm, 1978, section 5, as in MINPACK's lmpar.
 */
export function boundedStep(at: Linearised, scales: readonly number[], radius: number): BoundedStep | null {
  const newton = solveUpper(at.r, at.qtb)?.map((value) => -value);
  const newtonLength = newton ? scaledLength(scales, newton) : Number.POSITIVE_INFINITY;
  if (newton && newtonLength <= (1 + RADIUS_TOLERANCE) * radius) {
    return { step: newton, length: newtonLength, damping: 0 };
  }
  // Qᵀr on R gives the gradient; |S⁻¹g| bounds the damping from above.
  const gradient = scales.map((scale, j) => {
    const sum = at.qtb.reduce((total, value, i) => total + (at.r[i]?.[j] ?? 0) * value, 0);
    return sum / scale;
  });
  let high = Math.hypot(...gradient) / radius;
  if (!(high > 0) || !Number.isFinite(high)) return null;
  let low = newton ? hebden(at.r, scales, newton, newtonLength, radius) : 0;
  let damping = Math.max(low, high * 1e-3);
  let found: BoundedStep | null = null;
  for (let i = 0; i < DAMPING_SEARCHES_MAX; i++) {
    const damped = dampedStep(at, scales, damping);
    if (!damped) return null;
    const length = scaledLength(scales, damped.step);
    found = { step: damped.step, length, damping };
    if (Math.abs(length - radius) <= RADIUS_TOLERANCE * radius) break;
    if (length < radius) high = Math.min(high, damping);
    else low = Math.max(low, damping);
    const next = damping + hebden(damped.r, scales, damped.step, length, radius);
    damping = next > low && next < high ? next : Math.max(Math.sqrt(low * high), high * 1e-3);
  }
  return found;
}

/** Minimises |Rδ + Qᵀr|² + λ|Sδ|², by QR of the small stacked matrix, whose R is returned as well. */
export function dampedStep(
  { r, qtb }: Linearised,
  scales: readonly number[],
  damping: number,
): { readonly step: readonly number[]; readonly r: QrFactors['r'] } | null {
  const p = scales.length;
  const columns = scales.map((scale, j) => {
    const column = new Float64Array(2 * p);
    for (let i = 0; i <= j; i++) column[i] = r[i]?.[j] ?? 0;
    column[p + j] = Math.sqrt(damping) * scale;
    return column;
  });
  const right = new Float64Array(2 * p);
  for (let i = 0; i < p; i++) right[i] = -(qtb[i] ?? 0);
  const factors = factorQr(columns, right);
  const step = solveUpper(factors.r, factors.qtb);
  return step && { step, r: factors.r };
}

/** How much more damping brings |Sδ| to the radius, to first order in the reciprocal of the length. */
function hebden(
  r: QrFactors['r'],
  scales: readonly number[],
  step: readonly number[],
  length: number,
  radius: number,
): number {
  const weighted = step.map((value, j) => ((scales[j] ?? 1) ** 2 * value) / length);
  const slope = Math.hypot(...solveTransposed(r, weighted)) ** 2;
  return (length - radius) / radius / slope;
}

export function scaledLength(scales: readonly number[], step: readonly number[]): number {
  return Math.hypot(...step.map((value, j) => (scales[j] ?? 1) * value));
}
