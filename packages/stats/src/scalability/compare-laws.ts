import { fUpperTail } from '../distributions/f.ts';
import { studentTQuantile } from '../distributions/student-t.ts';
import { fitLaw, type LawFit, parameterEstimate, parameterGradient, standardErrorOf } from './law-fit.ts';
import { groupLevels, type ScalabilityPoint } from './levels.ts';
import type { LawName } from './reciprocal-model.ts';

/** A difference, second curve less first, with its 95 % interval. */
export interface ParameterDifference {
  readonly estimate: number;
  readonly stderr: number;
  readonly ci95: readonly [number, number];
}

/** Whether two systems follow one curve, and where the curves differ. */
export interface LawComparison {
  readonly f: number;
  readonly df: readonly [number, number];
  /** Of "one curve for both". */
  readonly p: number;
  readonly alpha: ParameterDifference | null;
  readonly beta: ParameterDifference | null;
  /** ln(γ_b/γ_a), whose exponential is the ratio at N = 1; null where a γ is not above 0. */
  readonly logGammaRatio: ParameterDifference | null;
}

/**
 * A law with shared against separate parameters, on the log scale: the extra-sum-of-squares F test,
 * F = [(RSS_shared − RSS_separate)/p] / [RSS_separate/(n − 2p)], and the differences with the pooled noise. Null without
 * degrees of freedom or a fit. Source: Bates & Watts, Nonlinear Regression Analysis, 1988, section 3.10.
 */
export function compareLaws(
  a: readonly ScalabilityPoint[],
  b: readonly ScalabilityPoint[],
  law: LawName = 'usl',
): LawComparison | null {
  const [fitA, fitB, shared] = [a, b, [...a, ...b]].map((points) =>
    fitLaw(law, groupLevels(points, 'log'), null),
  );
  if (!fitA?.converged || !fitB?.converged || !shared?.converged) return null;
  const parameters = fitA.coefficients.length;
  const df = [parameters, a.length + b.length - 2 * parameters] as const;
  if (df[1] <= 0) return null;
  const separate = fitA.rss + fitB.rss;
  const s2 = separate / df[1];
  const f = Math.max(0, shared.rss - separate) / parameters / s2;
  const t = studentTQuantile(0.975, df[1]);
  const difference = (read: (fit: LawFit) => ReadParameter | null): ParameterDifference | null =>
    subtract(read({ ...fitA, s2 }), read({ ...fitB, s2 }), t);
  return {
    f,
    df,
    p: fUpperTail(f, ...df),
    alpha: law === 'linear' ? null : difference((fit) => readParameter(fit, 'alpha')),
    beta: law === 'usl' ? difference((fit) => readParameter(fit, 'beta')) : null,
    logGammaRatio: difference(readLogGamma),
  };
}

interface ReadParameter {
  readonly value: number;
  readonly stderr: number;
}

function readParameter(fit: LawFit, name: 'alpha' | 'beta'): ReadParameter | null {
  const stderr = standardErrorOf(fit, parameterGradient(fit, name));
  return stderr === null ? null : { value: parameterEstimate(fit, name), stderr };
}

/** ln γ = −ln c₀ + ln unit. */
function readLogGamma(fit: LawFit): ReadParameter | null {
  const [c0 = Number.NaN] = fit.coefficients;
  const gradient = fit.coefficients.map((_, k) => (k === 0 ? -1 / c0 : 0));
  const stderr = c0 > 0 ? standardErrorOf(fit, gradient) : null;
  return stderr === null ? null : { value: Math.log(fit.data.unit / c0), stderr };
}

function subtract(a: ReadParameter | null, b: ReadParameter | null, t: number): ParameterDifference | null {
  if (!a || !b) return null;
  const estimate = b.value - a.value;
  const stderr = Math.hypot(a.stderr, b.stderr);
  return { estimate, stderr, ci95: [estimate - t * stderr, estimate + t * stderr] };
}
