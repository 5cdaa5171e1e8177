import {
  type CellResult,
  type Experiment,
  type FindingKey,
  isOpen,
  type Limit,
  type LimitName,
  limitNames,
  type MachineUse,
  type TrialResult,
} from '@escala/model';
import { mean } from '@escala/stats';
import { thresholds } from '../thresholds.ts';
import type { TrialFacts } from '../trial-facts.ts';
import { closedCurves } from './groups.ts';
import { commonMeasure } from './throughput-measure.ts';

type WitnessKey = Extract<FindingKey, `${'platform' | 'neighbours' | 'machine' | 'client-limits'}.${string}`>;

/** What each finding of an audit says to be full; null where it says so of nothing, or only perhaps. */
const ofFindings: Readonly<Record<WitnessKey, LimitName | null>> = {
  'platform.quiet': null,
  'platform.incidents': null,
  'platform.restarts': null,
  'platform.throttled': 'pods',
  'platform.clients-throttled': 'generator',
  'platform.throttling-unknown': null,
  'neighbours.quiet': null,
  'neighbours.busy': 'neighbours',
  'neighbours.busy-node': 'neighbours',
  'neighbours.stolen': 'neighbours',
  'neighbours.short': null,
  'neighbours.unknown': null,
  'machine.free': null,
  'machine.full': 'machine',
  'machine.full-node': 'machine',
  // The service, and not the processors, took the time.
  'machine.full-serving': null,
  'machine.full-shared': 'neighbours',
  'machine.full-shared-node': 'neighbours',
  'machine.perhaps-full': null,
  'machine.perhaps-full-node': null,
  'machine.short': null,
  'machine.unknown': null,
  'client-limits.free': null,
  'client-limits.unknown': null,
  'client-limits.disk': 'generator-disk',
  'client-limits.cpu': 'generator',
  'client-limits.ceiling': 'generator',
  'client-limits.event-loop': 'generator',
  'client-limits.send-lag': 'generator',
};

/**
 * The one limit of every cell, by its key: what most of its trials found to be full, else what the other cells of its
 * curve tell, as more clients or more replicas change nothing.
 */
export function limitsOf(
  cells: readonly CellResult[],
  facts: readonly TrialFacts[],
  trials: readonly TrialResult[],
  experiment: Experiment,
): ReadonlyMap<string, Limit> {
  const factsOf = new Map(facts.map((one) => [one.record.planIndex, one]));
  const byCell = Map.groupBy(trials, ({ cell }) => cell);
  const found = new Map(
    cells.map((cell) => {
      const its = byCell.get(cell.cell.key) ?? [];
      const limits = its.map((trial) => limitOfTrial(trial, factsOf.get(trial.planIndex), experiment));
      const full = inMost(limits);
      // Fewer clients than replicas leave replicas idle, which is no fault of the balance.
      const isOfClients = full === null || (full.what === 'one-replica' && cell.regime === 'client-limited');
      return [cell.cell.key, isOfClients ? ofLoad(cell) : full];
    }),
  );
  for (const curve of closedCurves(cells)) {
    for (const row of Map.groupBy(curve, ({ cell }) => cell.clients).values()) {
      for (const [key, limit] of sharedBy(row, found, byCell)) found.set(key, limit);
    }
  }
  return new Map([...found].map(([key, limit]) => [key, limit ?? { what: 'unknown', values: {} }]));
}

/** Of all that was full in a trial the first in the order of `limitNames`. */
function limitOfTrial(
  trial: TrialResult,
  facts: TrialFacts | undefined,
  experiment: Experiment,
): Limit | null {
  const found = [
    ...(facts ? [ofMemory(facts), ofService(facts, experiment), ofProcessor(facts)] : []),
    ...trial.audits.map(({ finding, values }) => {
      const what = ofFindings[finding as WitnessKey];
      return what ? { what, values } : null;
    }),
  ].filter((limit) => limit !== null);
  const rank = ({ what }: Limit) => limitNames.indexOf(what);
  return found.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** A client that ran out of memory is no server. */
function ofMemory({ record: { incidents, replicas } }: TrialFacts): Limit | null {
  const isServer = (subject: string) => replicas.some(({ name }) => name === subject);
  return incidents.some(({ code, subject }) => code === 'out-of-memory' && isServer(subject))
    ? { what: 'memory', values: {} }
    : null;
}

/** How busy the simulated service kept each replica, while that replica had requests at all. */
function ofService({ replicas, record }: TrialFacts, { service }: Experiment): Limit | null {
  if (service.timeUs === 0 || replicas.length === 0) return null;
  const shares = replicas.map(({ busyUs, spanUs }) =>
    spanUs === null || spanUs === 0 ? 0 : busyUs / (spanUs * service.parallelism),
  );
  const busyShare = shares.reduce((sum, share) => sum + share, 0) / Math.max(record.cell.replicas, 1);
  if (busyShare >= thresholds.serviceBusy) return { what: 'service', values: { busyShare } };
  const fullShare = Math.max(...shares);
  if (fullShare < thresholds.serviceBusy || record.cell.replicas === 1) return null;
  return { what: 'one-replica', values: { busyShare, fullShare } };
}

/**
 * The share of the busiest server is of its limit, where it has one. Without one, a program of one thread is full with one
 * processor, however many the machine has.
 */
function ofProcessor({ cpu, record: { replicas } }: TrialFacts): Limit | null {
  const share = cpu.serverShareMax ?? 0;
  if (share < thresholds.processorBusy || share > thresholds.processorOne) return null;
  const isLimited = replicas.some(({ cpuLimit }) => cpuLimit !== null);
  return { what: isLimited ? 'pods' : 'processor', values: { share } };
}

/** The limit that at least half of the trials have. */
function inMost(limits: readonly (Limit | null)[]): Limit | null {
  const known = limits.filter((limit) => limit !== null);
  const groups = [...Map.groupBy(known, ({ what }) => what).values()].sort((a, b) => b.length - a.length);
  const most = groups[0] ?? [];
  return most[0] && 2 * most.length >= limits.length ? most[0] : null;
}

function ofLoad({ cell, throughput, regime }: CellResult): Limit | null {
  if (isOpen(cell)) {
    const share = (throughput?.value ?? 0) / (cell.ratePerSecond ?? 1);
    return share >= thresholds.rateAnswered ? { what: 'rate', values: { share } } : null;
  }
  return regime === 'client-limited' || regime === 'transition' ? { what: 'clients', values: {} } : null;
}

/**
 * At one number of clients: the largest numbers of replicas do no more than fewer of them, though nothing that was
 * measured is full. Something that they share then takes 1/X of each request. An unknown machine may be what is full.
 */
function sharedBy(
  row: readonly CellResult[],
  found: ReadonlyMap<string, Limit | null>,
  byCell: ReadonlyMap<string, readonly TrialResult[]>,
): [string, Limit][] {
  const { ofCell } = commonMeasure(row);
  const sorted = row
    .filter((cell) => (ofCell(cell)?.value ?? 0) > 0)
    .sort((a, b) => a.cell.replicas - b.cell.replicas);
  const value = (cell: CellResult) => ofCell(cell)?.value ?? 0;
  const last = sorted.at(-1);
  if (!last) return [];
  const isFree = (cell: CellResult) =>
    found.get(cell.cell.key) === null &&
    (byCell.get(cell.cell.key) ?? []).every(({ audits }) =>
      audits.some(({ audit, status }) => audit === 'machine' && (status === 'pass' || status === 'info')),
    );
  const from = sorted.findLastIndex(
    (cell) => !isFree(cell) || Math.abs(value(last) / value(cell) - 1) >= thresholds.saturationGain,
  );
  const flat = sorted.slice(from + 1);
  const first = flat[0];
  if (!first || last.cell.replicas < thresholds.flatReplicasRatio * first.cell.replicas) return [];
  const throughputMax = Math.max(...flat.map(value));
  const values = { throughput: throughputMax, perRequestUs: 1e6 / throughputMax };
  return flat.map((cell) => [cell.cell.key, { what: 'shared', values }]);
}

type Processors = NonNullable<CellResult['processors']>;

/** Means over those of these trials whose machines say what they were busy with; null where none does. */
export function processorsOf(trials: readonly TrialResult[]): Processors | null {
  const known = trials.flatMap((trial) => ofTrial(trial) ?? []);
  if (known.length === 0) return null;
  const meanOf = (key: keyof Processors) => mean(known.map((one) => one[key]));
  return {
    cores: meanOf('cores'),
    servers: meanOf('servers'),
    agents: meanOf('agents'),
    others: meanOf('others'),
  };
}

/**
 * Machines tell the time of servers and agents together, in the window and exactly; the samples of each process, which
 * reach beyond the window, tell which part the servers had. The lab stands with the agents: both are the measurement's.
 */
function ofTrial({ machines = [], cpu }: TrialResult): Processors | null {
  const { serverCores = null, agentCores = null } = cpu;
  const isKnown = machines.every(({ oursShare, othersShare }) => oursShare !== null && othersShare !== null);
  if (machines.length === 0 || !isKnown || serverCores === null || agentCores === null) return null;
  const coresBusy = (share: (machine: MachineUse) => number) =>
    machines.reduce((sum, machine) => sum + machine.cores * share(machine), 0);
  const ours = coresBusy(({ oursShare }) => oursShare ?? 0);
  const lab = coresBusy(({ labShare }) => labShare ?? 0);
  const measured = serverCores + agentCores;
  const servers = measured === 0 ? 0 : (Math.max(0, ours - lab) * serverCores) / measured;
  return {
    cores: coresBusy(() => 1),
    servers,
    agents: ours - servers,
    others: coresBusy(othersOf),
  };
}

/** Others are watched for longer than the window, in which they had at most what servers and agents left. */
const othersOf = ({ oursShare, othersShare, stolenShare }: MachineUse) =>
  Math.min((othersShare ?? 0) + (stolenShare ?? 0), 1 - (oursShare ?? 0));
