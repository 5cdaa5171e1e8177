import {
  type CellResult,
  type Exclusion,
  ledgerStates,
  outcomes,
  type Results,
  record,
  resultsVersion,
  type Summary,
  type Totals,
  type TrialResult,
} from '@escala/model';
import { roundsForMedianInterval } from './estimates.ts';
import { sumCounts, sumStatusCodes } from './pool-cells.ts';
import type { RunOnDisk } from './run/read-run.ts';
import { isLimitedFromOutside } from './study/regimes.ts';
import { thresholds } from './thresholds.ts';

type StudyParts = Pick<
  Results,
  | 'laws'
  | 'speedups'
  | 'capacities'
  | 'knees'
  | 'asymptotes'
  | 'queues'
  | 'comparisons'
  | 'exclusions'
  | 'expiries'
>;

/** results.json from its parts. It holds no time of its own making: the same rows give the same bytes. */
export function summariseStudy(
  { manifest, missing }: RunOnDisk,
  trials: readonly TrialResult[],
  cells: readonly CellResult[],
  parts: StudyParts,
): Results {
  const ends = trials.map(lastInstant);
  return {
    schema: 'escala/results',
    version: resultsVersion,
    run: manifest.run,
    target: manifest.target,
    startedAtUs: manifest.createdAtUs,
    endedAtUs: Math.max(manifest.createdAtUs, ...ends),
    experiment: manifest.experiment,
    environment: manifest.environment,
    method: {
      percentile: 'nearest-rank',
      throughputInterval: 't-log',
      percentileInterval: percentileMethod(manifest.experiment.rounds),
      thresholds,
    },
    totals: totalsOf(manifest.plan.flatMap((block) => block.trials).length, trials, cells, missing),
    summary: summaryOf(cells),
    cells,
    trials,
    ...parts,
    missingTrials: missing.map(({ cell, round }) => ({ cell: cell.key, round })),
    selftest: manifest.selftest ?? null,
  };
}

/** As `estimateMedian` makes it of so many rounds; each interval names its own method, too. */
function percentileMethod(rounds: number): string {
  return rounds >= roundsForMedianInterval ? 'order-statistic' : 't-log';
}

function lastInstant({ timeline, window, startAtUs }: TrialResult): number {
  return Math.max(startAtUs, window?.toUs ?? 0, timeline.at(-1)?.atUs ?? 0);
}

function totalsOf(
  trialsPlanned: number,
  trials: readonly TrialResult[],
  cells: readonly CellResult[],
  missing: RunOnDisk['missing'],
): Totals {
  const counts = sumCounts(trials.map((trial) => trial.counts));
  const measured = new Set(cells.map(({ cell }) => cell.key));
  const planned = new Set([...measured, ...missing.map(({ cell }) => cell.key)]);
  return {
    cellsPlanned: planned.size,
    cellsMeasured: measured.size,
    trialsPlanned,
    trialsMeasured: trials.length,
    requests: counts.requests,
    outcomes: record(outcomes, (name) => counts.outcomes[name]),
    ledger: record(ledgerStates, (name) => counts.ledger[name]),
    verdicts: record(
      ['VALID', 'SUSPECT', 'INVALID'],
      (verdict) => trials.filter((trial) => trial.verdict === verdict).length,
    ),
    ledgerCloses: ledgerCloses(trials),
    statusCodes: sumStatusCodes(trials),
  };
}

/** Null where no trial has a ledger that could be checked: nothing is known then, which is not the same as good. */
function ledgerCloses(trials: readonly TrialResult[]): boolean | null {
  const statuses = trials.flatMap(({ audits }) =>
    audits.flatMap(({ audit, status }) =>
      audit === 'ledger' && status !== 'not-assessable' ? [status] : [],
    ),
  );
  return statuses.length === 0 ? null : statuses.every((status) => status === 'pass');
}

/** The extremes of the cells that are not INVALID. */
function summaryOf(cells: readonly CellResult[]): Summary {
  const usable = cells.filter(({ verdict }) => verdict !== 'INVALID');
  const extreme = (of: (cell: CellResult) => number | undefined, sign: 1 | -1) => {
    const known = usable.flatMap((cell) => {
      const value = of(cell);
      return value === undefined ? [] : [{ cell: cell.cell.key, value }];
    });
    return known.reduce<(typeof known)[number] | null>(
      (best, one) => (best === null || sign * one.value > sign * best.value ? one : best),
      null,
    );
  };
  return {
    throughputMax: extreme(({ throughput }) => throughput?.value, 1),
    p95UsMin: extreme(({ p95Us }) => p95Us?.value, -1),
    p95UsMax: extreme(({ p95Us }) => p95Us?.value, 1),
  };
}

/**
 * INVALID trials count in no pooled number and in no law. Those limited by their clients or by the machine are in no law
 * over replicas (`laws.client-limited`, `laws.machine-limited`), and stay in the laws over clients, whose rising part they are.
 */
export function exclusionsOf(trials: readonly TrialResult[]): readonly Exclusion[] {
  return trials.flatMap(({ cell, round, verdict, audits, regime }) => {
    if (verdict !== 'INVALID') {
      if (!isLimitedFromOutside(regime)) return [];
      return [{ cell, round, from: 'laws', reason: `laws.${regime}` } as const];
    }
    const reason = audits.find(({ status }) => status === 'fail')?.finding ?? 'unknown';
    return (['pooling', 'laws'] as const).map((from) => ({ cell, round, from, reason }));
  });
}
