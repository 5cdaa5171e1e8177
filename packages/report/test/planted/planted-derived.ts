import type {
  Asymptotes,
  CapacityResult,
  CellResult,
  ComparedCell,
  Comparison,
  Estimate,
  Experiment,
  KneeResult,
  Random,
  SpeedupSeries,
} from '@escala/model';
import { speeds } from './planted-trials.ts';
import { baseLatencyUs, capacityOf } from './planted-truth.ts';

const systemsAndMessages = ({ systems, messages }: Experiment) =>
  systems.flatMap(({ name: system }) => messages.map((count) => ({ system, messages: count })));

/** `estimate` divided by a number that is taken as known: good enough for a planted interval. */
function scaled(estimate: Estimate, by: number): Estimate {
  const { value, n, ci95 } = estimate;
  const limit = (side: number | null) => (side === null ? null : side / by);
  return { value: value / by, n, ci95: ci95 && { ...ci95, low: limit(ci95.low), high: limit(ci95.high) } };
}

export function plantedSpeedups(experiment: Experiment, cells: readonly CellResult[]): SpeedupSeries[] {
  const baseReplicas = Math.min(...experiment.replicas);
  return systemsAndMessages(experiment).flatMap(({ system, messages }) =>
    experiment.clients.map((clients): SpeedupSeries => {
      const of = cells.filter(
        ({ cell }) => cell.system === system && cell.messages === messages && cell.clients === clients,
      );
      const base = of.find(({ cell }) => cell.replicas === baseReplicas)?.throughput?.value ?? 1;
      return {
        system,
        messages,
        clients,
        baseReplicas,
        points: of.flatMap(({ cell, throughput, regime }) => {
          if (!throughput) return [];
          const p = cell.replicas / baseReplicas;
          const speedup = scaled(throughput, base);
          const karpFlatt = p === 1 ? null : (1 / speedup.value - 1 / p) / (1 - 1 / p);
          return [
            {
              replicas: cell.replicas,
              speedup,
              efficiency: scaled(speedup, p),
              karpFlatt,
              clientLimited: regime === 'client-limited',
            },
          ];
        }),
      };
    }),
  );
}

export function plantedCapacities(experiment: Experiment, cells: readonly CellResult[]): CapacityResult[] {
  const slo = experiment.slo[0];
  if (!slo) return [];
  return systemsAndMessages(experiment).map(({ system, messages }): CapacityResult => {
    const decisions = cells
      .filter(({ cell }) => cell.system === system && cell.messages === messages)
      .map(({ cell, p95Us }): CapacityResult['decisions'][number] => ({
        replicas: cell.replicas,
        clients: cell.clients,
        verdict: decide(p95Us, slo.latencyUs ?? 0),
      }));
    const met = (replicas: number) =>
      decisions
        .filter((decision) => decision.replicas === replicas && decision.verdict === 'met')
        .map((decision) => decision.clients);
    return {
      system,
      messages,
      slo,
      decisions,
      capacity: experiment.replicas.map((replicas) => {
        const most = met(replicas).length > 0 ? Math.max(...met(replicas)) : null;
        const censored = most === Math.max(...experiment.clients);
        return { replicas, strict: most, theodolite: most, censored, interpolated: null };
      }),
      demand: experiment.clients.map((clients) => {
        const enough = experiment.replicas.filter((replicas) => met(replicas).includes(clients));
        return { clients, replicas: enough.length > 0 ? Math.min(...enough) : null, censored: false };
      }),
    };
  });
}

function decide(p95Us: Estimate | null, limitUs: number): CapacityResult['decisions'][number]['verdict'] {
  if (!p95Us) return 'not-assessable';
  if (!p95Us.ci95) return 'undecided';
  if ((p95Us.ci95.high ?? Infinity) < limitUs) return 'met';
  return (p95Us.ci95.low ?? 0) > limitUs ? 'violated' : 'undecided';
}

export function plantedAsymptotes(experiment: Experiment): Asymptotes[] {
  return systemsAndMessages(experiment).flatMap(({ system, messages }) =>
    experiment.replicas.map((replicas) => ({
      system,
      messages,
      replicas,
      baseLatencyUs,
      thinkTimeUs: 0,
      throughputMax: capacityOf(replicas, speeds[system] ?? 1),
    })),
  );
}

export function plantedKnees(experiment: Experiment): KneeResult[] {
  return systemsAndMessages(experiment).flatMap(({ system, messages }) =>
    experiment.replicas.map((replicas) => {
      const most = capacityOf(replicas, speeds[system] ?? 1) * (baseLatencyUs / 1e6);
      const clients = experiment.clients.find((level) => level >= most) ?? null;
      return { system, messages, replicas, definition: 'power', clients, insideData: clients !== null };
    }),
  );
}

export function plantedComparisons(
  experiment: Experiment,
  cells: readonly CellResult[],
  random: Random,
): Comparison[] {
  const [a, b] = experiment.systems;
  if (!a || !b) return [];
  const compared = cells
    .filter(({ cell }) => cell.system === a.name)
    .map((of): ComparedCell => {
      const { replicas, clients, messages } = of.cell;
      const other = cells.find(({ cell }) => cell.key === of.cell.key.replace(a.name, b.name));
      const [x, y] = [of.throughput?.value ?? null, other?.throughput?.value ?? null];
      const ratio = x !== null && y !== null ? y / x : null;
      const spread = 1.02 + 0.06 * random.next();
      const ci95 = ratio === null ? null : ([ratio / spread, ratio * spread] as const);
      const apart = ci95 !== null && (ci95[0] > 1 || ci95[1] < 1);
      return {
        replicas,
        clients,
        messages,
        factors: { replicas, clients, messages },
        a: x,
        b: y,
        roundsA: experiment.rounds,
        roundsB: experiment.rounds,
        ratio,
        ci95,
        p: apart ? 0.004 : 0.3,
        q: apart ? 0.01 : 0.4,
        verdict: apart ? ((ratio ?? 1) > 1 ? 'faster' : 'slower') : 'inconclusive',
        roundsNeeded: apart ? null : 12,
      };
    });
  const logs = compared.flatMap(({ ratio }) => (ratio === null ? [] : [Math.log(ratio)]));
  const value = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  const overall = {
    value,
    n: experiment.rounds,
    cells: compared.length,
    ci95: { low: value * 0.98, high: value * 1.02, level: 0.95, method: 'welch-log' },
  };
  return [{ a: a.name, b: b.name, metric: 'throughput', margin: 0.03, cells: compared, overall }];
}
