import type { Block, Cell, Experiment } from '@escala/model';
import { BYTES_PER_REQUEST } from './limits.ts';

// What the time of a study is made of on a small machine, measured with the founding study on two cores.
const TRIAL_OVERHEAD_S = 0.25;
const BLOCK_OVERHEAD_S = 0.6;
const REPLICA_START_S = 0.12;
/** Requests/s that two cores can carry with every row on disk on both sides. */
const MACHINE_REQUESTS_PER_S = 5_000;
/** Clients choose replicas at random, so the fullest replica holds more than its share: mean + this × √mean. */
const IMBALANCE = 1.2;

export interface Estimate {
  readonly seconds: number;
  readonly requests: number;
  readonly bytes: number;
}

/** Seconds that a trial of the cell takes, all included. */
export function estimateTrialSeconds(cell: Cell, { service }: Experiment): number {
  if (cell.ratePerSecond !== null) return TRIAL_OVERHEAD_S + cell.durationUs / 1e6;
  const requests = cell.clients * cell.messages;
  const serviceS = service.timeUs / 1e6;
  const perReplica = cell.clients / cell.replicas;
  const fullest = Math.min(cell.clients, perReplica + IMBALANCE * Math.sqrt(perReplica));
  const queueS = (fullest * cell.messages * serviceS) / service.parallelism;
  const clientS = cell.messages * (serviceS + cell.thinkTimeUs / 1e6);
  return TRIAL_OVERHEAD_S + Math.max(queueS, clientS, requests / MACHINE_REQUESTS_PER_S);
}

/** Time, requests and disk of a plan, before anything has run. An estimate: the machine decides. */
export function estimateStudy(plan: readonly Block[], experiment: Experiment): Estimate {
  let [seconds, requests] = [0, 0];
  for (const block of plan) {
    seconds += BLOCK_OVERHEAD_S + block.replicas * REPLICA_START_S;
    for (const { cell } of block.trials) {
      seconds += estimateTrialSeconds(cell, experiment);
      requests +=
        cell.ratePerSecond === null
          ? cell.clients * cell.messages
          : (cell.ratePerSecond * cell.durationUs) / 1e6;
    }
  }
  return { seconds, requests, bytes: requests * BYTES_PER_REQUEST };
}
