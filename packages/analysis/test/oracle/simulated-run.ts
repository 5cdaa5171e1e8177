import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AgentRecord,
  type Block,
  type Cell,
  type Event,
  type Experiment,
  headerLine,
  type Incident,
  type Manifest,
  requestColumns,
  rowLine,
  runFiles,
  type TrialRecord,
  trialFiles,
  trialFolder,
} from '@escala/model';
import { countPlanted } from './count-planted.ts';
import { type PlantedRow, replicaName, startOfSimulation } from './planted-rows.ts';

/** One trial of a simulated study. `planned` differs from the rows where a fault took some away. */
export interface SimulatedTrial {
  readonly cell: Cell;
  readonly round: number;
  readonly rows: readonly PlantedRow[];
  readonly planned: number;
  readonly agents?: readonly AgentRecord[];
  readonly incidents?: readonly Incident[];
  readonly throttledUs?: number | null;
}

/** Writes the run folder that the lab would have written of these trials, in this order. */
export async function writeSimulatedRun(
  folder: string,
  experiment: Experiment,
  trials: readonly SimulatedTrial[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, runFiles.manifest), JSON.stringify(simulatedManifest(experiment, trials)));
  await writeFile(join(folder, runFiles.experiment), `name: ${experiment.name}\n`);
  const all: string[] = [headerLine(requestColumns)];
  for (const [planIndex, trial] of trials.entries()) {
    const place = trialFolder(folder, trial.cell.key, trial.round);
    await mkdir(place, { recursive: true });
    const lines = trial.rows.map((row) => requestLine(trial, planIndex, row)).join('');
    all.push(lines);
    await writeFile(join(place, trialFiles.requests), headerLine(requestColumns) + lines);
    await writeFile(join(place, trialFiles.record), JSON.stringify(simulatedRecord(trial, planIndex)));
  }
  await writeFile(join(folder, runFiles.requests), all.join(''));
  await writeFile(join(folder, runFiles.events), trials.map(finished).join(''));
}

function finished(trial: SimulatedTrial, planIndex: number): string {
  const { cell, round, counts, endedAtUs } = simulatedRecord(trial, planIndex);
  const event: Event = {
    type: 'trial-finished',
    atUs: endedAtUs,
    cell: cell.key,
    round,
    planIndex,
    tookMs: 0,
    counts,
  };
  return `${JSON.stringify(event)}\n`;
}

export function simulatedManifest(experiment: Experiment, trials: readonly SimulatedTrial[]): Manifest {
  const plan: Block[] = trials.map(({ cell, round }, planIndex) => ({
    round,
    system: cell.system,
    replicas: cell.replicas,
    trials: [{ planIndex, round, cell }],
  }));
  return {
    schema: 'escala/manifest',
    version: 1,
    run: 'simulated',
    createdAtUs: startOfSimulation,
    target: 'simulated',
    experiment,
    plan,
    environment: {
      escala: '0.0.0',
      node: 'v24.0.0',
      platform: 'linux',
      arch: 'x64',
      kernel: 'simulated',
      cpuModel: 'simulated',
      cpus: 2,
      memoryBytes: 1e9,
      kubernetes: null,
      nodes: null,
    },
  };
}

export function simulatedRecord(trial: SimulatedTrial, planIndex: number): TrialRecord {
  const { cell, round, rows, planned } = trial;
  return {
    schema: 'escala/cell',
    version: 1,
    planIndex,
    round,
    attempt: 1,
    cell,
    actualIndex: planIndex,
    block: `${round}-${cell.system}-r${cell.replicas}`,
    preparedAtUs: startOfSimulation,
    startAtUs: startOfSimulation,
    endedAtUs: startOfSimulation + 1,
    agents: trial.agents ?? [healthyAgent],
    replicas: Array.from({ length: cell.replicas }, (_, i) => ({
      name: replicaName(i),
      node: null,
      cpuLimit: null,
      throttledUs: trial.throttledUs === undefined ? 0 : trial.throttledUs,
    })),
    counts: countPlanted(planned, rows),
    incidents: trial.incidents ?? [],
  };
}

export const healthyAgent: AgentRecord = {
  name: 'agent-1',
  node: null,
  clients: 1,
  startSkewUs: 10,
  clockOffsetUs: 0,
  clockDelayUs: 100,
  health: {
    cpuShare: 0.2,
    eventLoopDelayUsP99: 300,
    eventLoopDelayUsMax: 900,
    gcPauseUsMax: 100,
    sendLagUsP99: null,
    sendLagUsMax: null,
    rowsDelayed: false,
    timeWaitSockets: null,
    throttledUs: 0,
  },
};

function requestLine({ cell, round }: SimulatedTrial, planIndex: number, row: PlantedRow): string {
  const id = `simulated.${planIndex}.${round}.1.${row.client}.${row.message}`;
  const text = (value: number | null) => value ?? undefined;
  return rowLine(requestColumns, [
    row.ledger === 'unexpected' ? 'stranger' : id,
    'simulated',
    `${cell.key}/${round}.1`,
    row.client,
    row.message,
    text(row.intendedUs),
    text(row.sentUs),
    text(row.doneUs),
    text(row.latencyUs),
    text(row.status),
    row.outcome,
    row.replica,
    row.outcome === 'answered' ? 64 : undefined,
    undefined,
    round,
    cell.system,
    cell.replicas,
    cell.clients,
    cell.messages,
    text(row.receivedUs),
    text(row.queueUs),
    text(row.serviceUs),
    row.ledger,
  ]);
}
