import type { FittedModel } from '@escala/model';
import { refitReciprocal } from '../laws/fit-reciprocal.ts';
import type { LawFit } from '../laws/law-fit.ts';
import { withBeta } from '../laws/reciprocal-model.ts';

/**
 * The least N at which a peak is still compatible with the data: √((1−α)/β) at the upper 95 % profile limit of β, with
 * α refitted there. Null where β has no upper limit above 0, which leaves the peak open. It is what can be said of a
 * peak that lies outside the data.
 */
export function leastPeak(usl: LawFit | null, model: FittedModel | null): number | null {
  const beta = model?.beta?.profileCi95?.[1] ?? null;
  if (!usl || beta === null || !(beta > 0)) return null;
  const [c0 = 0, c1 = 0] = usl.coefficients;
  const refit = refitReciprocal(withBeta(beta), usl.data, [c0, c1]);
  const [d0 = 0, d1 = 0] = refit?.parameters ?? [];
  const n = Math.sqrt((1 - d1 / d0) / beta);
  return Number.isFinite(n) ? n : null;
}
