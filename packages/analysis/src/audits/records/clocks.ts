import { thresholds } from '../../thresholds.ts';
import { type Audit, result } from '../audit.ts';

/**
 * No duration is negative, and no request arrives before it is sent. The least time from send to receipt and from
 * service to answer bound the offset of a replica's clock from both sides; outside of 0 it is proven to be skewed.
 */
export const clocks: Audit = ({ bookkeeping, replicas }) => {
  if (bookkeeping.negativeDurations > 0) {
    return result('clocks', 'fail', 'negative', { rows: bookkeeping.negativeDurations });
  }
  const offsets = replicas.flatMap(({ name, sendToReceiveUsMin: first, serveToDoneUsMin: second }) =>
    first === null || second === null
      ? []
      : [{ name, provenUs: Math.max(0, -first, -second), offsetUs: (first - second) / 2 }],
  );
  if (offsets.length === 0) return result('clocks', 'not-assessable', 'unknown');
  const worst = offsets.reduce((most, one) => (one.provenUs > most.provenUs ? one : most));
  const values = { replica: worst.name, offsetUs: worst.offsetUs };
  const agree = worst.provenUs <= thresholds.clockSkewUs;
  return result('clocks', agree ? 'pass' : 'warn', agree ? 'agree' : 'skewed', values);
};
