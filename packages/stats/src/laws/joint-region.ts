import { fUpperQuantile } from '../distributions/f.ts';
import { solveTransposed } from '../regression/householder.ts';
import { type LawFit, parameterEstimate, parameterGradient } from './law-fit.ts';

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
