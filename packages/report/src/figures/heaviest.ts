import type { CellResult, Results, TrialResult } from '@escala/model';
import { distinctSeries } from '../drawing/palette.ts';
import { choiceOf, levels, loadOf, type Series, seriesOf } from './series.ts';

/** The heaviest load of a system, one cell a number of replicas: where distributions say most. */
export interface Heaviest {
  readonly series: Series;
  readonly load: number;
  readonly cells: readonly CellResult[];
}

/**
 * Of every system the cells at its heaviest load that pass `has`: its largest number of messages, then the largest
 * load. Systems without any are left out, and of many numbers of replicas a choice is shown.
 */
export function heaviestLoads(results: Results, has: (cell: CellResult) => boolean): Heaviest[] {
  const all = seriesOf(results);
  return results.experiment.systems.flatMap(({ name }): Heaviest[] => {
    const series = all.findLast(({ system, cells }) => system === name && cells.some(has));
    const suitable = series?.cells.filter(has) ?? [];
    if (!series || suitable.length === 0) return [];
    const load = Math.max(...suitable.map(loadOf));
    const at = suitable.filter((cell) => loadOf(cell) === load);
    const replicas = choiceOf(levels(at.map(({ cell }) => cell.replicas)), distinctSeries);
    const cells = replicas.flatMap((level) => at.filter(({ cell }) => cell.replicas === level).slice(0, 1));
    return [{ series, load, cells }];
  });
}

export function trialsOf(results: Results, { cell }: CellResult): TrialResult[] {
  return results.trials.filter((trial) => trial.cell === cell.key).sort((a, b) => a.round - b.round);
}
