import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Cell,
  type Experiment,
  type MachineRecord,
  type Results,
  trialFiles,
  trialFolder,
} from '@escala/model';
import { openAnalysis } from '../../packages/analysis/src/index.ts';
import {
  type PlantedRow,
  plantedFaults,
  rowsOf,
  startOfSimulation,
} from '../../packages/analysis/test/oracle/planted-rows.ts';
import { simulateQueue } from '../../packages/analysis/test/oracle/queue-simulator.ts';
import {
  simulatedCell,
  simulatedExperiment,
} from '../../packages/analysis/test/oracle/simulated-experiment.ts';
import { healthyAgent, writeSimulatedRun } from '../../packages/analysis/test/oracle/simulated-run.ts';

const service = { timeUs: 1_000, parallelism: 1, kind: 'wait' } as const;
const SLOW_AGENT = { ...healthyAgent, health: { ...healthyAgent.health, cpuShare: 0.97 } };

interface State extends Partial<Experiment> {
  readonly cells?: readonly Cell[];
  readonly change?: (row: PlantedRow, index: number, cell: Cell) => PlantedRow;
  readonly fault?: (rows: PlantedRow[]) => void;
  /** Trials without cell.json. */
  readonly isMissing?: (round: number, cell: Cell) => boolean;
  readonly isAgentSlow?: boolean;
  /** Servers and agents used all processors in every trial. */
  readonly isMachineFull?: boolean;
  /** In this round one replica alone takes eight times as long. */
  readonly slowRound?: number;
}

const closed = (systems: readonly string[], messages = 60, clients = [8, 16]) =>
  systems.flatMap((system) =>
    [1, 2, 4].flatMap((replicas) =>
      clients.map((count) => simulatedCell({ system, replicas, clients: count, messages })),
    ),
  );

const noSides = { receivedUs: null, queueUs: null, serviceUs: null, ledger: 'none', replica: '' };
const rejected = (row: PlantedRow): PlantedRow => ({ ...row, ...noSides, status: 503, outcome: 'rejected' });
const refused = (row: PlantedRow): PlantedRow => ({ ...rejected(row), status: 401 });
const withoutLedger = (row: PlantedRow): PlantedRow => ({ ...row, ...noSides });
const failures = (share: number): Experiment['slo'] => [
  { percentile: null, latencyUs: null, failureShare: share },
];

/** Each is what one kind of study would leave on disk; none was measured. */
const states: Readonly<Record<string, State>> = {
  'all valid': {},
  'one request in a hundred fails': { change: (row, i) => (i % 100 === 7 ? rejected(row) : row) },
  'one in thirty fails': { change: (row, i) => (i % 30 === 7 ? rejected(row) : row) },
  'one in ten fails': { change: (row, i) => (i % 10 === 7 ? rejected(row) : row) },
  'one in ten fails, as the service level allows': {
    change: (row, i) => (i % 10 === 7 ? rejected(row) : row),
    slo: failures(0.2),
  },
  'one in ten fails, where a replica is killed on purpose': {
    change: (row, i) => (i % 10 === 7 ? rejected(row) : row),
    faults: [{ atUs: 1, kind: 'kill-replica', replicas: null }],
  },
  'nothing is answered': { change: rejected },
  // Of all rounds at the same instant: they were simulated at one time.
  'a token expires': { change: (row) => (doneUs(row) > startOfSimulation + 20_000 ? refused(row) : row) },
  'one in ten is not authorised': { change: (row, i) => (i % 10 === 7 ? refused(row) : row) },
  'no token is taken': { change: refused },
  'one in ten fails in the only round': {
    rounds: 1,
    change: (row, i) => (i % 10 === 7 ? rejected(row) : row),
  },
  'nothing is answered in one of two systems': {
    cells: closed(['node', 'mine']),
    change: (row, _, { system }) => (system === 'mine' ? rejected(row) : row),
  },
  'no ledger': {
    cells: closed(['mine']),
    systems: [{ name: 'mine', ledger: 'none', command: ['./mine'] }],
    change: withoutLedger,
  },
  'a service as it is': {
    cells: [8, 16].map((clients) => simulatedCell({ system: 'shop', replicas: 1, clients, messages: 60 })),
    systems: [{ name: 'shop', ledger: 'none', url: 'https://127.0.0.1:3000', tls: { insecure: true } }],
    asIs: true,
    change: withoutLedger,
  },
  'one of two systems keeps a ledger': {
    cells: closed(['node', 'mine']),
    systems: [
      { name: 'node', ledger: 'api' },
      { name: 'mine', ledger: 'none', command: ['./mine'] },
    ],
    change: (row, _, { system }) => (system === 'mine' ? withoutLedger(row) : row),
  },
  'requests are lost': { fault: plantedFaults.lost },
  'one round': { rounds: 1 },
  'trials are missing': { isMissing: (round, { replicas }) => round === 2 && replicas === 4 },
  'interrupted in its first round': {
    rounds: 5,
    isMissing: (round, { replicas }) => round > 1 || replicas === 4,
  },
  'nothing was measured': { isMissing: () => true },
  'agents at their limit': { isAgentSlow: true },
  'limited by its clients': { cells: closed(['node'], 60, [1, 2]) },
  bursts: { cells: closed(['node'], 1) },
  'two rounds that disagree': { slowRound: 2 },
  'open loop': {
    cells: [1, 2].map((replicas) =>
      simulatedCell({ replicas, clients: 100, messages: 1, ratePerSecond: 300 }),
    ),
  },
  'a full machine': { isMachineFull: true, service: { ...service, kind: 'cpu' } },
  'two systems': { cells: closed(['node', 'go']), rounds: 3 },
};

/** The results of each state, by the real analysis of rows that were made up. */
export async function plantedStates(folder: string): Promise<ReadonlyMap<string, Results>> {
  await using analysis = await openAnalysis();
  const results = new Map<string, Results>();
  for (const [name, state] of Object.entries(states)) {
    const run = join(folder, name.replaceAll(/\W+/g, '-'));
    await plant(run, state);
    results.set(name, await analysis.analyzeRun(run));
  }
  return results;
}

async function plant(run: string, state: State): Promise<void> {
  const {
    cells = closed(['node']),
    change,
    fault,
    isMissing,
    isAgentSlow,
    isMachineFull,
    slowRound,
    rounds = 2,
    ...further
  } = state;
  const experiment = simulatedExperiment(cells, { service, rounds, ...further });
  const trials = Array.from({ length: rounds }, (_, i) => i + 1).flatMap((round) =>
    cells.map((cell) => {
      const made = rowsFor(cell, round, round === slowRound && cell.replicas === 1 ? 8 : 1);
      const planned = made.length;
      const rows = change ? made.map((row, i) => change(row, i, cell)) : made;
      fault?.(rows);
      return { cell, round, rows, planned, ...(isAgentSlow && { agents: [SLOW_AGENT] }) };
    }),
  );
  await writeSimulatedRun(run, experiment, trials);
  for (const { cell, round, rows } of trials) {
    if (isMachineFull) await addMachine(join(trialFolder(run, cell.key, round), trialFiles.record), rows);
    if (isMissing?.(round, cell)) await rm(join(trialFolder(run, cell.key, round), trialFiles.record));
  }
}

async function addMachine(file: string, rows: readonly PlantedRow[]): Promise<void> {
  const [fromUs, toUs] = [Math.min(...rows.map(sentUs)), Math.max(...rows.map(doneUs))];
  const cores = 2;
  const look = (atUs: number) => {
    const usedUs = cores * (atUs - fromUs + 1);
    return { atUs, busyUs: usedUs, loadUs: usedUs, labUs: 0, stolenUs: 0, waitedUs: 0, pressureUs: 0 };
  };
  const looks = [look(fromUs - 1_000_000), look(fromUs - 1), look(toUs + 1)];
  const machine: MachineRecord = { node: null, cores, stepUs: 0, looks };
  const record = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...record, machines: [machine] }));
}

const sentUs = ({ sentUs: us }: PlantedRow) => us ?? startOfSimulation;
const doneUs = ({ doneUs: us }: PlantedRow) => us ?? startOfSimulation;

function rowsFor(
  { key, clients, messages, replicas, ratePerSecond }: Cell,
  round: number,
  slower = 1,
): PlantedRow[] {
  const load =
    ratePerSecond === null
      ? ({ kind: 'closed', clients, messages, thinkUs: 0, thinkDistribution: 'fixed' } as const)
      : ({ kind: 'open', ratePerSecond, requests: 600 } as const);
  const seed = `${key} ${round}`;
  return rowsOf(
    simulateQueue({
      seed,
      replicas,
      parallelism: 1,
      serviceUs: slower * service.timeUs,
      serviceDistribution: 'fixed',
      load,
    }),
  );
}
