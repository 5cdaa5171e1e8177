import type { MachineUse } from '@escala/model';
import { thresholds } from '../../thresholds.ts';
import type { TrialFacts } from '../../trial-facts.ts';
import { type Audit, type AuditContext, result } from '../audit.ts';
import { othersLimit } from './neighbours.ts';

/**
 * Whether processors were left. Where they were not, the throughput is that of so many servers on so many processors. A
 * simulated service that waits needs none: while the busiest server was in it most of the time, the machine took less
 * of the trial than the service did, and the finding is for information.
 */
export const machine: Audit = (facts, context) => {
  const use = fullest(facts);
  // Counters without a look that covers the window mean that the window is too short.
  if (!use || (use.busyShare === null && use.othersShare === null))
    return result('machine', 'not-assessable', 'unknown');
  const { servers, cores, windowUs, oursShare, node } = use;
  const busyShare = use.busyShare ?? 0;
  const values = { servers, cores, busyShare, oursShare: oursShare ?? 0, ...(node !== null && { node }) };
  const short = {
    servers,
    cores,
    windowUs,
    minShare: use.busyShareMin ?? 0,
    maxShare: use.busyShareMax ?? 1,
    ...(node !== null && { node }),
  };
  const serviceShare = serviceShareOf(facts, context);
  switch (fullnessOf(use, serviceShare)) {
    case 'full':
      return serviceShare !== null && serviceShare >= thresholds.serviceShareWarn
        ? result('machine', 'info', 'full-serving', { ...values, serviceShare })
        : result(
            'machine',
            'warn',
            isShared(use)
              ? node === null
                ? 'full-shared'
                : 'full-shared-node'
              : node === null
                ? 'full'
                : 'full-node',
            values,
          );
    case 'perhaps':
      return result('machine', 'warn', node === null ? 'perhaps-full' : 'perhaps-full-node', short);
    case 'short':
      return result('machine', 'not-assessable', 'short', short);
    case 'free':
      return result('machine', 'pass', 'free', values);
  }
};

/** Whether the processors set the throughput, as far as is known, and no simulated wait did. */
export function isMachineLimited(facts: TrialFacts, context: Pick<AuditContext, 'experiment'>): boolean {
  const use = fullest(facts);
  const serviceShare = serviceShareOf(facts, context);
  const fullness = use && fullnessOf(use, serviceShare);
  return (
    (fullness === 'full' && (serviceShare ?? 0) < thresholds.serviceShareLimits) || fullness === 'perhaps'
  );
}

/** Others had more than `neighbours` lets them: what was full was not all for this study. */
function isShared(use: MachineUse): boolean {
  return (use.othersShare ?? 0) + (use.stolenShare ?? 0) > othersLimit(use);
}

/** The machine with the least left of those that are known; all of a trial wait for it. */
function fullest({ machines }: TrialFacts): MachineUse | undefined {
  return machines.toSorted((a, b) => (b.busyShare ?? -1) - (a.busyShare ?? -1))[0];
}

/**
 * A window of some tens of milliseconds is too short to tell, for the looks at its edges come that much too early or too
 * late. A service that does its work on the processors is then under suspicion if most of them were busy; one that waits
 * is not.
 */
function fullnessOf(
  { busyShare, busyShareMin, busyShareMax }: MachineUse,
  serviceShare: number | null,
): 'full' | 'perhaps' | 'short' | 'free' {
  if ((busyShareMin ?? 0) >= thresholds.machineFull) return 'full';
  if ((busyShareMax ?? 1) < thresholds.machineFull) return 'free';
  return serviceShare === null && (busyShare ?? 0) >= thresholds.machinePerhapsFull ? 'perhaps' : 'short';
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
