import type { Asymptotes, CellResult, KneeResult } from '@escala/model';
import { asymptotesOfCurve } from './asymptotes.ts';
import { closedCurves, curveFactors, distinct, groupBy } from './groups.ts';

/**
 * Knees by two definitions, each named: Kleinrock's power (the most throughput per latency) and the asymptotic one,
 * where the two straight bounds meet, c* = (R₀ + Z)·X_max.
 */
export function kneesOf(cells: readonly CellResult[]): readonly KneeResult[] {
  return closedCurves(cells).flatMap((curve) => {
    const bounds = asymptotesOfCurve(curve);
    return [...groupBy(curve, ({ cell }) => String(cell.replicas)).values()].flatMap((column) => {
      const usable = column.filter(({ throughput, pooledLatencyUs }) => throughput && pooledLatencyUs);
      const levels = distinct(usable.map(({ cell }) => cell.clients));
      const [first] = usable;
      if (!first || levels.length < 3) return [];
      const { replicas } = first.cell;
      const bound = bounds.find((one) => one.replicas === replicas);
      const knee = (definition: KneeResult['definition'], clients: number | null): KneeResult => ({
        ...curveFactors(first),
        replicas,
        definition,
        clients,
        insideData: clients !== null && clients >= (levels[0] ?? 0) && clients <= (levels.at(-1) ?? 0),
      });
      return [knee('power', mostPower(usable)), knee('asymptotic', bound ? meetingPoint(bound) : null)];
    });
  });
}

function mostPower(column: readonly CellResult[]): number | null {
  const power = ({ throughput, pooledLatencyUs }: CellResult) =>
    (throughput?.value ?? 0) / (pooledLatencyUs?.mean ?? Number.POSITIVE_INFINITY);
  const best = column.reduce<CellResult | null>(
    (most, cell) => (most === null || power(cell) > power(most) ? cell : most),
    null,
  );
  return best?.cell.clients ?? null;
}

function meetingPoint({ baseLatencyUs, thinkTimeUs, throughputMax }: Asymptotes): number {
  return ((baseLatencyUs + thinkTimeUs) * throughputMax) / 1e6;
}
