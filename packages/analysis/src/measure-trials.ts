import { isOpen, type LatencySummary, type TrialRecord } from '@escala/model';
import { countRows, replicaFacts, statusCodesOf, statusFacts } from './questions/counts.ts';
import { kindFacts } from './questions/kinds.ts';
import {
  addLatencyCounts,
  cumulateLatencies,
  latencySpectra,
  serviceTimeCounts,
  summariseLatencies,
} from './questions/latencies.ts';
import { machineUses } from './questions/machines.ts';
import { resourceFacts, resourcesUnknown } from './questions/resources.ts';
import { inFlightOverTime, timelines } from './questions/timeline.ts';
import { arrivalFacts, type Sums, sumTrials } from './questions/windows.ts';
import type { Engine } from './run/engine.ts';
import type { CommittedTrial } from './run/read-run.ts';
import type { ReplicaFacts, TrialFacts } from './trial-facts.ts';

const nothingSeen: Sums = {
  clients: { seen: 0, requestsMin: 0, requestsMax: 0 },
  makespan: null,
  window: null,
  bookkeeping: {
    latencySumUs: 0,
    timesSumUs: 0,
    latencyMismatches: 0,
    bothSides: 0,
    containmentViolations: 0,
    containmentExcessUsMax: 0,
    negativeDurations: 0,
  },
};

/**
 * Asks everything of the trials whose rows lie in the table `rows`, under their numbers there. Leaves their latencies
 * in `latency_counts`, for pooling. `cpus` is the size of the one machine, or null.
 */
export async function measureTrials(
  engine: Engine,
  trials: ReadonlyMap<number, CommittedTrial>,
  cpus: number | null,
): Promise<ReadonlyMap<number, TrialFacts>> {
  const hasSchedule = [...trials.values()].some(({ record }) => isOpen(record.cell));
  const counts = await countRows(engine, trials);
  const statuses = await statusFacts(engine);
  const sums = await sumTrials(engine);
  await engine.run(addLatencyCounts);
  const counted = `SELECT trial AS key, us, n FROM latency_counts WHERE trial >= ${Math.min(...trials.keys())}`;
  await cumulateLatencies(engine, counted);
  const latencies = await summariseLatencies(engine);
  const spectra = await latencySpectra(engine);
  const kinds = await kindFacts(engine);
  const services = hasSchedule ? await serviceTimes(engine) : new Map();
  const replicas = await replicaFacts(engine);
  const arrivals = hasSchedule ? await arrivalFacts(engine) : new Map();
  const inFlight = hasSchedule ? await inFlightOverTime(engine) : new Map();
  const lines = await timelines(engine);
  const resources = await resourceFacts(engine, trials, cpus);
  return new Map(
    [...trials].map(([trial, committed]) => [
      trial,
      {
        ...committed,
        counts: counts.get(trial) ?? committed.record.counts,
        statuses: statuses.get(trial) ?? [],
        statusCodes: statusCodesOf(statuses.get(trial) ?? []),
        kinds: kinds.get(trial) ?? [],
        ...(sums.get(trial) ?? nothingSeen),
        machines: machineUses(committed.record, sums.get(trial) ?? nothingSeen),
        latencyUs: latencies.get(trial) ?? null,
        spectrum: spectra.get(String(trial)) ?? [],
        serviceTimeUs: services.get(trial) ?? null,
        replicas: withIdle(replicas.get(trial) ?? [], committed.record),
        arrivals: arrivals.get(trial) ?? null,
        timeline: lines.get(trial) ?? [],
        inFlight: inFlight.get(trial) ?? [],
        ...(resources.get(trial) ?? resourcesUnknown),
      },
    ]),
  );
}

const idleReplica = {
  requests: 0,
  busyUs: 0,
  spanUs: null,
  sendToReceiveUsMin: null,
  serveToDoneUsMin: null,
} as const;

/** A replica that got no request has no row, and is as unbalanced as can be. Where no row names one, nothing is known. */
function withIdle(seen: readonly ReplicaFacts[], { replicas }: TrialRecord): readonly ReplicaFacts[] {
  if (seen.length === 0) return [];
  const names = new Set(seen.map(({ name }) => name));
  const idle = replicas.filter(({ name }) => !names.has(name)).map(({ name }) => ({ name, ...idleReplica }));
  // Never more than were started: rows may name a replica otherwise than the record does.
  return [...seen, ...idle.slice(0, Math.max(0, replicas.length - seen.length))];
}

async function serviceTimes(engine: Engine): Promise<ReadonlyMap<string | number, LatencySummary>> {
  await cumulateLatencies(engine, `SELECT trial AS key, us, n FROM (${serviceTimeCounts})`);
  return summariseLatencies(engine);
}
