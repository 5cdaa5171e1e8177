import { type Cell, loadOf } from '@escala/model';
import { STALLED_MS_MAX } from './limits.ts';

/** An exponential gap is longer than this many means once in 10¹³ gaps (e⁻³⁰). */
const EXPONENTIAL_GAP_MEANS_MAX = 30;

type Paced = Parameters<typeof loadOf>[0] & Pick<Cell, 'timeoutUs'>;

/**
 * How long the agents of a trial may send and answer nothing, ms: as long as the plan itself pauses, plus the timeout of
 * what is in flight, plus STALLED_MS_MAX. After that something is broken.
 */
export function stalledMsMax(cell: Paced): number {
  return STALLED_MS_MAX + (cell.timeoutUs + longestGapUs(cell)) / 1_000;
}

/** The longest gap between two requests that the plan may hold, µs. */
function longestGapUs(cell: Paced): number {
  const load = loadOf(cell);
  const longestUs = (meanUs: number, isExponential: boolean) =>
    isExponential ? meanUs * EXPONENTIAL_GAP_MEANS_MAX : meanUs;
  if (load.kind === 'closed') return longestUs(load.thinkTimeUs, load.thinkDistribution === 'exponential');
  return Math.min(load.durationUs, longestUs(1_000_000 / load.ratePerSecond, load.arrivals === 'poisson'));
}
