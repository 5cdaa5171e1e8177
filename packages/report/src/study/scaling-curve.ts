import type { CellResult, LawResult, Results } from '@escala/model';
import { axisTop, type Bar } from '../drawing/intervals.ts';
import { medianOf } from './estimates.ts';
import { drawnLaw } from './laws.ts';
import { heaviestLoadOf, loadOf, type Series } from './series.ts';

export interface Run {
  readonly replicas: number;
  readonly throughput: number;
  readonly isInFit: boolean;
}

/** Throughput over replicas of one series, at its heaviest load. */
export interface Curve {
  readonly series: Series;
  /** At the heaviest load, by replicas. */
  readonly cells: readonly CellResult[];
  readonly runs: readonly Run[];
  readonly law: LawResult | null;
}

export function curveOf(series: Series, results: Results): Curve {
  const load = heaviestLoadOf(series);
  const cells = series.cells
    .filter((cell) => loadOf(cell) === load && cell.throughput)
    .sort((a, b) => a.cell.replicas - b.cell.replicas);
  const law = drawnLaw(series, results);
  const inLaw = new Set(law?.points.map(({ cell, round }) => `${cell}/${round}`));
  const replicas = new Map(cells.map(({ cell }) => [cell.key, cell.replicas]));
  // A law of saturation may rest on other numbers of clients than the largest: its own points are shown filled.
  const fitted = (law?.fit ? law.points : []).map(
    ({ n, x }): Run => ({ replicas: n, throughput: x, isInFit: true }),
  );
  const others = results.trials.flatMap((trial): Run[] => {
    const at = replicas.get(trial.cell);
    const throughput = trial.kind === 'burst' ? trial.throughputMakespan : trial.throughputWindow;
    if (at === undefined || throughput === null) return [];
    if (law?.fit && inLaw.has(`${trial.cell}/${trial.round}`)) return [];
    return [{ replicas: at, throughput, isInFit: false }];
  });
  return { series, cells, runs: [...fitted, ...others], law };
}

export const barsOf = ({ cells }: Curve): Bar[] =>
  cells.flatMap(({ cell, throughput }) =>
    throughput?.ci95 ? [{ x: cell.replicas, low: throughput.ci95.low, high: throughput.ci95.high }] : [],
  );

/** Highest value of its axis. */
export function topOf(curve: Curve): number {
  const { cells, runs, law } = curve;
  const values = [
    ...cells.map(({ throughput }) => medianOf(throughput)),
    ...runs.map(({ throughput }) => throughput),
    ...idealOf(curve).map(([, x]) => x),
    ...(law?.curve ?? []).map(({ x }) => x),
  ];
  return axisTop(values, barsOf(curve));
}

/** The largest number of clients did not saturate it: its capacity is at least this, and not known. */
export const isCensored = ({ regime }: CellResult) => regime === 'transition';
/** Processors were full: the number is that of so many servers on so few of them. */
export const isMachineLimited = ({ regime }: CellResult) => regime === 'machine-limited';
export const isClientLimited = ({ regime }: CellResult) => regime === 'client-limited';

/** Straight growth from the measured value at the fewest replicas; in an open loop all that is offered. */
export function idealOf({ series, cells }: Pick<Curve, 'series' | 'cells'>): [number, number][] {
  const first = cells[0];
  if (!first?.throughput) return [];
  const each = first.throughput.value / first.cell.replicas;
  return cells.map((cell) => [cell.cell.replicas, series.isOpen ? loadOf(cell) : each * cell.cell.replicas]);
}
