import type { CellResult, Results, TrialResult } from '@escala/model';
import { distinctSeries } from '../drawing/palette.ts';
import { choiceOf, loadOf, mostMessages, type Series, seriesOf } from './series.ts';

/** The heaviest load of a curve, one cell a number of replicas: where distributions say most. */
export interface Heaviest {
  readonly series: Series;
  readonly load: number;
  readonly cells: readonly CellResult[];
}

/**
 * Of every curve the cells at its heaviest load that pass `has`: its largest number of messages, then the largest
 * load. Curves without any are left out, and of many numbers of replicas a choice is shown.
 */
export function heaviestLoads(results: Results, has: (cell: CellResult) => boolean): Heaviest[] {
  const all = seriesOf(results).filter(({ cells }) => cells.some(has));
  return mostMessages(all).map((series): Heaviest => {
    const suitable = series.cells.filter(has);
    const load = Math.max(...suitable.map(loadOf));
    const cells = suitable
      .filter((cell) => loadOf(cell) === load)
      .sort((a, b) => a.cell.replicas - b.cell.replicas);
    return { series, load, cells: choiceOf(cells, distinctSeries) };
  });
}

export function trialsOf(results: Results, { cell }: CellResult): TrialResult[] {
  return results.trials.filter((trial) => trial.cell === cell.key).sort((a, b) => a.round - b.round);
}
