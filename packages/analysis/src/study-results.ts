import { type CellResult, inOrderOfFactors, type Results, type Slo, type TrialResult } from '@escala/model';
import { answerOf } from './answer/answer.ts';
import { comparisonsOf } from './compare/comparable-cells.ts';
import { judgeFacts } from './judge-trial.ts';
import { type PooledLatency, poolCell } from './pool-cells.ts';
import type { RunOnDisk } from './run/read-run.ts';
import { capacitiesOf } from './study/capacities.ts';
import { expiriesOf } from './study/expiries.ts';
import { asymptotesOf, kneesOf } from './study/knees.ts';
import { lawsOf } from './study/laws.ts';
import { limitsOf } from './study/limits.ts';
import { queuesOf } from './study/queues.ts';
import { regimesOf } from './study/regimes.ts';
import { speedupsOf } from './study/speedups.ts';
import { exclusionsOf, summariseStudy } from './summarise-study.ts';
import type { TrialFacts } from './trial-facts.ts';

/** Everything above single trials. Pure: facts in, results out, so that a simulated study needs no disk. */
export function studyResults(
  run: RunOnDisk,
  facts: readonly TrialFacts[],
  pooled: ReadonlyMap<string, PooledLatency>,
): Results {
  const { experiment } = run.manifest;
  const trials = facts.map((one) => judgeFacts(one, run.manifest)).sort((a, b) => a.planIndex - b.planIndex);
  const pooledCells = cellsOf(facts, trials, pooled, experiment.slo);
  const regimes = regimesOf(pooledCells);
  const placedCells = pooledCells.map((cell) => ({
    ...cell,
    regime: regimes.get(cell.cell.key) ?? 'unknown',
  }));
  const placed = trials.map((trial) =>
    trial.regime === 'machine-limited' ? trial : { ...trial, regime: regimes.get(trial.cell) ?? 'unknown' },
  );
  const limits = limitsOf(placedCells, facts, placed, experiment);
  const cells = placedCells.map((cell) => ({
    ...cell,
    limit: limits.get(cell.cell.key) ?? { what: 'unknown' as const, values: {} },
  }));
  const study = summariseStudy(run, placed, cells, {
    exclusions: exclusionsOf(placed),
    laws: lawsOf(cells, placed),
    speedups: speedupsOf(cells, placed),
    capacities: capacitiesOf(cells, placed, experiment),
    knees: kneesOf(cells),
    asymptotes: asymptotesOf(cells),
    ...expiriesOf(facts, experiment),
    queues: queuesOf(cells, placed, experiment),
    comparisons: comparisonsOf(cells, placed, experiment),
  });
  return { ...study, answer: answerOf(study) };
}

const noLatency: PooledLatency = { summary: null, spectrum: [] };

function cellsOf(
  facts: readonly TrialFacts[],
  trials: readonly TrialResult[],
  pooled: ReadonlyMap<string, PooledLatency>,
  slos: readonly Slo[],
): readonly CellResult[] {
  const cells = new Map(facts.map(({ record }) => [record.cell.key, record.cell]));
  return [...cells.values()].sort(inOrderOfFactors).map((cell) => {
    const all = trials.filter((trial) => trial.cell === cell.key);
    const included = all.filter(({ verdict }) => verdict !== 'INVALID');
    return poolCell(cell, all, included, pooled.get(cell.key) ?? noLatency, slos);
  });
}
