import { studentTQuantile, studentTUpperTail } from '../distributions/student-t.ts';
import { isRounding, type LawFit, lackOfFit } from '../laws/law-fit.ts';
import { efficiencyOf, growthOf, squaresWithEfficiency } from './growth.ts';

/** A loss at the largest N that matters, as a share of linear growth from N = 1. */
export const LOSS_SHARE_MAX = 0.1;
/** One side of a 95 % profile interval. */
export const CLAIM_LEVEL = 0.025;
/** Below this p of the lack of fit a law is refused. */
export const LACK_OF_FIT_LEVEL = 0.01;
/** Below these a USL is fitted but never claimed; R's package warns below six rows, usl4j refuses. */
export const USL_ROWS_MIN = 6;
export const USL_LEVELS_MIN = 4;
/** Two levels show a growth and no law. */
export const LEVELS_MIN = 3;
/** A share this close to 1 is 1: throughput that does not grow. */
const ROUNDING_SHARE = 1e-9;
/** More measurements of each level than this are no advice. */
const REPETITIONS_ADVISED_MAX = 20;
/** The share of such studies in which as many measurements as are advised would tell. */
export const ADVICE_CHANCE = 0.8;
/** With fewer degrees of freedom the noise itself is not known, nor is what more measurements would tell. */
const ADVICE_DF_MIN = 4;

/**
 * One-sided p-values of what the limits of a profile exclude: p < .025 is "the 95 % profile limits exclude it", since
 * the profile t of a held value is √((RSS(held) − RSS)/s²).
 */
export interface Evidence {
  readonly linear: LawFit;
  readonly amdahl: LawFit | null;
  readonly usl: LawFit | null;
  /** That contention is above 0 (Amdahl's α, or growth below the ideal): p of its absence. */
  readonly contention: number;
  /** That growth is above the ideal. */
  readonly gain: number;
  /** That nothing is lost that matters, by Amdahl and by USL. */
  readonly noLoss: number;
  readonly noLossOfUsl: number;
  /** That β is above 0, and below 0. */
  readonly coherency: number;
  readonly upward: number;
  /** That the growth which USL leaves is not the ideal one, either way. */
  readonly bend: number;
}

/** What the evidence allows to say: a law, or why there is none. The names are codes of fit-reasons.ts. */
export type Claim = {
  /** The law whose limits say what growth the data allow: Amdahl, or USL where β is above 0. */
  readonly spread: LawFit;
} & (
  | { readonly law: 'linear' | 'amdahl' | 'usl'; readonly why: null }
  | { readonly law: 'none'; readonly why: 'superlinear' | 'falls' | 'flat' | 'outside' }
  | {
      readonly law: 'undecided';
      readonly why: 'few-levels' | 'unconverged' | 'open' | 'open-upward' | 'upward';
    }
);

export function gatherEvidence(linear: LawFit, amdahl: LawFit | null, usl: LawFit | null): Evidence {
  const asked = usl && hasEnoughForUsl(usl) && usl.converged ? usl : null;
  const none = { linear, amdahl, usl, contention: 1, gain: 1, noLoss: 1, noLossOfUsl: 1 };
  if (!amdahl?.converged || amdahl.df <= 0) return { ...none, coherency: 1, upward: 1, bend: 1 };
  const least = efficiencyWithoutLoss(amdahl);
  const e = efficiencyOf(amdahl);
  const p = (fit: LawFit, squares: number, isThere: boolean) => pOf(fit, squares, isThere);
  const isConvex = (asked?.coefficients[2] ?? 0) > 0;
  const ofUsl = asked && efficiencyOf(asked);
  return {
    ...none,
    contention: p(amdahl, linear.rss, e < 1),
    gain: p(amdahl, linear.rss, e > 1),
    noLoss: p(amdahl, squaresWithEfficiency(amdahl, least), e > least),
    noLossOfUsl: asked && ofUsl !== null ? p(asked, squaresWithEfficiency(asked, least), ofUsl > least) : 1,
    coherency: asked ? p(asked, amdahl.rss, isConvex) : 1,
    upward: asked ? p(asked, amdahl.rss, !isConvex) : 1,
    bend: asked ? p(asked, squaresWithEfficiency(asked, 1), true) : 1,
  };
}

/** Of "the held value is true", against the side on which the estimate lies; above ½ where it lies on the other. */
function pOf(fit: LawFit, heldSquares: number, isOnSide: boolean): number {
  const rows = fit.data.rows;
  if (isRounding(heldSquares, rows)) return 1;
  const t = isRounding(fit.rss, rows)
    ? Number.POSITIVE_INFINITY
    : Math.sqrt(Math.max(0, heldSquares - fit.rss) / (fit.rss / fit.df));
  const tail = t === Number.POSITIVE_INFINITY ? 0 : studentTUpperTail(t, fit.df);
  return isOnSide ? tail : 1 - tail;
}

/** The least efficiency from the smallest to the largest N at which the loss from N = 1 does not matter. */
function efficiencyWithoutLoss({ data: { levels } }: LawFit): number {
  const [a = 1, b = 1] = [levels[0]?.n, levels.at(-1)?.n];
  // Levels below 1, shares of a machine say, are their own base.
  const base = Math.min(1, a);
  const alpha = LOSS_SHARE_MAX / (1 - LOSS_SHARE_MAX) / (b - base);
  return (1 + alpha * (a - base)) / (1 + alpha * (b - base));
}

/**
 * The law that the data leave, at the one-sided level: USL where β is above 0 and linear is excluded, else linear where
 * a loss that matters is excluded, else Amdahl where contention is above 0, and else none of them. Asking β only after
 * linear is excluded (a fixed sequence) keeps both questions together at the level.
 */
export function claimLaw(evidence: Evidence, level = CLAIM_LEVEL): Claim {
  const { linear, amdahl, usl } = evidence;
  if (linear.data.levels.length < LEVELS_MIN || !amdahl || amdahl.df <= 0)
    return { law: 'undecided', why: 'few-levels', spread: amdahl ?? linear };
  if (!amdahl.converged) return { law: 'undecided', why: 'unconverged', spread: amdahl };
  const isUsl = usl !== null && evidence.coherency < level && isLinearExcluded(evidence, amdahl, level);
  const spread = isUsl ? usl : amdahl;
  const gainsMuch = efficiencyOf(amdahl) > 1 / (1 - LOSS_SHARE_MAX);
  if ((isUsl ? evidence.noLossOfUsl : evidence.noLoss) < level && !gainsMuch)
    return { law: 'linear', why: null, spread };
  if (isUsl) return withMeaning(spread);
  if (evidence.gain < level) return { law: 'none', why: 'superlinear', spread };
  if (evidence.contention >= level)
    return { law: 'undecided', why: evidence.noLoss < level ? 'open-upward' : 'open', spread };
  return evidence.upward < level ? { law: 'undecided', why: 'upward', spread } : withMeaning(spread);
}

function isLinearExcluded({ contention, bend }: Evidence, amdahl: LawFit, level: number): boolean {
  return contention < level || bend < level || (lackOfFit(amdahl)?.p ?? 1) < LACK_OF_FIT_LEVEL;
}

/**
 * A law means something where it grows at first, from N = 1: α, and α + β with USL, is below 1, and γ above 0. A USL whose
 * α is below 0 is superlinear at first and has its meaning.
 */
function withMeaning(fit: LawFit): Claim {
  const [c0 = 0, c1 = 0, c2 = 0] = fit.coefficients;
  if (c0 > 0 && c1 + c2 < c0 * (1 - ROUNDING_SHARE)) return { law: fit.law, why: null, spread: fit };
  const [low, high] = growthOf(fit).ci95 ?? [0, Number.POSITIVE_INFINITY];
  if (high < 1 - ROUNDING_SHARE) return { law: 'none', why: 'falls', spread: fit };
  return { law: 'none', why: low <= 1 + ROUNDING_SHARE ? 'flat' : 'outside', spread: fit };
}

export function hasEnoughForUsl({ data }: LawFit): boolean {
  return data.rows >= USL_ROWS_MIN && data.levels.length >= USL_LEVELS_MIN;
}

/**
 * The level at which each of several curves may claim, so that a false claim about any of them stays as rare as about
 * one alone: Holm's step-down over the p-value of the first claim that each would make. Source: Holm 1979.
 */
export function familyLevels(curves: readonly Evidence[]): number[] {
  const ps = curves.map(firstClaim);
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const levels = new Array<number>(curves.length).fill(0);
  let step = 0;
  for (const curve of order) {
    const level = CLAIM_LEVEL / (curves.length - step);
    levels[curve] = level;
    if ((ps[curve] ?? 1) < level) step++;
  }
  return levels;
}

/** The least level at which something is claimed; 1 where nothing is at any. */
function firstClaim(evidence: Evidence): number {
  const { contention, gain, noLoss, noLossOfUsl, coherency, bend } = evidence;
  const ps = [contention, gain, noLoss, noLossOfUsl, coherency, bend].sort((a, b) => a - b);
  const claims = (p: number) => claimLaw(evidence, p + Number.EPSILON).law !== 'undecided';
  return ps.find((p) => p < CLAIM_LEVEL && claims(p)) ?? 1;
}

/**
 * How many measurements of each level settle what is open in `ADVICE_CHANCE` of studies, if noise and growth stay as they
 * are: the profile t of the nearer side grows with the square root of their number. Null where more of the same would not
 * settle it; undefined where these are too few to know.
 */
export function repetitionsNeeded(
  { amdahl, contention, noLoss }: Evidence,
  level: number,
): number | null | undefined {
  if (!amdahl || amdahl.df < ADVICE_DF_MIN) return undefined;
  const { rows, levels } = amdahl.data;
  const nearest = Math.min(contention, noLoss);
  if (nearest >= 0.5) return null;
  const t = studentTQuantile(1 - nearest, amdahl.df);
  const now = rows / levels.length;
  for (let each = Math.floor(now) + 1; each <= REPETITIONS_ADVISED_MAX; each++) {
    const df = each * levels.length - amdahl.coefficients.length;
    const enough = studentTQuantile(1 - level, df) + studentTQuantile(ADVICE_CHANCE, df);
    if (t * Math.sqrt(each / now) >= enough) return each;
  }
  return null;
}
