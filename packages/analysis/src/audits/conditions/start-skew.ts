import { thresholds } from '../../thresholds.ts';
import { type Audit, result } from '../audit.ts';

/**
 * All agents begin at one agreed instant; apart by more, they do not load the servers together. A trial of which timers
 * alone are a larger share than that is too short to tell.
 */
export const startSkew: Audit = ({ record, makespan }) => {
  const skews = record.agents.map(({ startSkewUs }) => startSkewUs);
  if (skews.length === 0) return result('start-skew', 'not-assessable', 'unknown');
  const spreadUs = Math.max(...skews) - Math.min(...skews);
  const makespanUs = makespan ? makespan.lastDoneUs - makespan.firstSentUs : 0;
  const limitUs = Math.max(thresholds.startSkewUsMin, thresholds.startSkewOfMakespan * makespanUs);
  const together = spreadUs <= limitUs;
  const values = { spreadUs, limitUs };
  if (together && spreadUs > thresholds.startSkewOfMakespan * makespanUs) {
    return result('start-skew', 'not-assessable', 'short', { spreadUs, lastedUs: makespanUs });
  }
  return result('start-skew', together ? 'pass' : 'warn', together ? 'together' : 'apart', values);
};
