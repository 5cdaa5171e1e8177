import type { CellResult, Comparison, TrialResult } from '@escala/model';
import { factorsKey, groupBy } from '../study/groups.ts';
import type { ComparableCell } from './compare-cells.ts';

/** The cells of one system as `compareCells` takes them. INVALID trials take no part. */
export function comparableCells(
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
  system: string,
  metric: Comparison['metric'],
): ReadonlyMap<string, ComparableCell> {
  const byCell = groupBy(trials, ({ cell }) => cell);
  return new Map(
    cells
      .filter(({ cell }) => cell.system === system)
      .map((cell) => [
        factorsKey(cell.cell),
        {
          cell: cell.cell,
          factors: factorsOf(cell),
          byRound: valuesOf(cell, byCell.get(cell.cell.key) ?? [], metric),
        },
      ]),
  );
}

function valuesOf(
  { kind }: CellResult,
  trials: readonly TrialResult[],
  metric: Comparison['metric'],
): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  for (const trial of trials) {
    const throughput = kind === 'steady' ? trial.throughputWindow : trial.throughputMakespan;
    const value = metric === 'throughput' ? throughput : (trial.latencyUs?.p95 ?? null);
    if (trial.verdict !== 'INVALID' && value !== null && value > 0) values.set(trial.round, value);
  }
  return values;
}

function factorsOf({ cell }: CellResult): ComparableCell['factors'] {
  const { replicas, clients, messages, ratePerSecond, payloadBytes, thinkTimeUs, keepAlive } = cell;
  return {
    replicas,
    clients,
    messages,
    ...(ratePerSecond !== null && { ratePerSecond }),
    ...(payloadBytes > 0 && { payloadBytes }),
    ...(thinkTimeUs > 0 && { thinkTimeUs }),
    ...(!keepAlive && { keepAlive }),
  };
}
