import type { MachineUse } from '@escala/model';
import { thresholds } from '../thresholds.ts';
import type { TrialFacts } from '../trial-facts.ts';
import { type Audit, type AuditContext, result } from './audit.ts';

/**
 * Whether processors were left. Where they were not, the throughput is that of so many servers on so many processors. A
 * simulated service that waits needs none: while the busiest server was in it most of the time, the machine took less
 * of the trial than the service did, and the finding is for information.
 */
export const machine: Audit = (facts, context) => {
  const use = fullest(facts);
  if (!use || use.busyShare === null) return result('machine', 'not-assessable', 'unknown');
  const { servers, cores, lastedUs, busyShare, errorShare, oursShare, node } = use;
  const values = { servers, cores, busyShare, oursShare: oursShare ?? 0, ...(node !== null && { node }) };
  if (isFull(use)) {
    const serviceShare = serviceShareOf(facts, context);
    return serviceShare !== null && serviceShare >= thresholds.serviceShareWarn
      ? result('machine', 'info', 'full-serving', { ...values, serviceShare })
      : result('machine', 'warn', node === null ? 'full' : 'full-node', values);
  }
  if (busyShare + errorShare < thresholds.machineFull) return result('machine', 'pass', 'free', values);
  return result('machine', 'not-assessable', 'short', { lastedUs, busyShare, errorShare });
};

/**
 * Whether the processors and nothing else set the throughput. Servers that were in their simulated wait for nearly all
 * of the trial set it themselves.
 */
export function isMachineLimited(facts: TrialFacts, context: Pick<AuditContext, 'experiment'>): boolean {
  const use = fullest(facts);
  return (
    use !== undefined && isFull(use) && (serviceShareOf(facts, context) ?? 0) < thresholds.serviceShareLimits
  );
}

/** The machine with the least left of those that are known; all of a trial wait for it. */
function fullest({ machines }: TrialFacts): MachineUse | undefined {
  return machines.toSorted((a, b) => (b.busyShare ?? -1) - (a.busyShare ?? -1))[0];
}

function isFull({ busyShare, errorShare }: MachineUse): boolean {
  return busyShare !== null && busyShare - errorShare >= thresholds.machineFull;
}

/** The share of the trial that the busiest server spent in a simulated service that waits; null without one. */
function serviceShareOf(
  { replicas, makespan }: TrialFacts,
  { experiment }: Pick<AuditContext, 'experiment'>,
): number | null {
  const { kind, timeUs, parallelism } = experiment.service;
  if (kind !== 'wait' || timeUs === 0 || !makespan || replicas.length === 0) return null;
  const thereUs = (makespan.lastDoneUs - makespan.firstSentUs) * parallelism;
  return Math.max(...replicas.map(({ busyUs }) => busyUs)) / thereUs;
}
