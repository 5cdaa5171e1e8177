import type { CapacityResult, SloVerdict } from '@escala/model';

/** One level of a step function: what is met, and how far the rounds leave it undecided. */
export interface Step {
  readonly at: number;
  /** 0 where nothing is met. */
  readonly met: number;
  readonly undecidedTo: number;
  /** Even the last level is met (capacity), or not even that (demand): the value lies beyond the study. */
  readonly isBeyond: boolean;
}

const isOpenTo = (verdict: SloVerdict) => verdict === 'met' || verdict === 'undecided';

/** Capacity of every number of replicas: clients. */
export function capacitySteps({ capacity: steps, decisions }: CapacityResult): Step[] {
  return steps.map(({ replicas, strict, censored }) => {
    const loads = decisions.filter((one) => one.replicas === replicas).sort((a, b) => a.clients - b.clients);
    const stop = loads.findIndex(({ verdict }) => !isOpenTo(verdict));
    const last = stop < 0 ? loads.at(-1) : loads[stop - 1];
    const met = strict ?? 0;
    return { at: replicas, met, undecidedTo: Math.max(met, last?.clients ?? 0), isBeyond: censored };
  });
}

/** Demand of every number of clients: replicas. */
export function demandSteps({ demand, decisions }: CapacityResult): Step[] {
  const most = Math.max(...decisions.map(({ replicas }) => replicas));
  return demand.map(({ clients, replicas }) => {
    const open = decisions.filter((one) => one.clients === clients && isOpenTo(one.verdict));
    const least = Math.min(most, ...open.map((one) => one.replicas));
    const met = replicas ?? most;
    return { at: clients, met, undecidedTo: Math.min(met, least), isBeyond: replicas === null };
  });
}
