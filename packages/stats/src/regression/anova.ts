import { mean, sumOfSquares } from '../describe/moments.ts';
import { fUpperTail } from '../distributions/f.ts';

/** One-way analysis of variance. Sums of squares in the unit of the values squared. */
export interface AnovaResult {
  readonly betweenSquares: number;
  readonly withinSquares: number;
  readonly df: readonly [between: number, within: number];
  readonly f: number;
  readonly p: number;
  readonly residualSd: number;
  readonly rSquared: number;
  /** Variance components: inside groups, and between them (truncated at 0), from the mean group size. */
  readonly components: { readonly within: number; readonly between: number };
}

/**
 * One-way analysis of variance of groups (deployments) of values (repetitions inside one). The first value is taken
 * off everything first, so that values which share many leading digits keep the others. Null without freedom inside
 * groups. Source: NIST/SEMATECH e-Handbook 7.4.3; components by Kalibera & Jones 2013.
 */
export function oneWayAnova(groups: readonly (readonly number[])[]): AnovaResult | null {
  const origin = groups[0]?.[0] ?? 0;
  const shifted = groups.map((group) => group.map((value) => value - origin));
  const all = shifted.flat();
  const df = [groups.length - 1, all.length - groups.length] as const;
  if (df[0] < 1 || df[1] < 1) return null;
  const grand = mean(all);
  const withinSquares = shifted.reduce((sum, group) => sum + sumOfSquares(group), 0);
  const betweenSquares = shifted.reduce((sum, group) => sum + group.length * (mean(group) - grand) ** 2, 0);
  const [between, within] = [betweenSquares / df[0], withinSquares / df[1]];
  const squaredSizes = shifted.reduce((sum, group) => sum + group.length ** 2, 0);
  const size = (all.length - squaredSizes / all.length) / df[0];
  const f = between / within;
  return {
    betweenSquares,
    withinSquares,
    df,
    f,
    p: fUpperTail(f, ...df),
    residualSd: Math.sqrt(within),
    rSquared: betweenSquares / (betweenSquares + withinSquares),
    components: { within, between: Math.max(0, (between - within) / size) },
  };
}
