import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScalabilityPoint } from '../src/index.ts';

/** One of the published scalability sets in test/data/usl. */
export function publishedSet(name: 'cisco' | 'oracledb' | 'raytracer' | 'specsdm91'): ScalabilityPoint[] {
  const file = join(import.meta.dirname, '../../../test/data/usl', `${name}.csv`);
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [n = Number.NaN, x = Number.NaN] = line.split(',').map(Number);
    return { n, x };
  });
}

/** X(N) of the law as it is written. */
export function uslThroughput(n: number, alpha: number, beta: number, gamma: number): number {
  return (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1));
}

/** Rows of a law at levels of N, each with noise: a factor per repetition, such as 1.01 and 0.99. */
export function lawRows(
  ns: readonly number[],
  [alpha, beta, gamma]: readonly [number, number, number],
  factors: readonly number[] = [1],
): ScalabilityPoint[] {
  return ns.flatMap((n) =>
    factors.map((factor) => ({ n, x: uslThroughput(n, alpha, beta, gamma) * factor })),
  );
}
