import { mean } from '../describe/moments.ts';

/** One measured point: throughput x at N = n, both above 0 (x may be 0 on the linear scale). */
export interface ScalabilityPoint {
  readonly n: number;
  readonly x: number;
}

/** Numbers outside of these are no measurement, and their squares or products leave the range of doubles. */
export const pointLimits = { nMin: 1e-9, nMax: 1e15, xMin: 1e-290, xMax: 1e290 } as const;

/** `log`: noise in proportion to throughput, the default. `linear`: noise of one size, as published fits have it. */
export type FitScale = 'log' | 'linear';

/**
 * All rows of one N. The squares of a fit split into those of the level means and those inside levels, so that a fit
 * over a million rows costs no more than its levels. Throughput is divided by a power of two (`unit`), which loses no
 * digit and keeps the squares of tiny and huge values inside the range of doubles.
 */
export interface Level {
  readonly n: number;
  readonly count: number;
  /** The x/unit of one of its rows. The mean is ln(reference) + offset on the log scale, reference + offset else. */
  readonly reference: number;
  /** The mean difference of the rows from the reference, which keeps digits that the mean itself would round. */
  readonly offset: number;
}

export interface Levels {
  readonly scale: FitScale;
  readonly rows: number;
  readonly unit: number;
  /** In ascending order of n. */
  readonly levels: readonly Level[];
  /** Squares inside levels, in units of the scale: what no function of N can explain. */
  readonly pureError: number;
}

/** Groups rows by N, in any order. */
export function groupLevels(points: readonly ScalabilityPoint[], scale: FitScale): Levels {
  const unit = powerOfTwoNear(points.reduce((largest, { x }) => Math.max(largest, x), 0));
  const byN = new Map<number, number[]>();
  for (const { n, x } of points) {
    const values = byN.get(n);
    if (values) values.push(x / unit);
    else byN.set(n, [x / unit]);
  }
  let pureError = 0;
  const levels: Level[] = [];
  for (const [n, values] of [...byN].sort(([a], [b]) => a - b)) {
    const reference = values[0] ?? 0;
    const differences = values.map((value) => differenceFrom(reference, value, scale));
    const offset = mean(differences);
    for (const difference of differences) pureError += (difference - offset) ** 2;
    levels.push({ n, count: values.length, reference, offset });
  }
  return { scale, rows: points.length, unit, levels, pureError };
}

function differenceFrom(reference: number, value: number, scale: FitScale): number {
  return scale === 'log' ? Math.log1p((value - reference) / reference) : value - reference;
}

function powerOfTwoNear(x: number): number {
  if (!(x > 0)) return 1;
  return 2 ** Math.min(1022, Math.max(-1022, Math.floor(Math.log2(x))));
}

/** A level's mean on its scale, as throughput in units of `unit`. */
export function levelMean({ reference, offset }: Level, scale: FitScale): number {
  return scale === 'log' ? reference * Math.exp(offset) : reference + offset;
}
