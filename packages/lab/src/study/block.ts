import {
  type Block,
  type BlockName,
  type Clock,
  EscalaError,
  type Experiment,
  inEachLanguage,
  type Manifest,
  type PlannedTrial,
  type Sentence,
  type TrialRecord,
} from '@escala/model';
import type { EventLog } from '../disk/event-log.ts';
import { dropTrial } from '../disk/run-folder.ts';
import type { RequestsBySystem } from '../experiment/read.ts';
import type { Agent, Deployment, OnWait, Target } from '../targets/contract/target.ts';
import { warmupMessagesOf } from '../trial/agent-plan.ts';
import { LedgerCursor } from '../trial/collect.ts';
import { ATTEMPTS_MAX } from '../trial/limits.ts';
import { MachineLooks } from '../trial/machine-looks.ts';
import { runTrial } from '../trial/trial.ts';
import type { ScaledServices } from './scaled-services.ts';

/** What a block needs and changes: `done`, `failed`, `attempts` and `life` grow as its trials end. */
interface BlockContext {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly requests: RequestsBySystem;
  readonly scaled: ScaledServices;
  readonly target: Target;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly done: Map<number, TrialRecord>;
  readonly failed: { trial: PlannedTrial; detail: Sentence }[];
  /** How often each trial was started, by plan index, in all lives of the run. */
  readonly attempts: Map<number, number>;
  readonly life: Life;
}

/** What happened since the run was started or resumed. */
interface Life {
  /** Whether servers and agents were once ready for a trial. Before that, a failed start ends the study. */
  isUnderWay: boolean;
  /** How often each trial failed, by plan index. */
  readonly failures: Map<number, number>;
}

/**
 * Runs the trials of a block on one deployment. When a trial fails, its servers are suspect: they are deployed anew,
 * the trial is tried again, and the rest of the block goes on there. So it does after a fault, or a replica's end.
 * Where servers do not become ready ATTEMPTS_MAX times in a row, the trials that wait for them have failed.
 */
export async function runBlock(block: Block, context: BlockContext): Promise<void> {
  const { events, clock } = context;
  const { trials, ...blockName } = block;
  await events.emit({ type: 'block-started', atUs: clock.nowUs(), ...blockName, trials: trials.length });
  let waiting: readonly PlannedTrial[] = trials;
  for (let number = 1, failures = 0; waiting.length > 0; number++) {
    const name = `b${waiting[0]?.planIndex}-${block.round}-${number}`;
    const deployed = await tryDeploy(blockName, name, context);
    if ('deployment' in deployed) {
      failures = 0;
      await using deployment = deployed.deployment;
      waiting = await runTrials({ ...block, trials: waiting }, { deployment, name }, context);
    } else if (++failures === ATTEMPTS_MAX) {
      for (const trial of waiting) await giveUp(trial, deployed.detail, context);
      waiting = [];
    }
  }
  await events.emit({ type: 'block-ended', atUs: clock.nowUs(), ...blockName });
}

/** The servers of a block, ready; or why they are not, where other servers may be luckier. */
async function tryDeploy(
  blockName: BlockName,
  name: string,
  { target, manifest, scaled, events, clock, signal, life }: BlockContext,
): Promise<{ deployment: Deployment } | { detail: Sentence }> {
  const { experiment } = manifest;
  const { replicas, storage } = blockName;
  const system = experiment.systems.find(({ name }) => name === blockName.system);
  if (!system) throw new Error(`the plan names a system that the experiment has not: ${blockName.system}`);
  signal.throwIfAborted();
  const startedAt = performance.now();
  let deployment: Deployment;
  try {
    await scaled.set(system, replicas);
    deployment = await target.deploy({
      system,
      replicas,
      ...(storage && { storage }),
      experiment,
      block: name,
      onWait: waitReporter('servers', { events, clock }),
    });
  } catch (cause) {
    const isServersFault = cause instanceof EscalaError && cause.blames === 'servers';
    if (signal.aborted || !life.isUnderWay || !isServersFault) throw cause;
    return { detail: sentenceOf(cause) };
  }
  await events.emit({
    type: 'block-ready',
    atUs: clock.nowUs(),
    ...blockName,
    urls: deployment.urls,
    nodes: nodesOf(deployment),
    tookMs: Math.round(performance.now() - startedAt),
  });
  return { deployment };
}

/** Returns the trials still to run, the failed one first, where a trial failed and may be tried again. */
async function runTrials(
  block: Block,
  { deployment, name }: { deployment: Deployment; name: string },
  context: BlockContext,
): Promise<PlannedTrial[]> {
  const [cursor, machines] = [new LedgerCursor(), new MachineLooks()];
  const atFirst = namesOf(deployment);
  machines.add((await deployment.sample()).machines);
  for (const [i, trial] of block.trials.entries()) {
    context.signal.throwIfAborted();
    const place = { deployment, cursor, machines, block: name, isFirst: i === 0 };
    const ended = await tryTrial(trial, place, context);
    if (ended === 'try again') return block.trials.slice(i);
    if (ended === 'failed' || isChanged(deployment, atFirst, context.manifest.experiment))
      return block.trials.slice(i + 1);
  }
  return [];
}

/** After a fault, or with other replicas than at first, these are not the servers that the next cell is to measure. */
function isChanged(deployment: Deployment, atFirst: ReadonlySet<string>, { faults }: Experiment): boolean {
  return faults.length > 0 || namesOf(deployment).symmetricDifference(atFirst).size > 0;
}

/** How many replicas each node carries; empty where there are no nodes. */
function nodesOf({ replicas }: Deployment): Record<string, number> {
  const nodes: Record<string, number> = {};
  for (const { node } of replicas) if (node !== null) nodes[node] = (nodes[node] ?? 0) + 1;
  return nodes;
}

function namesOf({ replicas }: Deployment): ReadonlySet<string> {
  return new Set(replicas.map(({ name }) => name));
}

interface Place {
  readonly deployment: Deployment;
  readonly cursor: LedgerCursor;
  readonly machines: MachineLooks;
  readonly block: string;
  readonly isFirst: boolean;
}

async function tryTrial(
  trial: PlannedTrial,
  place: Place,
  context: BlockContext,
): Promise<'done' | 'try again' | 'failed'> {
  const { folder, manifest, events, clock, signal, attempts, life } = context;
  const attempt = (attempts.get(trial.planIndex) ?? 0) + 1;
  attempts.set(trial.planIndex, attempt);
  const { planIndex } = trial;
  const name = { cell: trial.cell.key, round: trial.round };
  const of = { ...name, planIndex, attempt };
  // Written before anything is sent: the next life of the run must know that this attempt's number is used.
  await events.emit({ type: 'trial-prepared', atUs: clock.nowUs(), ...of });
  const startedAt = performance.now();
  try {
    const record = await runTrial({
      runFolder: folder,
      run: manifest.run,
      experiment: manifest.experiment,
      requests: context.requests[trial.cell.system],
      trial,
      attempt,
      actualIndex: Math.max(-1, ...[...context.done.values()].map(({ actualIndex }) => actualIndex)) + 1,
      block: place.block,
      deployment: place.deployment,
      cursor: place.cursor,
      machines: place.machines,
      agents: await readyAgents(trial, context),
      warmupMessages: warmupMessagesOf(manifest.experiment, place.isFirst),
      wasTaken: wasTaken(trial.cell.system, context),
      isFirst: place.isFirst,
      startLeadMs: context.target.startLeadMs,
      clock,
      signal,
      onStart: (startAtUs, planned) =>
        events.emit({ type: 'trial-started', atUs: clock.nowUs(), ...of, startAtUs, planned }),
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
    if (signal.aborted) throw cause;
    place.deployment.keepData?.();
    if (!mayRetry(cause, life) || isFirstLook(cause, context)) throw cause;
    return afterFailure(trial, sentenceOf(cause), context);
  }
}

function wasTaken(system: string, { done }: BlockContext): boolean {
  return [...done.values()].some(
    ({ cell, counts }) => cell.system === system && counts.outcomes.answered > 0,
  );
}

/** Takes away what the attempt left; the last of its attempts gives the trial up. */
async function afterFailure(
  trial: PlannedTrial,
  detail: Sentence,
  context: BlockContext,
): Promise<'try again' | 'failed'> {
  const { failures } = context.life;
  const count = (failures.get(trial.planIndex) ?? 0) + 1;
  failures.set(trial.planIndex, count);
  await dropTrial(context.folder, trial);
  if (count === ATTEMPTS_MAX) {
    await giveUp(trial, detail, context);
    return 'failed';
  }
  await emitDropped(trial, detail, context);
  return 'try again';
}

async function readyAgents(
  { cell }: PlannedTrial,
  { target, life, events, clock }: BlockContext,
): Promise<readonly Agent[]> {
  const agents = await target.agents(cell, waitReporter('agents', { events, clock }));
  life.isUnderWay = true;
  return agents;
}

/** Tells what a study waits for. An event that cannot be written is told with the next one that can. */
function waitReporter(
  what: 'servers' | 'agents',
  { events, clock }: Pick<BlockContext, 'events' | 'clock'>,
): OnWait {
  return (waiting) =>
    void events.emit({ type: 'waiting', atUs: clock.nowUs(), for: what, ...waiting }).catch(() => undefined);
}

async function giveUp(trial: PlannedTrial, detail: Sentence, context: BlockContext): Promise<void> {
  context.failed.push({ trial, detail });
  await emitDropped(trial, detail, context);
}

async function emitDropped({ cell, round }: PlannedTrial, reason: Sentence, { events, clock }: BlockContext) {
  await events.emit({ type: 'trial-dropped', atUs: clock.nowUs(), cell: cell.key, round, reason });
}

/** What happened, in every language: the events may be read in another language than this terminal's. */
function sentenceOf({ code, values, says }: EscalaError): Sentence {
  // Cell and round stand beside it wherever it is told.
  const { detail } = values;
  if (code === 'TRIAL_FAILED' && detail !== undefined)
    return typeof detail === 'object' ? detail : inEachLanguage(() => String(detail));
  return says;
}

/** A service that has never answered as it should is called by a wrong name, path or token: no attempt changes that. */
function isFirstLook(cause: EscalaError, { done }: BlockContext): boolean {
  return done.size === 0 && (cause.code === 'SERVICE_REJECTS' || cause.code === 'SERVICE_SILENT');
}

/** A full disk or a bug of ours would meet every trial; what happened to agents or servers may not. */
function mayRetry(cause: unknown, life: Life): cause is EscalaError {
  if (!(cause instanceof EscalaError)) return false;
  return cause.blames === 'trial' || (life.isUnderWay && cause.blames === 'servers');
}
