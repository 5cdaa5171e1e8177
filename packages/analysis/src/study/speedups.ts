import { type CellResult, curveOf, type Estimate, type SpeedupSeries, type TrialResult } from '@escala/model';
import { karpFlatt, median, welchRatio } from '@escala/stats';
import { closedCurves } from './groups.ts';
import { commonMeasure, usableThroughputs } from './throughput-measure.ts';

/**
 * Speed-up against the fewest replicas, at a constant number of clients: S(r) = X(r)/X(r₀), efficiency S·r₀/r, and the
 * Karp–Flatt serial fraction at p = r/r₀. The interval is Welch's on log ratios of deployments. A cell without a
 * deployment that got something done has no point.
 */
export function speedupsOf(
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
): readonly SpeedupSeries[] {
  const byCell = Map.groupBy(trials, ({ cell }) => cell);
  return closedCurves(cells).flatMap((curve) =>
    [...Map.groupBy(curve, ({ cell }) => cell.clients).values()].flatMap((row) => {
      const measure = commonMeasure(row);
      const usable = row
        .map((cell) => ({ cell, values: usableThroughputs(byCell.get(cell.cell.key) ?? [], measure) }))
        .filter(({ values }) => values.length > 0)
        .sort((a, b) => a.cell.cell.replicas - b.cell.cell.replicas);
      const [first] = usable;
      if (!first || usable.length < 2) return [];
      const { cell: base, values: baseValues } = first;
      const points = usable.map(({ cell, values }) => pointOf(base, cell, baseValues, values));
      const { clients, replicas } = base.cell;
      return [{ ...curveOf(base.cell), clients, baseReplicas: replicas, points }];
    }),
  );
}

function pointOf(
  base: CellResult,
  cell: CellResult,
  baseValues: readonly number[],
  values: readonly number[],
): SpeedupSeries['points'][number] {
  const p = cell.cell.replicas / base.cell.replicas;
  const value = median(values) / median(baseValues);
  const welch = cell === base ? null : welchRatio(baseValues, values);
  const speedup: Estimate = {
    value,
    n: values.length,
    ci95: welch && { ...welch.interval, method: 'welch-log' },
  };
  return {
    replicas: cell.cell.replicas,
    speedup,
    efficiency: scaled(speedup, 1 / p),
    karpFlatt: karpFlatt(value, p),
    clientLimited: cell.regime === 'client-limited',
    machineLimited: cell.regime === 'machine-limited',
  };
}

function scaled({ value, n, ci95 }: Estimate, factor: number): Estimate {
  const limit = (one: number | null) => (one === null ? null : one * factor);
  return {
    value: value * factor,
    n,
    ci95: ci95 && { ...ci95, low: limit(ci95.low), high: limit(ci95.high) },
  };
}
