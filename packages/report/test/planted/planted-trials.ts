import type { Cell, LatencySummary, Random, TrialResult, Verdict } from '@escala/model';
import { spectrumOf } from './planted-spectrum.ts';
import { throughputOf } from './planted-truth.ts';

export interface TrialSeed {
  readonly cell: Cell;
  readonly round: number;
  readonly index: number;
  readonly startAtUs: number;
  readonly verdict: Verdict;
  readonly random: Random;
}

const noiseSd = 0.03;
export const speeds: Readonly<Record<string, number>> = { node: 1, python: 0.55, go: 1.15 };

/** One trial: throughput and latency of the law with 3 % of noise, and audits that agree with its verdict. */
export function plantedTrial({ cell, round, index, startAtUs, verdict, random }: TrialSeed): TrialResult {
  const speed = speeds[cell.system] ?? 1;
  const throughput = throughputOf(cell.replicas, cell.clients, speed) * Math.exp(noiseSd * random.normal());
  const meanUs = (cell.clients / throughput) * 1e6;
  const planned = cell.clients * cell.messages;
  const lost = verdict === 'INVALID' ? 1 : 0;
  const late = verdict === 'SUSPECT' ? Math.min(3, planned) : 0;
  const answered = planned - late;
  const burst = cell.messages < 20;
  const makespan = throughput * (burst ? 0.72 : 0.94);
  const lengthUs = Math.round((answered / makespan) * 1e6);
  return {
    cell: cell.key,
    round,
    planIndex: index,
    actualIndex: index,
    block: `${cell.system}-r${cell.replicas}/${round}`,
    startAtUs,
    verdict,
    audits: auditsOf(verdict, cell),
    kind: burst ? 'burst' : 'steady',
    counts: {
      planned,
      requests: planned,
      outcomes: { answered, rejected: 0, refused: 0, reset: 0, timeout: late, unsent: 0 },
      ledger: { recorded: answered - lost, missing: lost, none: late, duplicated: 0, unexpected: 0 },
    },
    window: burst
      ? null
      : { fromUs: startAtUs + 4000, toUs: startAtUs + Math.round(lengthUs * 0.93), answered },
    throughputWindow: burst ? null : throughput,
    throughputMakespan: makespan,
    latencyUs: latencyOf(meanUs, answered),
    spectrum: spectrumOf(meanUs, answered, random),
    serviceTimeUs: null,
    replicas: replicasOf(cell, answered, random),
    balance: { jain: 1 - 0.4 * random.next() * Math.min(1, 12 / cell.clients), maxOverMean: 1.3 },
    regime: regimeOf(cell),
    startSkewUsMax: 700 + random.integer(600),
    agents: [],
    incidents:
      verdict === 'SUSPECT'
        ? [{ code: 'throttled', subject: 'server-1', detail: '', atUs: startAtUs + 9000 }]
        : [],
    cpu: { serverShareMax: 0.41, agentShareMax: 0.3 + 0.2 * random.next(), machineShare: 0.62 },
    arrivals: null,
    timeline: timelineOf(startAtUs, lengthUs, answered, meanUs, random),
  };
}

export function regimeOf({ clients, replicas }: Cell): TrialResult['regime'] {
  if (clients < 2 * replicas) return 'client-limited';
  return clients > 6 * replicas ? 'saturated' : 'transition';
}

/** Percentiles of a lognormal with the mean; null where the number of requests cannot carry them. */
export function latencyOf(meanUs: number, n: number): LatencySummary {
  const sd = 0.35;
  const at = (z: number) => Math.round(meanUs * Math.exp(sd * z - (sd * sd) / 2));
  return {
    n,
    min: at(-2.5),
    mean: meanUs,
    p50: at(0),
    max: at(3.6),
    standardDeviation: n > 1 ? meanUs * 0.36 : null,
    p90: n >= 36 ? at(1.282) : null,
    p95: n >= 72 ? at(1.645) : null,
    p99: n >= 368 ? at(2.326) : null,
    p999: n >= 3688 ? at(3.09) : null,
  };
}

function auditsOf(verdict: Verdict, cell: Cell): TrialResult['audits'] {
  const closes = verdict !== 'INVALID';
  const slow = verdict === 'SUSPECT';
  return [
    {
      audit: 'ledger',
      status: closes ? 'pass' : 'fail',
      finding: closes ? 'ledger.closes' : 'ledger.lost',
      values: closes ? { recorded: cell.clients * cell.messages } : { missing: 1 },
    },
    {
      audit: 'client-residual',
      status: slow ? 'warn' : cell.messages < 20 ? 'not-assessable' : 'pass',
      finding: `client-residual.${slow ? 'high' : cell.messages < 20 ? 'burst' : 'low'}`,
      values: { residual: slow ? 0.08 : 0.01, limit: 0.05 },
    },
    { audit: 'balance', status: 'info', finding: 'balance.even', values: { jain: 0.93 } },
  ];
}

function replicasOf(cell: Cell, answered: number, random: Random): TrialResult['replicas'] {
  const weights = Array.from({ length: cell.replicas }, () => 0.6 + 0.8 * random.next());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = answered;
  return weights.map((weight, i) => {
    const requests =
      i === weights.length - 1 ? left : Math.min(left, Math.round((answered * weight) / total));
    left -= requests;
    return { name: `r${i + 1}`, requests, busyUs: requests * 1000 };
  });
}

function timelineOf(
  startAtUs: number,
  lengthUs: number,
  answered: number,
  meanUs: number,
  random: Random,
): TrialResult['timeline'] {
  const slices = 20;
  return Array.from({ length: slices }, (_, i) => ({
    atUs: startAtUs + Math.round((i * lengthUs) / slices),
    answered: Math.max(0, Math.round(answered / slices + Math.sqrt(answered / slices) * random.normal())),
    p50Us: Math.round(meanUs * (0.93 + 0.05 * random.normal() + (i === 0 ? 0.5 : 0))),
    p95Us: answered / slices < 72 ? null : Math.round(meanUs * (1.6 + 0.1 * random.normal())),
  }));
}
