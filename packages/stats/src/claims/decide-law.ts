import type { FitResult, HardCap, LackOfFit, Peak } from '@escala/model';
import { informationCriteria } from '../laws/fitted-model.ts';
import { fitHardCap } from '../laws/hard-cap.ts';
import { findPeak } from '../laws/law-curve.ts';
import { isRounding, type LawFit, lackOfFit } from '../laws/law-fit.ts';
import { levelMean } from '../laws/levels.ts';
import {
  CLAIM_LEVEL,
  type Claim,
  claimLaw,
  type Evidence,
  LACK_OF_FIT_LEVEL,
  LOSS_SHARE_MAX,
  USL_ROWS_MIN,
} from './claim-law.ts';

/** A law has "essentially no support" beside a hard cap whose AICc is better by this (Burnham & Anderson 2002, 2.6). */
const CAP_AICC_GAIN_MIN = 10;

/** A claim, after the lack of fit and a hard cap had their say. */
export interface Decision {
  readonly evidence: Evidence;
  readonly level: number;
  readonly claim: Claim;
  /** The law that was claimed, or the one that its absence is explained with. */
  readonly best: LawFit;
  readonly lack: LackOfFit | null;
  /** The p of the lack of fit, where it is so small that the law is refused. */
  readonly refusedP: number | null;
  readonly hardCap: HardCap | null;
  /** The AICc of the best law less that of the hard cap, where the cap takes its place. */
  readonly capGain: number | null;
  readonly chosen: FitResult['chosen'];
  readonly peak: Peak;
}

export function decide(evidence: Evidence, level = CLAIM_LEVEL): Decision {
  const claim = claimLaw(evidence, level);
  const best = claim.law === 'linear' ? evidence.linear : claim.spread;
  const lack = lackOfFit(best);
  const refusedP = lack && isRefused(claim, lack.p) ? lack.p : null;
  const hardCap = isRounding(best.rss, best.data.rows) ? null : fitHardCap(best.data);
  const capGain = claim.law === 'linear' || !hardCap ? null : gainOfCap(hardCap, best, refusedP !== null);
  const isOneLevel = best.data.levels.length < 2;
  const chosen = refusedP !== null || capGain !== null || isOneLevel ? 'none' : claim.law;
  const peak = findPeak(chosen === 'usl' ? best : null);
  return { evidence, level, claim, best, lack, refusedP, hardCap, capGain, chosen, peak };
}

/**
 * A law is refused that misses the levels by more than their repetitions vary. "Linear within 10 %" allows what it
 * says: it is refused only where a level is further off.
 */
function isRefused({ law, spread }: Claim, p: number): boolean {
  if (law !== 'linear') return p < LACK_OF_FIT_LEVEL;
  const { levels, scale } = spread.data;
  const each = levels.map((level) => Math.log(levelMean(level, scale) / level.n));
  const middle = (Math.max(...each) + Math.min(...each)) / 2;
  return p < LACK_OF_FIT_LEVEL && each.some((one) => Math.abs(one - middle) > -Math.log(1 - LOSS_SHARE_MAX));
}

/**
 * By how much a hard cap describes the data better; null where it does not take the place of a law: it must fit where
 * the law was refused, and else leave it no support. With few rows a knee fits almost anything.
 */
function gainOfCap(
  { rss, gamma, capacity, aicc }: HardCap,
  best: LawFit,
  isLawRefused: boolean,
): number | null {
  const { data } = best;
  const squares = data.scale === 'log' ? rss : rss / data.unit ** 2;
  const capFits =
    (lackOfFit({ rss: squares, data, coefficients: [gamma, capacity] })?.p ?? 1) >= LACK_OF_FIT_LEVEL;
  const gain = (informationCriteria(best).aicc ?? Number.NaN) - (aicc ?? Number.NaN);
  if (data.rows < USL_ROWS_MIN || !capFits || !(gain > 0)) return null;
  return isLawRefused || gain >= CAP_AICC_GAIN_MIN ? gain : null;
}
