import { type Block, blockKey, type Cell, type Experiment, type StudyExpectation } from '@escala/model';
import { BYTES_PER_REQUEST } from './limits.ts';

/** What the time of a study is made of besides its load, s. */
interface Pace {
  /** Once: images, the namespace, the agents. */
  readonly startS: number;
  readonly trialS: number;
  readonly blockS: number;
  readonly replicaS: number;
}

/** Measured on a small machine: the founding study on two cores, and experiments/quick.yaml on a cluster of one node. */
const LOCAL: Pace = { startS: 0, trialS: 0.25, blockS: 0.6, replicaS: 0.12 };
const CLUSTER: Pace = { startS: 12, trialS: 0.8, blockS: 4, replicaS: 0.3 };

const paceOn = (target: string) => (target === 'local' ? LOCAL : CLUSTER);
/** Requests/s that two cores can carry with every row on disk on both sides. */
const MACHINE_REQUESTS_PER_S = 5_000;
/** Clients choose replicas at random, so the fullest replica holds more than its share: mean + this × √mean. */
const IMBALANCE = 1.2;

export interface Estimate {
  readonly seconds: number;
  readonly requests: number;
  readonly bytes: number;
}

/** Seconds that the load of a trial takes. */
function loadSeconds(cell: Cell, { service }: Experiment): number {
  if (cell.ratePerSecond !== null) return cell.durationUs / 1e6;
  const requests = cell.clients * cell.messages;
  const serviceS = service.timeUs / 1e6;
  const perReplica = cell.clients / cell.replicas;
  const fullest = Math.min(cell.clients, perReplica + IMBALANCE * Math.sqrt(perReplica));
  const queueS = (fullest * cell.messages * serviceS) / service.parallelism;
  const clientS = cell.messages * (serviceS + cell.thinkTimeUs / 1e6);
  return Math.max(queueS, clientS, requests / MACHINE_REQUESTS_PER_S);
}

/** What each trial and each block of a plan is expected to take, before anything has run. */
export function expectStudy(
  plan: readonly Block[],
  experiment: Experiment,
  target: string,
): StudyExpectation {
  const { startS, trialS, blockS, replicaS } = paceOn(target);
  return {
    trials: plan.flatMap((block) =>
      block.trials.map(({ planIndex, round, cell }) => ({
        planIndex,
        round,
        cell: cell.key,
        block: blockKey(block),
        fixedS: trialS,
        loadS: loadSeconds(cell, experiment),
      })),
    ),
    blockS: Object.fromEntries(
      plan.map((block, i) => [blockKey(block), (i === 0 ? startS : 0) + blockS + block.replicas * replicaS]),
    ),
  };
}

/** Time, requests and disk of a plan, before anything has run. An estimate: the machine decides. */
export function estimateStudy(plan: readonly Block[], experiment: Experiment, target: string): Estimate {
  const { trials, blockS } = expectStudy(plan, experiment, target);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const seconds = sum(Object.values(blockS)) + sum(trials.map(({ fixedS, loadS }) => fixedS + loadS));
  const requests = sum(
    plan.flatMap((block) =>
      block.trials.map(({ cell }) =>
        cell.ratePerSecond === null
          ? cell.clients * cell.messages
          : Math.round((cell.ratePerSecond * cell.durationUs) / 1e6),
      ),
    ),
  );
  return { seconds, requests, bytes: requests * BYTES_PER_REQUEST };
}
