import type { CellResult, Estimate, TrialResult } from '@escala/model';

/** One way to measure throughput, of a trial and of a cell, in requests/s. */
interface ThroughputMeasure {
  ofTrial(trial: TrialResult): number | null;
  ofCell(cell: CellResult): Estimate | null;
}

const insideWindow: ThroughputMeasure = {
  ofTrial: ({ throughputWindow }) => throughputWindow,
  ofCell: ({ throughputWindow }) => throughputWindow,
};
const overMakespan: ThroughputMeasure = {
  ofTrial: ({ throughputMakespan }) => throughputMakespan,
  ofCell: ({ throughputMakespan }) => throughputMakespan,
};

/**
 * The measure for cells that are set against each other: inside the window if all are steady, else over the makespan for
 * all. Start and end of a trial lower only the second, so a ratio of the two would differ from 1 between equal systems.
 * A cell that got nothing done has no window, and no say.
 */
export function commonMeasure(cells: readonly Pick<CellResult, 'kind' | 'throughput'>[]): ThroughputMeasure {
  const isSteady = cells.every(({ kind, throughput }) => kind === 'steady' || !throughput?.value);
  return isSteady ? insideWindow : overMakespan;
}

/** Run-level throughputs of a cell's trials that are not INVALID. */
export function usableThroughputs(trials: readonly TrialResult[], { ofTrial }: ThroughputMeasure): number[] {
  return trials.flatMap((trial) => {
    const value = ofTrial(trial);
    return trial.verdict === 'INVALID' || value === null || value <= 0 ? [] : [value];
  });
}
