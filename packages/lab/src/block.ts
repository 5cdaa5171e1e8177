import {
  type Block,
  type Clock,
  EscalaError,
  type Experiment,
  type Manifest,
  type PlannedTrial,
  type TrialRecord,
} from '@escala/model';
import { LedgerCursor } from './collect.ts';
import type { EventLog } from './event-log.ts';
import { ATTEMPTS_MAX, FIRST_WARMUP_FACTOR } from './limits.ts';
import { dropTrial } from './run-folder.ts';
import type { Deployment, Target } from './target.ts';
import { runTrial } from './trial.ts';

/** What a block needs and changes: `done`, `failed` and `attempts` grow as its trials end. */
export interface BlockContext {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly target: Target;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly done: Map<number, TrialRecord>;
  readonly failed: { trial: PlannedTrial; detail: string }[];
  readonly attempts: Map<number, number>;
}

/**
 * Runs the trials of a block on one deployment. When a trial fails, its servers are suspect: they are deployed anew,
 * the trial is tried again, and the rest of the block goes on there. So it does after a fault, or a replica's end.
 */
export async function runBlock(block: Block, context: BlockContext): Promise<void> {
  const { events, clock } = context;
  const { round, system, replicas } = block;
  await events.emit({
    type: 'block-started',
    atUs: clock.nowUs(),
    round,
    system,
    replicas,
    trials: block.trials.length,
  });
  let waiting = [...block.trials];
  for (let deployments = 1; waiting.length > 0; deployments++) {
    waiting = await runOnOneDeployment({ ...block, trials: waiting }, deployments, context);
  }
  await events.emit({ type: 'block-ended', atUs: clock.nowUs(), round, system, replicas });
}

/** Returns the trials still to run, the failed one first, where a trial failed and may be tried again. */
async function runOnOneDeployment(
  block: Block,
  deployments: number,
  context: BlockContext,
): Promise<PlannedTrial[]> {
  const { target, manifest, events, clock } = context;
  const { round, system: systemName, replicas } = block;
  const system = manifest.experiment.systems.find(({ name }) => name === systemName);
  if (!system) throw new Error(`the plan names a system that the experiment has not: ${systemName}`);

  const startedAt = performance.now();
  const first = block.trials[0]?.planIndex ?? 0;
  const name = `b${first}-${round}-${deployments}`;
  await using deployment = await target.deploy({
    system,
    replicas,
    experiment: manifest.experiment,
    block: name,
  });
  const tookMs = Math.round(performance.now() - startedAt);
  await events.emit({
    type: 'block-ready',
    atUs: clock.nowUs(),
    round,
    system: systemName,
    replicas,
    urls: deployment.urls,
    tookMs,
  });

  const cursor = new LedgerCursor();
  for (const [i, trial] of block.trials.entries()) {
    context.signal.throwIfAborted();
    const ended = await tryTrial(trial, { deployment, cursor, block: name, isFirst: i === 0 }, context);
    if (ended === 'try again') return block.trials.slice(i);
    if (ended === 'failed' || isWorn(deployment, replicas, manifest.experiment))
      return block.trials.slice(i + 1);
  }
  return [];
}

/** After a fault, or with a replica fewer, these are not the servers that the next cell is to measure. */
function isWorn(deployment: Deployment, replicas: number, { faults }: Experiment): boolean {
  return faults.length > 0 || deployment.replicas.length !== replicas;
}

interface Place {
  readonly deployment: Deployment;
  readonly cursor: LedgerCursor;
  readonly block: string;
  readonly isFirst: boolean;
}

async function tryTrial(
  trial: PlannedTrial,
  place: Place,
  context: BlockContext,
): Promise<'done' | 'try again' | 'failed'> {
  const { folder, manifest, events, clock, signal, attempts } = context;
  const attempt = (attempts.get(trial.planIndex) ?? 0) + 1;
  attempts.set(trial.planIndex, attempt);
  const name = { cell: trial.cell.key, round: trial.round };
  const { planIndex } = trial;
  // Written before anything is sent: the next life of the run must know that this attempt's number is used.
  await events.emit({ type: 'trial-prepared', atUs: clock.nowUs(), ...name, planIndex, attempt });
  const startedAt = performance.now();
  try {
    const record = await runTrial({
      runFolder: folder,
      run: manifest.run,
      experiment: manifest.experiment,
      trial,
      attempt,
      actualIndex: Math.max(-1, ...[...context.done.values()].map(({ actualIndex }) => actualIndex)) + 1,
      block: place.block,
      deployment: place.deployment,
      cursor: place.cursor,
      agents: await context.target.agents(trial.cell),
      warmupMessages: manifest.experiment.warmupMessages * (place.isFirst ? FIRST_WARMUP_FACTOR : 1),
      startLeadMs: context.target.startLeadMs,
      clock,
      signal,
      onStart: (startAtUs, planned) =>
        events.emit({
          type: 'trial-started',
          atUs: clock.nowUs(),
          ...name,
          planIndex,
          attempt,
          startAtUs,
          planned,
        }),
      onProgress: (elapsedMs, progress) =>
        events.emit({ type: 'trial-progress', atUs: clock.nowUs(), ...name, elapsedMs, progress }),
    });
    context.done.set(planIndex, record);
    const tookMs = Math.round(performance.now() - startedAt);
    await events.emit({
      type: 'trial-finished',
      atUs: clock.nowUs(),
      ...name,
      planIndex,
      tookMs,
      counts: record.counts,
    });
    return 'done';
  } catch (cause) {
    if (signal.aborted || !isOfTheTrial(cause)) throw cause;
    const detail = (cause as Error).message;
    await dropTrial(folder, trial);
    await events.emit({ type: 'trial-dropped', atUs: clock.nowUs(), ...name, reason: detail });
    if (attempt % ATTEMPTS_MAX !== 0) return 'try again';
    context.failed.push({ trial, detail });
    return 'failed';
  }
}

/** A full disk or a bug of ours would meet every trial; what happened to agents or servers may not. */
function isOfTheTrial(cause: unknown): boolean {
  return (
    cause instanceof EscalaError &&
    ['TRIAL_FAILED', 'AGENT_LOST', 'AGENT_NOT_READY', 'REPLICA_LOST'].includes(cause.code)
  );
}
