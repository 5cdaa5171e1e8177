import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AgentProgress,
  type Clock,
  EscalaError,
  type Experiment,
  type Incident,
  type PlannedRequest,
  type PlannedTrial,
  type Sentence,
  systemReason,
  type TrialIdentity,
  type TrialRecord,
  trialFiles,
  trialFolder,
  trialRecordVersion,
  writeProblem,
  writeWhole,
} from '@escala/model';
import type { Agent, Deployment } from '../targets/contract/target.ts';
import { agentPlan } from './agent-plan.ts';
import { collectRows, type LedgerCursor } from './collect.ts';
import { scheduleFaults } from './fault-schedule.ts';
import { joinTrial } from './join.ts';
import { PROGRESS_MS, QUIESCE_MS_MAX } from './limits.ts';
import type { MachineLooks } from './machine-looks.ts';
import {
  agentRecord,
  assignPlans,
  type Done,
  type Participant,
  rejectionOf,
  start,
  untilDone,
} from './participants.ts';
import { isProbed, probeService, requireCredentials } from './probe.ts';
import { ResourceFile } from './resource-file.ts';
import { stalledMsMax } from './stall.ts';

interface TrialRequest {
  readonly runFolder: string;
  readonly run: string;
  readonly experiment: Experiment;
  /** What the clients send to the system of the trial; undefined where it has no requests of its own. */
  readonly requests: readonly PlannedRequest[] | undefined;
  readonly trial: PlannedTrial;
  readonly attempt: number;
  readonly actualIndex: number;
  readonly block: string;
  readonly deployment: Deployment;
  readonly cursor: LedgerCursor;
  readonly machines: MachineLooks;
  readonly agents: readonly Agent[];
  readonly warmupMessages: number;
  /** Whether the system has answered requests of the study before. */
  readonly wasTaken: boolean;
  /** Whether it is the first of its block: the servers are new to the clients. */
  readonly isFirst: boolean;
  /** From "all agents are ready" to the agreed instant; long enough for every agent to hear of it. */
  readonly startLeadMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStart: (startAtUs: number, planned: number) => Promise<void>;
  readonly onProgress: (elapsedMs: number, progress: AgentProgress) => Promise<void>;
}

/**
 * Runs one cell once: plan, ready, agreed instant, load, drain, collect, join, commit. When it returns, the trial is
 * complete on disk; when it throws, its folder holds no cell.json and the trial did not happen.
 */
export async function runTrial(request: TrialRequest): Promise<TrialRecord> {
  const { trial, attempt, clock, deployment } = request;
  const { planIndex, round, cell } = trial;
  const identity: TrialIdentity = { run: request.run, cell: cell.key, planIndex, round, attempt };
  const folder = trialFolder(request.runFolder, cell.key, round);
  const preparedAtUs = clock.nowUs();
  await makeEmpty(folder);
  const participants = await readyParticipants(request, identity);
  const planned = participants.reduce((sum, participant) => sum + participant.planned, 0);
  const throttledBefore = await deployment.throttled();
  const startAtUs = clock.nowUs() + request.startLeadMs * 1_000;
  await request.onStart(startAtUs, planned);
  const { done, faults, throttledAfter, sampledAtUs } = await load(request, participants, {
    startAtUs,
    folder,
  });
  const throttled = growth(throttledBefore, throttledAfter);
  await deployment.quiesce(QUIESCE_MS_MAX);

  const { counts, strangeRows } = await collectAndJoin(request, identity, {
    participants,
    done,
    planned,
    folder,
  });
  request.machines.add((await deployment.sample()).machines);
  const record: TrialRecord = {
    schema: 'escala/cell',
    version: trialRecordVersion,
    planIndex,
    round,
    attempt,
    cell,
    actualIndex: request.actualIndex,
    block: request.block,
    preparedAtUs,
    startAtUs,
    endedAtUs: clock.nowUs(),
    agents: participants.map((participant, i) => agentRecord(participant, done[i] as Done)),
    replicas: deployment.replicas.map((replica) => ({
      ...replica,
      throttledUs: throttled.get(replica.name) ?? null,
    })),
    counts,
    incidents: [
      ...replicasNotMet(participants, clock.nowUs()),
      ...faults,
      ...foreignRows(strangeRows, clock.nowUs()),
      ...(await deployment.incidents()),
    ],
    machines: request.machines.since(sampledAtUs),
  };
  await writeWhole(join(folder, trialFiles.record), `${JSON.stringify(record, null, 1)}\n`);
  return record;
}

async function makeEmpty(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw writeProblem(cause, folder);
  }
}

/** Gives each agent its plan, and waits until all are connected and warm. */
async function readyParticipants(request: TrialRequest, identity: TrialIdentity): Promise<Participant[]> {
  const { trial, deployment, agents, experiment, requests, warmupMessages } = request;
  const { round, cell } = trial;
  const shared = {
    identity,
    cell,
    experiment,
    requests,
    urls: deployment.urls,
    agents: agents.length,
    warmupMessages,
  };
  const discoverers = discoverersOf(request);
  const system = experiment.systems.find(({ name }) => name === cell.system);
  const [first] = agents;
  if (request.isFirst && system && isProbed(system) && first) {
    const plan = agentPlan({ ...shared, index: 0, holdsSecrets: first.holdsSecrets });
    if (plan) await probeService(first, plan, { system, ...request });
  }
  const participants = await assignPlans(
    agents,
    (index) => {
      const meet = discoverers.has(index) ? cell.replicas : undefined;
      return agentPlan({ ...shared, index, meet, holdsSecrets: agents[index]?.holdsSecrets });
    },
    request,
  );
  const rejection = await rejectionOf(participants);
  if (rejection) {
    requireCredentials(cell.system, rejection.status, request);
    throw new EscalaError('TRIAL_FAILED', { cell: cell.key, round, detail: rejection.detail });
  }
  return participants;
}

/** Brings the rows of both sides into the trial's folder and joins them there. */
async function collectAndJoin(
  { trial: { cell }, deployment, cursor, experiment }: TrialRequest,
  identity: TrialIdentity,
  of: { participants: readonly Participant[]; done: readonly Done[]; planned: number; folder: string },
) {
  const clientFiles = await collectRows(of.participants, of.done, of.folder);
  const ledgerFiles = await cursor.collect(deployment, of.folder);
  const keepsLedger = experiment.systems.find(({ name }) => name === cell.system)?.ledger !== 'none';
  const out = join(of.folder, trialFiles.requests);
  return joinTrial({ identity, cell, planned: of.planned, clientFiles, ledgerFiles, keepsLedger, out });
}

/**
 * Behind a Service that a block's first trial finds: one agent for each node, since it is the node that learns of
 * replicas, also of a single one. Agents without a node run on this machine, where each replica has an address of its own; of a
 * service that is given no replica is known.
 */
function discoverersOf({ deployment, agents, isFirst }: TrialRequest): ReadonlySet<number> {
  if (!isFirst || deployment.replicas.length === 0) return new Set();
  const nodes = agents.map(({ node }) => node);
  return new Set(
    nodes.flatMap((node, index) => (node !== null && nodes.indexOf(node) === index ? [index] : [])),
  );
}

function replicasNotMet(participants: readonly Participant[], atUs: number): Incident[] {
  return participants.flatMap(({ client, plan: { meet }, met }) => {
    if (meet === undefined || (met ?? meet) >= meet) return [];
    return { code: 'replicas-not-met', subject: client.agent.name, detail: `${met}/${meet}`, atUs };
  });
}

/** A ledger that another run has written to lies on a disk that is not only this study's. */
function foreignRows(rows: ReadonlyMap<string, number>, atUs: number): Incident[] {
  return [...rows].map(([subject, count]) => ({
    code: 'rows-of-another-run',
    subject,
    detail: `${count} rows in its ledger`,
    atUs,
  }));
}

/** From the call to start until every agent is done, with resources sampled and faults done meanwhile. */
async function load(
  request: TrialRequest,
  participants: readonly Participant[],
  { startAtUs, folder }: { startAtUs: number; folder: string },
) {
  const { clock, signal, deployment, experiment, trial, machines } = request;
  const resources = new ResourceFile(join(folder, trialFiles.resources), deployment);
  const until = (atUs: number) => sleep(Math.max(0, (atUs - clock.nowUs()) / 1_000), undefined, { signal });
  await start(participants, startAtUs);
  // As late as can be without taking the first requests' processor.
  await until(startAtUs - deployment.sampleLeadMs * 1_000);
  const sampledAtUs = clock.nowUs();
  machines.add(await resources.sample());
  const faults = scheduleFaults(experiment.faults, deployment, { clock, startAtUs });
  const failed = (detail: string | Sentence, cause?: unknown) =>
    new EscalaError('TRIAL_FAILED', { cell: trial.cell.key, round: trial.round, detail }, { cause });
  let reportedAtUs = startAtUs;
  let [activeMax, isWindowOver] = [0, false];
  const onLook = async (progress: AgentProgress) => {
    activeMax = Math.max(activeMax, progress.active);
    // The first client has ended, and with it the window in which all of them were active.
    const isEdge = !isWindowOver && progress.active < activeMax;
    const nowUs = clock.nowUs();
    const isDue = nowUs - reportedAtUs >= PROGRESS_MS * 1_000;
    if (!isEdge && !isDue) return;
    isWindowOver ||= isEdge;
    const sample = resources.sample().then((seen) => isEdge && machines.add(seen));
    if (isDue) reportedAtUs = nowUs;
    await Promise.all([sample, isDue && request.onProgress((nowUs - startAtUs) / 1_000, progress)]);
  };
  try {
    await until(startAtUs);
    const done = await untilDone(participants, {
      stalledMs: stalledMsMax(trial.cell),
      signal,
      onLook,
      failed,
    });
    machines.add(await resources.sample());
    const throttledAfter = await deployment.throttled();
    await resources.flush();
    return { done, faults: await faults.end(), throttledAfter, sampledAtUs };
  } catch (cause) {
    await faults.end();
    if (signal.aborted || cause instanceof EscalaError) throw cause;
    throw failed(systemReason(cause), cause);
  }
}

/** What each counter grew by; null where it was not known at both ends, or began anew. */
function growth(
  before: ReadonlyMap<string, number | null>,
  after: ReadonlyMap<string, number | null>,
): ReadonlyMap<string, number | null> {
  return new Map(
    [...after].map(([name, us]) => {
      const earlier = before.get(name) ?? null;
      return [name, us === null || earlier === null || us < earlier ? null : us - earlier];
    }),
  );
}
