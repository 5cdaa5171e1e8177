import type { Peak } from '@escala/model';
import { type LawFit, standardErrorOf } from './law-fit.ts';

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
