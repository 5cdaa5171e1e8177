import type { FittedModel, ParameterEstimate } from '@escala/model';
import { studentTQuantile } from '../distributions/student-t.ts';
import {
  type LawFit,
  lawParameters,
  type ParameterName,
  parameterEstimate,
  parameterGradient,
  standardErrorOf,
} from './law-fit.ts';
import { profiledParameter, profileInterval } from './profile-interval.ts';

/** The quantile for two-sided 95 % intervals. */
export function tOf95(df: number): number {
  return studentTQuantile(0.975, df);
}

/** The printed part of a fit: parameters with errors and intervals, and the criteria for the choice. */
export function describeFit(fit: LawFit): FittedModel {
  const names = lawParameters[fit.law];
  const parameters = Object.fromEntries(names.map((name) => [name, describeParameter(fit, name)]));
  const rss = rssInUnitsOfX(fit);
  return {
    ...parameters,
    rss,
    df: fit.df,
    residualStandardError:
      fit.s2 === null ? null : Math.sqrt(fit.s2) * (fit.data.scale === 'log' ? 1 : fit.data.unit),
    ...informationCriteria(fit),
    converged: fit.converged,
  };
}

/** The residual squares: of ln x on the log scale, of x on the linear one. */
function rssInUnitsOfX({ rss, data }: LawFit): number {
  return data.scale === 'log' ? rss : rss * data.unit * data.unit;
}

function describeParameter(fit: LawFit, name: ParameterName): ParameterEstimate {
  const estimate = parameterEstimate(fit, name);
  const unit = name === 'gamma' ? fit.data.unit : 1;
  const gradient = parameterGradient(fit, name).map((slope) => slope / unit);
  const inUnit = standardErrorOf(fit, gradient);
  if (inUnit === null) return { estimate, stderr: null, ci95: null, profileCi95: null };
  const stderr = inUnit * unit;
  const t = tOf95(fit.df);
  const ci95 = [estimate - t * stderr, estimate + t * stderr] as const;
  const profileCi95 = fit.converged ? profileInterval(fit, profiledParameter(fit, name, stderr), t) : null;
  return { estimate, stderr, ci95, profileCi95 };
}

/**
 * AIC of the Gaussian likelihood, n·ln(2π·RSS/n) + n + 2k, as R's AIC() has it, with k = parameters + 1 for the noise,
 * and AICc = AIC + 2k(k+1)/(n−k−1) (Hurvich & Tsai 1989). Null where it is undefined: no residual, or too few rows.
 */
export function informationCriteria({
  data,
  rss,
  coefficients,
}: Pick<LawFit, 'data' | 'rss' | 'coefficients'>): {
  readonly aic: number | null;
  readonly aicc: number | null;
} {
  if (!(rss > 0)) return { aic: null, aicc: null };
  const n = data.rows;
  const k = coefficients.length + 1;
  const logUnit = data.scale === 'log' ? 0 : 2 * Math.log(data.unit);
  const aic = n * (Math.log((2 * Math.PI * rss) / n) + logUnit) + n + 2 * k;
  return { aic, aicc: n - k - 1 > 0 ? aic + (2 * k * (k + 1)) / (n - k - 1) : null };
}
