import type { Cell, CellResult, Estimate, Random, TrialCounts, TrialResult, Verdict } from '@escala/model';
import { spectrumOf } from './planted-spectrum.ts';
import { latencyOf, regimeOf } from './planted-trials.ts';

const t975: Readonly<Record<number, number>> = { 2: 12.71, 3: 4.3, 4: 3.18, 5: 2.78, 10: 2.26 };

/** Median and t interval on logs, as the method says; the report only has to show them. */
export function estimateOf(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const value = known[Math.floor((known.length - 1) / 2)];
  if (value === undefined) return null;
  const n = known.length;
  if (n === 1) return { value, n, ci95: null };
  const logs = known.map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / n;
  const sd = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (n - 1));
  const half = ((t975[n] ?? 2.5) * sd) / Math.sqrt(n);
  return {
    value,
    n,
    ci95: { low: Math.exp(mean - half), high: Math.exp(mean + half), level: 0.95, method: 't-log' },
  };
}

/** A cell over its trials. */
export function plantedCell(cell: Cell, trials: readonly TrialResult[], random: Random): CellResult {
  const kind = trials[0]?.kind ?? 'burst';
  const valid = trials.filter((trial) => trial.verdict !== 'INVALID');
  const latencies = valid.flatMap((trial) => (trial.latencyUs ? [trial.latencyUs] : []));
  const window = estimateOf(valid.map((trial) => trial.throughputWindow));
  const makespan = estimateOf(valid.map((trial) => trial.throughputMakespan));
  const pooledN = latencies.reduce((sum, latency) => sum + latency.n, 0);
  const meanUs = latencies.reduce((sum, latency) => sum + latency.mean, 0) / Math.max(latencies.length, 1);
  const pooled = latencies.length > 0 ? latencyOf(meanUs, pooledN) : null;
  const requests = trials.flatMap((trial) => trial.replicas.map((replica) => replica.requests));
  return {
    cell,
    verdict: worst(trials.map((trial) => trial.verdict)),
    kind,
    regime: regimeOf(cell),
    limit:
      regimeOf(cell) === 'saturated'
        ? { what: 'service', values: { busyShare: 0.97 } }
        : { what: 'clients', values: {} },
    rounds: trials.length,
    counts: sumCounts(trials.map((trial) => trial.counts)),
    throughput: kind === 'burst' ? makespan : window,
    throughputWithExcluded: null,
    throughputWindow: window,
    throughputMakespan: makespan,
    p50Us: estimateOf(latencies.map((latency) => latency.p50)),
    p90Us: estimateOf(latencies.map((latency) => latency.p90)),
    p95Us: estimateOf(latencies.map((latency) => latency.p95)),
    p99Us: estimateOf(latencies.map((latency) => latency.p99)),
    meanUs: estimateOf(latencies.map((latency) => latency.mean)),
    littlesLaw: littlesLawOf(cell, window, meanUs),
    pooledLatencyUs: pooled,
    spectrum: pooled ? spectrumOf(pooled.mean, pooledN, random) : [],
    requestsPerReplica: {
      min: Math.min(...requests),
      mean: requests.reduce((sum, count) => sum + count, 0) / requests.length,
      max: Math.max(...requests),
    },
    processors: plantedProcessors(cell),
    jain: estimateOf(trials.map((trial) => trial.balance?.jain ?? null)),
    failureShare: estimateOf(trials.map(({ counts }) => counts.outcomes.timeout / counts.planned)),
  };
}

/** All clients wait for an answer; the product has the noise of its two medians. */
const littlesLawOf = ({ clients }: Cell, throughput: Estimate | null, meanUs: number) =>
  throughput && {
    inFlight: { value: clients, n: throughput.n, ci95: null },
    rateTimesResidence: { value: (throughput.value * meanUs) / 1e6, n: throughput.n, ci95: null },
  };

/** Two processors, which ten servers and the load fill. */
function plantedProcessors({ replicas, clients }: Cell): NonNullable<CellResult['processors']> {
  const servers = Math.min(1.4, 0.16 * replicas);
  return { cores: 2, servers, agents: 0.1 + 0.003 * clients, others: 0.08 };
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('INVALID') ? 'INVALID' : verdicts.includes('SUSPECT') ? 'SUSPECT' : 'VALID';
}

function sumCounts(all: readonly TrialCounts[]): TrialCounts {
  const sum = (of: (counts: TrialCounts) => number) => all.reduce((total, counts) => total + of(counts), 0);
  return {
    planned: sum((counts) => counts.planned),
    requests: sum((counts) => counts.requests),
    outcomes: {
      answered: sum(({ outcomes }) => outcomes.answered),
      rejected: 0,
      refused: 0,
      reset: 0,
      timeout: sum(({ outcomes }) => outcomes.timeout),
      unsent: 0,
    },
    ledger: {
      recorded: sum(({ ledger }) => ledger.recorded),
      missing: sum(({ ledger }) => ledger.missing),
      none: sum(({ ledger }) => ledger.none),
      duplicated: 0,
      unexpected: 0,
    },
  };
}
