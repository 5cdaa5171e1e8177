import { thresholds } from '../../thresholds.ts';
import type { TrialFacts } from '../../trial-facts.ts';
import { type Audit, isOpenLoop, result } from '../audit.ts';

/** The share of the clients' time that requests and planned think time explain, and how far chance can move it. */
interface ExplainedTime {
  readonly share: number;
  readonly tolerance: number;
  /** The most that connections which failed can have taken of it: how long each was tried for is in no row. */
  readonly connecting: number;
  /** Requests whose connection failed. */
  readonly neverSent: number;
}

/** Standard deviations by which a sum of random think times may differ from what was planned. */
const deviations = 3;

/**
 * X·(R + Z) / c over the window. Residence is clipped to the window, so that without think time the share is exact and
 * cannot pass 1: a client has one request at a time. Requests of every outcome count, because a client waits for those
 * that fail, too. Think time is known only as planned: at the edges one may be cut, and random ones vary.
 * Null without a window.
 */
export function explainedTime({ window, record }: TrialFacts): ExplainedTime | null {
  if (!window || window.ended === 0) return null;
  const { clients, thinkTimeUs, thinkDistribution, timeoutUs } = record.cell;
  const availableUs = clients * (window.toUs - window.fromUs);
  const randomUs =
    thinkDistribution === 'exponential' ? deviations * Math.sqrt(window.ended) * thinkTimeUs : 0;
  return {
    share: (window.inFlightUs + window.ended * thinkTimeUs) / availableUs,
    tolerance: (clients * thinkTimeUs + randomUs) / availableUs,
    connecting: (window.neverSent * timeoutUs) / availableUs,
    neverSent: window.neverSent,
  };
}

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
