import { thresholds } from '../../thresholds.ts';
import { type Audit, isOpenLoop, result } from '../audit.ts';
import { explainedTime } from './client-activity.ts';

/** X = c / (R + Z): the clients that throughput and latency imply against the clients that there are. */
export const interactiveLaw: Audit = (facts, { kind }) => {
  if (isOpenLoop(facts)) return result('interactive-law', 'not-assessable', 'open');
  const explained = explainedTime(facts);
  if (kind === 'burst' || !explained) return result('interactive-law', 'not-assessable', 'burst');
  const { share, tolerance, connecting } = explained;
  const { clients } = facts.record.cell;
  const values = { clients, implied: share * clients, share };
  if (share - tolerance > thresholds.interactiveHigh)
    return result('interactive-law', 'fail', 'too-many', values);
  const most = share + tolerance + connecting;
  if (share + tolerance < thresholds.interactiveLow && most >= thresholds.interactiveLow) {
    const requests = explained.neverSent;
    return result('interactive-law', 'not-assessable', 'connecting', { share, requests });
  }
  if (most < thresholds.interactiveFail) return result('interactive-law', 'fail', 'too-few', values);
  if (most < thresholds.interactiveLow) return result('interactive-law', 'warn', 'too-few', values);
  return result('interactive-law', 'pass', 'holds', values);
};
