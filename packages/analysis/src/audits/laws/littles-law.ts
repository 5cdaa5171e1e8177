import { thresholds } from '../../thresholds.ts';
import { type Audit, result } from '../audit.ts';

/**
 * L = X·R twice. As bookkeeping it is an identity: the recorded latencies sum to the area under the number in flight,
 * which the times give. Over the window it holds as well as the window is long against one residence.
 */
export const littlesLaw: Audit = ({ bookkeeping, window }, { kind }) => {
  const { latencySumUs, timesSumUs, latencyMismatches } = bookkeeping;
  const error = Math.abs(latencySumUs - timesSumUs) / Math.max(1, Math.abs(timesSumUs));
  if (latencyMismatches > 0 || error > thresholds.bookkeepingErrorMax) {
    return result('littles-law', 'fail', 'bookkeeping', { rows: latencyMismatches, error });
  }
  if (kind === 'burst' || !window || window.ended === 0)
    return result('littles-law', 'not-assessable', 'burst');
  const spanUs = window.toUs - window.fromUs;
  const inFlight = window.inFlightUs / spanUs;
  const rateTimesResidence = window.residenceUs / spanUs;
  const difference = Math.abs(inFlight - rateTimesResidence) / Math.max(inFlight, Number.MIN_VALUE);
  const values = { inFlight, rateTimesResidence, difference };
  const holds = difference <= thresholds.littleDifferenceWarn;
  return result('littles-law', holds ? 'pass' : 'warn', holds ? 'holds' : 'differs', values);
};
