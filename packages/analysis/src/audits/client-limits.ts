import { thresholds } from '../thresholds.ts';
import type { TrialFacts } from '../trial-facts.ts';
import { type Audit, result } from './audit.ts';

/** Signs that the generator, and not the server, set the pace; the throughput is then a lower bound. */
export const clientLimits: Audit = (facts, { ceilingPerSecond }) => {
  const { record, arrivals, latencyUs, cpu } = facts;
  const healths = record.agents.map(({ health }) => health);
  if (healths.length === 0) return result('client-limits', 'not-assessable', 'unknown');
  const lagUs = arrivals?.sendLagUsP99 ?? 0;
  const lagLimitUs = Math.max(
    thresholds.sendLagUsP99,
    thresholds.sendLagOfMedianLatency * (latencyUs?.p50 ?? 0),
  );
  const cpuShare = Math.max(cpu.agentShareMax ?? 0, ...healths.map((health) => health.cpuShare));
  const delayUs = Math.max(...healths.map(({ eventLoopDelayUsP99 }) => eventLoopDelayUsP99));
  const values = { lagUs, lagLimitUs, cpuShare, delayUs };
  if (healths.some(({ rowsDelayed }) => rowsDelayed)) return result('client-limits', 'warn', 'disk', values);
  if (lagUs > lagLimitUs) return result('client-limits', 'warn', 'send-lag', values);
  if (cpuShare > thresholds.agentCpuShare) return result('client-limits', 'warn', 'cpu', values);
  if (delayUs > thresholds.eventLoopDelayUsP99) return result('client-limits', 'warn', 'event-loop', values);
  if (ceilingPerSecond !== null) {
    const ratePerSecond = requestRate(facts);
    const share = ratePerSecond / ceilingPerSecond;
    const limit = thresholds.shareOfCeiling;
    if (share > limit)
      return result('client-limits', 'warn', 'ceiling', { ratePerSecond, share, ceilingPerSecond, limit });
  }
  return result('client-limits', 'pass', 'free', values);
};

/** Requests that ended per second, whatever became of them: in the window, else over the whole trial. */
function requestRate({ window, makespan, counts }: TrialFacts): number {
  if (window) return (window.ended * 1e6) / (window.toUs - window.fromUs);
  return makespan ? (counts.requests * 1e6) / (makespan.lastDoneUs - makespan.firstSentUs) : 0;
}
