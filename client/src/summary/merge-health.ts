import type { AgentHealth } from '@escala/model';
import type { ExactCounts } from '../measure/exact-counts.ts';
import type { Measurement } from '../measure/measurement.ts';

/** The worst of all workers: one that is at its limit limits the load. */
export function mergeHealth(parts: readonly Measurement[], sendLag: ExactCounts): AgentHealth {
  const all = parts.map(({ health }) => health);
  const worst = (of: (health: AgentHealth) => number) => Math.max(...all.map(of));
  return {
    cpuShare: worst((health) => health.cpuShare),
    eventLoopDelayUsP99: worst((health) => health.eventLoopDelayUsP99),
    eventLoopDelayUsMax: worst((health) => health.eventLoopDelayUsMax),
    gcPauseUsMax: worst((health) => health.gcPauseUsMax),
    sendLagUsP99: sendLag.percentile(0.99),
    sendLagUsMax: sendLag.count > 0 ? sendLag.max : null,
    rowsDelayed: all.some((health) => health.rowsDelayed),
    timeWaitSockets: all[0]?.timeWaitSockets ?? null,
    // Of the process, not of a thread.
    throttledUs: all[0]?.throttledUs ?? null,
  };
}
