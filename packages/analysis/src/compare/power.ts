import type { ComparedCell } from '@escala/model';
import { powerOfT } from '@escala/stats';
import { thresholds } from '../thresholds.ts';
import { type ComparablePair, type CompareSettings, comparePair, spreadOf } from './compare-cells.ts';

/** Slowdowns that are asked for, and the numbers of rounds, as multiples of those done. */
const SLOWDOWNS = [0.05, 0.1, 0.2] as const;
const ROUNDS_FACTORS = [1, 2, 4] as const;

/** The chance that a slowdown is found and lies beyond the margin: by rounds, then by slowdown, in the order of these lists. */
export type Chances = readonly (readonly number[])[];

export interface ComparisonPower {
  readonly slowdowns: readonly number[];
  /** Rounds on each side; the first are as many as there are. */
  readonly rounds: readonly number[];
  /** Of each cell: if it alone is slower. `spread` is the standard deviation of the logarithms, of differences where rounds pair. */
  readonly cells: readonly {
    readonly factors: ComparedCell['factors'];
    readonly spread: number;
    readonly chances: Chances;
  }[];
  /** If all cells are slower by as much, that any is found: at least so. */
  readonly everywhere: Chances;
}

/**
 * What a comparison with these settings would find, from the spread of its rounds as a pilot. Benjamini and Hochberg's control
 * over m cells finds whatever has p ≤ 0.05/m, and of one slower cell among others that are not hardly more.
 * Null without a cell that has two rounds on each side.
 */
export function comparisonPower(
  comparable: readonly ComparablePair[],
  settings: CompareSettings,
): ComparisonPower | null {
  const pairs = comparable.map((pair) => comparePair(pair, settings));
  const known = pairs.flatMap((pair) => {
    const spread = spreadOf(pair);
    return spread === null ? [] : [{ ...pair, spread }];
  });
  if (known.length === 0) return null;
  const done = Math.min(...known.flatMap(({ logsA, logsB }) => [logsA.length, logsB.length]));
  const rounds = ROUNDS_FACTORS.map((factor) => factor * done);
  const alpha = thresholds.falseDiscoveryRate / known.length;
  const beyond = -Math.log1p(-settings.margin);
  const table = (chance: (n: number, difference: number) => number): Chances =>
    rounds.map((n) => SLOWDOWNS.map((slowdown) => chance(n, -Math.log1p(-slowdown))));
  const cells = known.map(({ a, isPaired, spread: sd }) => ({
    factors: a.factors,
    spread: sd,
    chances: table((n, difference) => powerOfT({ n, isPaired, sd, difference, alpha, beyond })),
  }));
  const everywhere = rounds.map((_, i) =>
    SLOWDOWNS.map(
      (_, j) => 1 - cells.reduce((missed, { chances }) => missed * (1 - (chances[i]?.[j] ?? 0)), 1),
    ),
  );
  return { slowdowns: SLOWDOWNS, rounds, cells, everywhere };
}
