import type { HardCap } from '@escala/model';
import { informationCriteria } from './fitted-model.ts';
import { type FitScale, type Level, type Levels, levelMean } from './levels.ts';

/** Fewer on a side show neither a slope nor a plateau. */
const SIDE_LEVELS_MIN = 2;
/** Every split looks at every level; with more of them a plateau is seen without this. */
const LEVELS_MAX = 200;

/**
 * X(N) = min(γN, C): linear up to N = C/γ and flat from there on, as a shared database or the cores of a node make it.
 * It is no law of the family, so it is never chosen; it says what an ill-fitting law may be. For each split of the levels
 * both sides have a closed form; where they do not meet between the two levels of the split, the minimum lies on one of
 * these. Null with fewer than two levels on a side.
 */
export function fitHardCap(data: Levels): HardCap | null {
  const { levels } = data;
  if (levels.length > LEVELS_MAX) return null;
  let best: Cap | null = null;
  for (let split = SIDE_LEVELS_MIN; split <= levels.length - SIDE_LEVELS_MIN; split++) {
    const [below, above] = [levels.slice(0, split), levels.slice(split)];
    const edges = [below.at(-1)?.n ?? 0, above[0]?.n ?? 0].map((edge) => {
      const gamma = slopeOf(levels, ({ n }) => Math.min(n, edge), data.scale);
      return { gamma, capacity: gamma * edge };
    });
    const apart = {
      gamma: slopeOf(below, ({ n }) => n, data.scale),
      capacity: slopeOf(above, () => 1, data.scale),
    };
    for (const { gamma, capacity } of [apart, ...edges]) {
      const rss = squaresOf(data, gamma, capacity);
      if (gamma > 0 && capacity > 0 && (!best || rss < best.rss)) best = { gamma, capacity, rss };
    }
  }
  if (!best) return null;
  const { gamma, capacity, rss } = best;
  return {
    gamma: gamma * data.unit,
    capacity: capacity * data.unit,
    n: capacity / gamma,
    rss: data.scale === 'log' ? rss : rss * data.unit * data.unit,
    aicc: informationCriteria({ data, rss, coefficients: [gamma, capacity] }).aicc,
  };
}

interface Cap {
  readonly gamma: number;
  readonly capacity: number;
  readonly rss: number;
}

/** s of X = s·m(N) by least squares: on the log scale the mean of ln(x/m). */
function slopeOf(levels: readonly Level[], m: (level: Level) => number, scale: FitScale): number {
  if (scale === 'log')
    return Math.exp(meanOver(levels, (level) => Math.log(levelMean(level, scale) / m(level))));
  const squares = meanOver(levels, (level) => m(level) ** 2);
  return meanOver(levels, (level) => m(level) * levelMean(level, scale)) / squares;
}

/** Each level counts as often as it has rows. */
function meanOver(levels: readonly Level[], of: (level: Level) => number): number {
  const rows = levels.reduce((sum, { count }) => sum + count, 0);
  return levels.reduce((sum, level) => sum + level.count * of(level), 0) / rows;
}

function squaresOf({ levels, scale, pureError }: Levels, gamma: number, capacity: number): number {
  return levels.reduce((sum, level) => {
    const [x, fitted] = [levelMean(level, scale), Math.min(gamma * level.n, capacity)];
    const residual = scale === 'log' ? Math.log(x / fitted) : x - fitted;
    return sum + level.count * residual ** 2;
  }, pureError);
}
