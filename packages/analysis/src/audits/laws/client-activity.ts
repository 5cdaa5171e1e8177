import type { TrialFacts } from '../../trial-facts.ts';

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
