import type { Peak } from '@escala/model';
import { tOf95 } from './fitted-model.ts';
import { type LawFit, standardErrorOf } from './law-fit.ts';
import type { ScalabilityPoint } from './levels.ts';

/** A law at one N with the limits of its 95 % confidence band; null without degrees of freedom. */
interface CurvePoint {
  readonly n: number;
  readonly x: number;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * A law at levels of N with its pointwise 95 % band, X ± t·√(gᵀCg) by the delta method; on the log scale the band is
 * made of ln X and then exponentiated, so it stays above 0. Levels where the law has no positive value are left out.
 */
export function lawCurve(fit: LawFit, ns: readonly number[]): CurvePoint[] {
  const { unit } = fit.data;
  const points: CurvePoint[] = [];
  for (const n of ns) {
    const basis = [1, n - 1, n * (n - 1)].slice(0, fit.coefficients.length);
    const workTime = basis.reduce((sum, value, k) => sum + value * (fit.coefficients[k] ?? 0), 0);
    if (!(workTime > 0)) continue;
    const x = (n / workTime) * unit;
    const relativeError = standardErrorOf(
      fit,
      basis.map((value) => -value / workTime),
    );
    points.push({ n, x, ...limits(fit, x, relativeError) });
  }
  return points;
}

function limits(
  { data: { scale }, df }: LawFit,
  x: number,
  relativeError: number | null,
): Pick<CurvePoint, 'low' | 'high'> {
  if (relativeError === null) return { low: null, high: null };
  const reach = tOf95(df) * relativeError;
  if (scale === 'log') return { low: x * Math.exp(-reach), high: x * Math.exp(reach) };
  return { low: x - x * reach, high: x + x * reach };
}

/** Observed less fitted, in the order of the points: of ln x on the log scale, of x on the linear one. */
export function lawResiduals(fit: LawFit, points: readonly ScalabilityPoint[]): number[] {
  return points.map(({ n, x }) => {
    const [fitted] = lawCurve(fit, [n]);
    if (!fitted) return Number.NaN;
    return fit.data.scale === 'log' ? Math.log(x / fitted.x) : x - fitted.x;
  });
}

/** A peak further out than this many times the largest N is no finding at all. */
const PEAK_REACH_MAX = 2;
const noPeak: Peak = { n: null, x: null, stderrN: null, stderrX: null, status: 'none' };

/**
 * The peak of a chosen USL: N* = √((1−α)/β), X* = X(N*), with delta-method standard errors; that of X* has the
 * gradient of X at N*, as the slope there is zero. `inside` the measured levels, `extrapolated` outside of them up to
 * twice the largest, else `none`: far from the data it has been seen to cover the truth in half of the cases only.
 */
export function findPeak(fit: LawFit | null): Peak {
  if (fit?.law !== 'usl') return noPeak;
  const [c0 = 0, c1 = 0, c2 = 0] = fit.coefficients;
  const n = Math.sqrt((c0 - c1) / c2);
  const levels = fit.data.levels.map((level) => level.n);
  const [nMin, nMax] = [Math.min(...levels.slice(0, 1)), Math.max(...levels.slice(-1))];
  if (!(c2 / c0 > 0) || !(n <= PEAK_REACH_MAX * nMax)) return noPeak;
  const workTime = c0 + c1 * (n - 1) + c2 * n * (n - 1);
  const x = n / workTime;
  const slope = -x / workTime;
  const stderrX = standardErrorOf(fit, [slope, slope * (n - 1), slope * n * (n - 1)]);
  return {
    n,
    x: x * fit.data.unit,
    stderrN: standardErrorOf(fit, [1 / (2 * n * c2), -1 / (2 * n * c2), -n / (2 * c2)]),
    stderrX: stderrX === null ? null : stderrX * fit.data.unit,
    status: n >= nMin && n <= nMax ? 'inside' : 'extrapolated',
  };
}
