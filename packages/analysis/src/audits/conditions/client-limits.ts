import { type Experiment, latenessLimits } from '@escala/model';
import { thresholds } from '../../thresholds.ts';
import type { TrialFacts } from '../../trial-facts.ts';
import { type Audit, result } from '../audit.ts';

/** Signs that the generator, and not the server, set the pace; the throughput is then a lower bound. */
export const clientLimits: Audit = (facts, { ceilingPerSecond, experiment }) => {
  const { record, arrivals, cpu } = facts;
  const healths = record.agents.map(({ health }) => health);
  if (healths.length === 0) return result('client-limits', 'not-assessable', 'unknown');
  const lagUs = arrivals?.sendLagUsP99 ?? 0;
  const limits = latenessLimits(latencyInQuestionUs(facts, experiment));
  const { sendLagUsP99: lagLimitUs, eventLoopDelayUsP99: delayLimitUs } = limits;
  const cpuShare = Math.max(cpu.agentShareMax ?? 0, ...healths.map((health) => health.cpuShare));
  const delayUs = Math.max(...healths.map(({ eventLoopDelayUsP99 }) => eventLoopDelayUsP99));
  const values = { lagUs, lagLimitUs, cpuShare, delayUs, delayLimitUs };
  if (healths.some(({ rowsDelayed }) => rowsDelayed)) return result('client-limits', 'warn', 'disk', values);
  if (lagUs > lagLimitUs) return result('client-limits', 'warn', 'send-lag', values);
  if (cpuShare > thresholds.agentCpuShare) return result('client-limits', 'warn', 'cpu', values);
  if (delayUs > delayLimitUs) return result('client-limits', 'warn', 'event-loop', values);
  if (ceilingPerSecond !== null) {
    const ratePerSecond = requestRate(facts);
    const share = ratePerSecond / ceilingPerSecond;
    const limit = thresholds.shareOfCeiling;
    if (share > limit)
      return result('client-limits', 'warn', 'ceiling', { ratePerSecond, share, ceilingPerSecond, limit });
  }
  return result('client-limits', 'pass', 'free', values);
};

/** The strictest latency that a service level allows, else the p95 of the trial. */
function latencyInQuestionUs({ latencyUs }: TrialFacts, { slo }: Experiment): number {
  const allowed = slo.flatMap(({ latencyUs }) => latencyUs ?? []);
  return allowed.length > 0 ? Math.min(...allowed) : (latencyUs?.p95 ?? latencyUs?.p50 ?? 0);
}

/** Requests that ended per second, whatever became of them: in the window, else over the whole trial. */
function requestRate({ window, makespan, counts }: TrialFacts): number {
  if (window) return (window.ended * 1e6) / (window.toUs - window.fromUs);
  return makespan ? (counts.requests * 1e6) / (makespan.lastDoneUs - makespan.firstSentUs) : 0;
}
