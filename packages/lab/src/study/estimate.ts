import {
  type Block,
  blockKey,
  type Cell,
  type ExpectedTrial,
  type Experiment,
  isOwnServer,
  loadOf,
  ownSystems,
  type StudyExpectation,
  type System,
} from '@escala/model';
import type { Pace } from '../targets/contract/row.ts';
import { warmupMessagesOf } from '../trial/agent-plan.ts';
import { BYTES_PER_REQUEST } from '../trial/limits.ts';

/** Requests/s that two cores can carry with every row on disk on both sides. */
const MACHINE_REQUESTS_PER_S = 5_000;
/** Deviations by which the fullest replica holds more than its share. */
const IMBALANCE = 1.2;
/** Only the unit in which an unknown service's time is learned. */
const GUESSED_SERVICE_S = 0.001;

export interface Estimate {
  /** The study takes at least so long, where `unknownSystems` are in it. */
  readonly seconds: number;
  /** Systems in closed loops whose service time nothing tells before the study. */
  readonly unknownSystems: readonly string[];
  readonly requests: number;
  readonly bytes: number;
}

/** Clients choose replicas at random, so the fullest replica holds more than the mean (which is the variance, too). */
function clientsOfFullest({ clients, replicas }: Cell): number {
  const mean = clients / replicas;
  return Math.min(clients, mean + IMBALANCE * Math.sqrt(mean));
}

/** Seconds that a closed loop takes on our own servers, whose service the experiment sets. */
function closedLoopSeconds(cell: Cell, { service }: Experiment): number {
  const serviceS = service.timeUs / 1e6;
  const queueS = (clientsOfFullest(cell) * cell.messages * serviceS) / service.parallelism;
  const clientS = cell.messages * (serviceS + cell.thinkTimeUs / 1e6);
  return Math.max(queueS, clientS, machineSeconds(cell));
}

const machineSeconds = ({ clients, messages }: Pick<Cell, 'clients' | 'messages'>) =>
  (clients * messages) / MACHINE_REQUESTS_PER_S;

/** A service that is not ours: the time that one request takes there is in no file. */
function isServiceTimeKnown(system: System): boolean {
  return isOwnServer(system) && (ownSystems as readonly string[]).includes(system.name);
}

type Parts = Pick<ExpectedTrial, 'knownS' | 'partsS' | 'guesses'>;

/**
 * What a trial's time is made of: `overheadS`, and its load. Of an unknown service: what all requests, each request, and
 * each in a queue take, with the `warmup` messages that a client sends before.
 */
function partsOf(
  cell: Cell,
  experiment: Experiment,
  { warmup, overheadS }: { warmup: number; overheadS: number },
): Parts {
  const load = loadOf(cell);
  if (load.kind === 'open') return { knownS: load.durationUs / 1e6, partsS: [overheadS], guesses: [] };
  const system = experiment.systems.find(({ name }) => name === cell.system);
  if (!system || isServiceTimeKnown(system)) {
    return { knownS: 0, partsS: [overheadS, closedLoopSeconds(cell, experiment)], guesses: [] };
  }
  const messages = cell.messages + warmup;
  const perMessageS = messages * GUESSED_SERVICE_S;
  return {
    knownS: (cell.messages * cell.thinkTimeUs) / 1e6,
    partsS: [
      overheadS,
      machineSeconds({ clients: cell.clients, messages }),
      perMessageS,
      perMessageS * clientsOfFullest(cell),
    ],
    guesses: [2, 3],
  };
}

/** What each trial and each block of a plan is expected to take, before anything has run. */
export function expectStudy(
  plan: readonly Block[],
  experiment: Experiment,
  { startS, trialS, blockS, replicaS }: Pace,
): StudyExpectation {
  return {
    trials: plan.flatMap((block) =>
      block.trials.map(({ planIndex, round, cell }, i) => ({
        planIndex,
        round,
        cell: cell.key,
        system: cell.system,
        block: blockKey(block),
        ...partsOf(cell, experiment, { warmup: warmupMessagesOf(experiment, i === 0), overheadS: trialS }),
      })),
    ),
    blockS: Object.fromEntries(
      plan.map((block, i) => [blockKey(block), (i === 0 ? startS : 0) + blockS + block.replicas * replicaS]),
    ),
  };
}

/** Time, requests and disk of a plan, before anything has run. An estimate: the machine decides. */
export function estimateStudy(plan: readonly Block[], experiment: Experiment, pace: Pace): Estimate {
  const { trials, blockS } = expectStudy(plan, experiment, pace);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const seconds =
    sum(Object.values(blockS)) +
    sum(trials.map((trial) => trial.knownS + sum(trial.partsS.filter((_, i) => !trial.guesses.includes(i)))));
  const requests = sum(
    plan.flatMap((block) =>
      block.trials.map(({ cell }) => {
        const load = loadOf(cell);
        if (load.kind === 'closed') return load.clients * load.messages;
        return Math.round((load.ratePerSecond * load.durationUs) / 1e6);
      }),
    ),
  );
  const unknownSystems = new Set(
    trials.filter(({ guesses }) => guesses.length > 0).map(({ system }) => system),
  );
  return { seconds, unknownSystems: [...unknownSystems], requests, bytes: requests * BYTES_PER_REQUEST };
}
