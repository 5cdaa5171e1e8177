import { createRandom } from '@escala/model';
import { decide } from '../src/claims/decide-law.ts';
import { evidenceOf } from '../src/claims/fit-laws.ts';
import { growthOf } from '../src/claims/growth.ts';
import { uslThroughput } from './scalability-data.ts';

/** A design and a true law, of which many studies are drawn. */
export interface Planted {
  readonly levels: readonly number[];
  readonly rounds: number;
  /** Standard deviation of the logarithm of throughput. */
  readonly noise: number;
  readonly alpha: number;
  readonly beta: number;
}

export interface ClaimTally {
  readonly planted: Planted;
  readonly studies: number;
  /** How many studies claimed what, by `chosen`. */
  readonly claims: Readonly<Record<string, number>>;
  /** Claims that are not so: linear where more than 10 % is lost, contention or a peak where there is none. */
  readonly falseClaims: number;
  readonly falsePeaks: number;
  /** How many 95 % limits of growth hold the true growth. */
  readonly covered: number;
}

/** A tenth lost at the largest N is what "linear" must exclude. */
const LOSS_MAX = 0.1;

export function tallyClaims(planted: Planted, studies: number): ClaimTally {
  const { levels, rounds, noise, alpha, beta } = planted;
  const random = createRandom(`claims ${JSON.stringify(planted)}`);
  const truth = (n: number) => uslThroughput(n, alpha, beta, 100);
  const [nMin = 1, nMax = 1] = [levels[0], levels.at(-1)];
  const losesMuch = truth(nMax) / (100 * nMax) < 1 - LOSS_MAX;
  const claims: Record<string, number> = {};
  const tally = { falseClaims: 0, falsePeaks: 0, covered: 0 };
  for (let study = 0; study < studies; study++) {
    const points = levels.flatMap((n) =>
      Array.from({ length: rounds }, () => ({ n, x: truth(n) * Math.exp(noise * random.normal()) })),
    );
    const { chosen, peak, claim } = decide(evidenceOf(points));
    claims[chosen] = (claims[chosen] ?? 0) + 1;
    const isFalse =
      (chosen === 'linear' && losesMuch) ||
      (chosen === 'amdahl' && alpha === 0) ||
      (chosen === 'usl' && beta === 0);
    if (isFalse) tally.falseClaims++;
    if (peak.status === 'inside' && beta === 0) tally.falsePeaks++;
    const [low, high] = growthOf(claim.spread).ci95 ?? [Number.POSITIVE_INFINITY, 0];
    const trueGrowth = truth(nMax) / truth(nMin);
    if (low <= trueGrowth && trueGrowth <= high) tally.covered++;
  }
  return { planted, studies, claims, ...tally };
}

/** A row of the table of tallies. */
export function describeTally({ planted, studies, claims, falseClaims, covered }: ClaimTally): string {
  const { levels, rounds, noise, alpha, beta } = planted;
  const share = (count = 0) => `${((100 * count) / studies).toFixed(1)} %`;
  const claimed = ['linear', 'amdahl', 'usl', 'undecided', 'none'].map(
    (name) => `${name} ${share(claims[name])}`,
  );
  return [
    `levels ${levels[0]}…${levels.at(-1)}, α ${alpha}, β ${beta.toFixed(4)}, rounds ${rounds}, noise ${100 * noise} %:`,
    ...claimed,
    `false ${share(falseClaims)}, growth covered ${share(covered)}`,
  ].join(' ');
}
