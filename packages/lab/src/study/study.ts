import { hash } from 'node:crypto';
import { join } from 'node:path';
import {
  type Block,
  type Clock,
  EscalaError,
  type EventListener,
  type Experiment,
  firstCause,
  type Manifest,
  manifestVersion,
  type PlannedTrial,
  readTls,
  requireAllowedHosts,
  runFiles,
  type SelftestResult,
  type Sentence,
  sentences,
  type TrialRecord,
} from '@escala/model';
import { readManifest, readTrialRecord } from '@escala/model/study';
import { EventLog, readEvents } from '../disk/event-log.ts';
import { writeRequestsFile } from '../disk/requests-file.ts';
import {
  abandonFolder,
  checkDisk,
  claimFolder,
  claimNewFolder,
  dropTrial,
  readPlannedRequests,
  writeManifest,
} from '../disk/run-folder.ts';
import type { RequestsBySystem } from '../experiment/read.ts';
import { secretsOf } from '../experiment/sent-secrets.ts';
import { requireSupport, type TargetPlace, type Targets, targetNamed } from '../targets/contract/row.ts';
import type { Target } from '../targets/contract/target.ts';
import { runBlock } from './block.ts';
import { describeEnvironment } from './environment.ts';
import { estimateStudy } from './estimate.ts';
import { planStudy } from './plan.ts';
import { ScaledServices } from './scaled-services.ts';

const words = sentences.lab.study;

/** What a study needs from outside. */
export interface StudyWorld {
  readonly folder: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly listeners: readonly EventListener[];
  /** The latest self-test of the machine that the load comes from. */
  readonly selftest?: SelftestResult | undefined;
  /** The table in which the study's target is a row. */
  readonly targets: Targets;
  readonly place: TargetPlace;
  /** Hosts beyond this machine and private networks that may get load. */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** How a study ended. Trials that could not be completed are in `failed`; everything else is on disk. */
interface StudyOutcome {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly records: readonly TrialRecord[];
  readonly failed: readonly { readonly trial: PlannedTrial; readonly detail: Sentence }[];
  readonly interrupted: boolean;
  /** What ended the study before its end, or its end itself: a full disk, a cluster that does not answer. */
  readonly failure?: EscalaError;
}

/** Starts a new study in `world.folder`. */
export async function startStudy(
  world: StudyWorld,
  study: {
    run: string;
    target: string;
    experiment: Experiment;
    experimentText: string;
    requests?: RequestsBySystem;
  },
): Promise<StudyOutcome> {
  requireSupport(world.targets, study.target, study.experiment);
  await requireReach(world, study.experiment);
  const plan = planStudy(study.experiment);
  const { pace } = targetNamed(world.targets, study.target);
  checkDisk(world.folder, estimateStudy(plan, study.experiment, pace).bytes);
  using _claim = await claimNewFolder(world.folder);
  await using scaled = new ScaledServices(world.folder, world.signal);
  await using target = await openTarget(world, study, { isResumed: false });
  const startedAt = performance.now();
  const facts = await target.prepare().catch(async (cause) => {
    await abandonFolder(world.folder);
    throw cause;
  });
  const manifest: Manifest = {
    schema: 'escala/manifest',
    version: manifestVersion,
    run: study.run,
    createdAtUs: world.clock.nowUs(),
    target: study.target,
    experiment: study.experiment,
    experimentSha256: hash('sha256', study.experimentText),
    plan,
    environment: describeEnvironment(facts),
    prepareMs: Math.round(performance.now() - startedAt),
    ...(world.selftest && { selftest: world.selftest }),
  };
  const { experimentText, requests = {} } = study;
  await writeManifest(world.folder, manifest, experimentText, requests);
  const outcome = await runStudy(world, { manifest, requests, scaled }, target);
  return await endedWith([target, scaled], outcome);
}

/** Goes on with the study in `world.folder`: what is complete stays, what is not runs again. */
export async function resumeStudy(world: StudyWorld): Promise<StudyOutcome> {
  const manifest = await readManifest(world.folder);
  using _claim = await claimFolder(world.folder);
  // First of all, since what was changed is put back also where the study cannot go on.
  await using scaled = new ScaledServices(world.folder, world.signal);
  await requireReach(world, manifest.experiment);
  const done = await completedTrials(world.folder, manifest.plan);
  const planned = manifest.plan.flatMap((block) => block.trials).length;
  if (done.size === planned) return await endedWith([scaled], await finish(world, manifest, []));
  await using target = await openTarget(world, manifest, { isResumed: true });
  await target.prepare();
  const requests = await readPlannedRequests(world.folder);
  const outcome = await runStudy(world, { manifest, requests, scaled }, target);
  return await endedWith([target, scaled], outcome);
}

interface BegunStudy {
  readonly manifest: Manifest;
  readonly requests: RequestsBySystem;
  readonly scaled: ScaledServices;
}

/** @throws EscalaError HOST_NOT_ALLOWED, SECRET_MISSING */
async function requireReach({ allowedHosts = [] }: StudyWorld, { systems }: Experiment): Promise<void> {
  for (const system of systems) {
    secretsOf(system, process.env);
    if (system.tls) readTls(system.tls);
  }
  await requireAllowedHosts(
    systems.flatMap(({ url }) => url ?? []),
    allowedHosts,
  );
}

/** The outcome when all has ended; what cannot be ended leaves what was measured there to be used. */
async function endedWith(
  [first, ...others]: readonly AsyncDisposable[],
  outcome: StudyOutcome,
): Promise<StudyOutcome> {
  if (!first) return outcome;
  try {
    await first[Symbol.asyncDispose]();
    return await endedWith(others, outcome);
  } catch (thrown) {
    const failure = firstCause(thrown);
    if (!(failure instanceof EscalaError)) throw thrown;
    // What is left of others' work in another state than it was is told before all else.
    const isFirst = failure.code === 'WORKLOAD_NOT_RESTORED';
    return { ...outcome, failure: isFirst ? failure : (outcome.failure ?? failure) };
  }
}

function openTarget(
  { targets, place, folder, clock, signal }: StudyWorld,
  { target, run, experiment }: Pick<Manifest, 'target' | 'run' | 'experiment'>,
  { isResumed }: { isResumed: boolean },
): Promise<Target> {
  const events = isResumed ? readEvents(join(folder, runFiles.events)) : [];
  const placed = events
    .filter((event) => event.type === 'block-ready')
    .map(({ nodes = {}, ...block }) => ({ ...block, nodes }));
  const request = { ...place, folder, run, experiment, clock, signal, isResumed, placed };
  return targetNamed(targets, target).open(request);
}

async function runStudy(
  world: StudyWorld,
  { manifest, requests, scaled }: BegunStudy,
  target: Target,
): Promise<StudyOutcome> {
  const { folder, clock } = world;
  const { removed } = target;
  const signal = removed ? AbortSignal.any([world.signal, removed]) : world.signal;
  const startedAt = performance.now();
  const planned = manifest.plan.flatMap((block) => block.trials);
  const done = await completedTrials(folder, manifest.plan);
  for (const trial of planned) await dropTrial(folder, trial);

  const attempts = attemptsSoFar(folder);
  using events = new EventLog(join(folder, runFiles.events), world.listeners);
  const at = () => ({ atUs: clock.nowUs() });
  const { run, experiment } = manifest;
  const { name, rounds } = experiment;
  await events.emit({
    type: 'run-started',
    ...at(),
    run,
    name,
    target: target.name,
    trials: planned.length,
    rounds,
    completed: [...done.keys()],
  });

  const life = { isUnderWay: false, failures: new Map<number, number>() };
  const failed: { trial: PlannedTrial; detail: Sentence }[] = [];
  try {
    for (const block of manifest.plan) {
      const trials = block.trials.filter(({ planIndex }) => !done.has(planIndex));
      if (trials.length === 0) continue;
      await runBlock(
        { ...block, trials },
        { folder, manifest, requests, scaled, target, events, clock, signal, done, failed, attempts, life },
      );
    }
  } catch (thrown) {
    const cause = firstCause(thrown);
    if (!signal.aborted && !(cause instanceof EscalaError)) throw thrown;
    for (const trial of planned) await dropTrial(folder, trial);
    await events.emit({ type: 'run-interrupted', ...at(), done: done.size, trials: planned.length });
    const failure = (removed?.aborted ? removed.reason : cause) as EscalaError;
    const ending = world.signal.aborted ? { interrupted: true } : { failure };
    return { ...(await finish(world, manifest, failed)), ...ending };
  }
  const tookMs = Math.round(performance.now() - startedAt);
  await events.emit({
    type: 'run-finished',
    ...at(),
    done: done.size,
    trials: planned.length,
    failed: failed.length,
    tookMs,
  });
  return finish(world, manifest, failed);
}

/** Joins what is complete into one file. Runs after every ending, so that what was finished can be used. */
async function finish(
  { folder }: StudyWorld,
  manifest: Manifest,
  failed: StudyOutcome['failed'],
): Promise<StudyOutcome> {
  const done = await completedTrials(folder, manifest.plan);
  const records = [...done.values()].sort((a, b) => a.planIndex - b.planIndex);
  await writeRequestsFile(folder, records);
  return { folder, manifest, records, failed, interrupted: false };
}

/** Records of the trials that are complete on disk, by plan index. */
async function completedTrials(folder: string, plan: readonly Block[]): Promise<Map<number, TrialRecord>> {
  const done = new Map<number, TrialRecord>();
  for (const trial of plan.flatMap((block) => block.trials)) {
    const record = await readTrialRecord(folder, trial);
    if (!record) continue;
    if (record.planIndex !== trial.planIndex || record.cell.key !== trial.cell.key) {
      const detail = words.itDoesNotBelong;
      throw new EscalaError('DATA_INVALID', { where: `${trial.cell.key}/${trial.round}/cell.json`, detail });
    }
    done.set(trial.planIndex, record);
  }
  return done;
}

/** How often each trial was started, also in earlier lives of the run: an attempt's number is never used twice. */
function attemptsSoFar(folder: string): Map<number, number> {
  const attempts = new Map<number, number>();
  for (const event of readEvents(join(folder, runFiles.events))) {
    if (event.type === 'trial-prepared') attempts.set(event.planIndex, event.attempt);
  }
  return attempts;
}
