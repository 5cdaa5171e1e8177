import type { Cell } from '@escala/model';
import { STALLED_MS_MAX } from './limits.ts';

/** An exponential gap is longer than this many means once in 10¹³ gaps (e⁻³⁰). */
const EXPONENTIAL_GAP_MEANS_MAX = 30;

type Rhythm = Pick<
  Cell,
  'ratePerSecond' | 'arrivals' | 'durationUs' | 'thinkTimeUs' | 'thinkDistribution' | 'timeoutUs'
>;

/**
 * How long the agents of a trial may send and answer nothing, ms: as long as the plan itself pauses, plus the timeout of
 * what is in flight, plus STALLED_MS_MAX. After that something is broken.
 */
export function stalledMsMax(cell: Rhythm): number {
  return STALLED_MS_MAX + (cell.timeoutUs + longestGapUs(cell)) / 1_000;
}

/** The longest gap between two requests that the plan may hold, µs. */
function longestGapUs(cell: Rhythm): number {
  const { ratePerSecond, arrivals, durationUs, thinkTimeUs, thinkDistribution } = cell;
  if (ratePerSecond === null) {
    return thinkDistribution === 'exponential' ? thinkTimeUs * EXPONENTIAL_GAP_MEANS_MAX : thinkTimeUs;
  }
  const meanUs = 1_000_000 / ratePerSecond;
  return Math.min(durationUs, arrivals === 'poisson' ? meanUs * EXPONENTIAL_GAP_MEANS_MAX : meanUs);
}
