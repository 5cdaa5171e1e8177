import type { Growth } from '@escala/model';
import { refitReciprocal } from '../laws/fit-reciprocal.ts';
import { tOf95 } from '../laws/fitted-model.ts';
import { type LawFit, standardErrorOf } from '../laws/law-fit.ts';
import { type Levels, levelMean } from '../laws/levels.ts';
import { type Profiled, profileInterval } from '../laws/profile-interval.ts';
import type { ReciprocalModel } from '../laws/reciprocal-model.ts';

/**
 * What a worker does at the largest N, as a share of what it did at the smallest: e = D(a)/D(b) with D = N/X. It is 1
 * where growth is linear. Unlike α it has no pole, so that its profile is bounded whatever the data are.
 */
export function efficiencyOf(fit: LawFit): number {
  const [a, b] = edgesOf(fit.data);
  return workTime(fit, a) / workTime(fit, b);
}

/**
 * The law with e held: D is the line through e at a and 1 at b, times a free coefficient; USL adds q(N−a)(N−b), which
 * leaves both ends where they are.
 */
function withEfficiency({ law, data }: LawFit, e: number): ReciprocalModel {
  const [a, b] = edgesOf(data);
  const line = (n: number) => ((b - n) * e + (n - a)) / (b - a);
  return { basis: law === 'usl' ? [line, (n) => (n - a) * (n - b)] : [line] };
}

/** The least squares with e held, those inside levels too; infinite where no fit exists. */
export function squaresWithEfficiency(fit: LawFit, e: number): number {
  const held = refitReciprocal(withEfficiency(fit, e), fit.data, freeOf(fit));
  return held ? held.rss + fit.data.pureError : Number.POSITIVE_INFINITY;
}

/** How throughput grew from the smallest to the largest N, with the 95 % profile limits that a law leaves it. */
export function growthOf(fit: LawFit): Growth {
  const [nMin, nMax] = edgesOf(fit.data);
  const ideal = nMax / nMin;
  const [first = 0, last = 0] = [0, -1].map((end) => {
    const level = fit.data.levels.at(end);
    return level ? levelMean(level, fit.data.scale) : 0;
  });
  const measured = first > 0 ? last / first : null;
  const limits = fit.law === 'linear' ? null : profileInterval95(fit);
  return { nMin, nMax, ideal, measured, ci95: limits && (limits.map((e) => e * ideal) as [number, number]) };
}

/** On the scale of ln e, which is symmetric in gain and loss and knows no zero. */
function profileInterval95(fit: LawFit): number[] | null {
  const [a, b] = edgesOf(fit.data);
  const terms = (n: number) => [1, n - 1, n * (n - 1)].slice(0, fit.coefficients.length);
  const [atA, atB] = [terms(a), terms(b)];
  const gradient = atA.map((term, k) => term / workTime(fit, a) - (atB[k] ?? 0) / workTime(fit, b));
  const stderr = fit.converged && fit.df > 0 ? standardErrorOf(fit, gradient) : null;
  if (stderr === null) return null;
  const profiled: Profiled = {
    estimate: Math.log(efficiencyOf(fit)),
    stderr,
    hold: (logE) => withEfficiency(fit, Math.exp(logE)),
    free: freeOf(fit),
  };
  const [low, high] = profileInterval(fit, profiled, tOf95(fit.df));
  return [low === null ? 0 : Math.exp(low), high === null ? Number.POSITIVE_INFINITY : Math.exp(high)];
}

const freeOf = (fit: LawFit): number[] => [
  workTime(fit, edgesOf(fit.data)[1]),
  ...(fit.law === 'usl' ? [fit.coefficients[2] ?? 0] : []),
];

function workTime({ coefficients: [c0 = 0, c1 = 0, c2 = 0] }: LawFit, n: number): number {
  return c0 + c1 * (n - 1) + c2 * n * (n - 1);
}

function edgesOf({ levels }: Levels): readonly [number, number] {
  return [levels[0]?.n ?? Number.NaN, levels.at(-1)?.n ?? Number.NaN];
}
