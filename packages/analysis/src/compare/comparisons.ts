import type { CellResult, Comparison, Experiment, TrialResult } from '@escala/model';
import { thresholds } from '../thresholds.ts';
import { comparablePairs } from './comparable-cells.ts';
import { compareCells } from './compare-cells.ts';

/** Every two systems of one study, by throughput and by p95. Their rounds were measured side by side, so they pair. */
export function comparisonsOf(
  cells: readonly CellResult[],
  trials: readonly TrialResult[],
  { systems }: Experiment,
): readonly Comparison[] {
  const names = systems.map(({ name }) => name);
  const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => ({ a, b })));
  const margin = thresholds.comparisonMargin;
  return pairs.flatMap(({ a, b }) =>
    (['throughput', 'p95'] as const).map((metric) => {
      const side = (system: string) => ({ cells, trials, system });
      const settings = { metric, margin, paired: true };
      return { a, b, metric, margin, ...compareCells(comparablePairs(side(a), side(b), metric), settings) };
    }),
  );
}
