import type { Asymptotes, CellResult, KneeResult } from '@escala/model';
import { closedCurves, distinct, groupBy } from './groups.ts';

/**
 * Knees by two definitions, each named: Kleinrock's power (the most throughput per latency) and the asymptotic one,
 * where the two straight bounds meet, c* = (R₀ + Z)·X_max.
 */
export function kneesOf(
  cells: readonly CellResult[],
  asymptotes: readonly Asymptotes[],
): readonly KneeResult[] {
  return closedCurves(cells).flatMap((curve) =>
    [...groupBy(curve, ({ cell }) => String(cell.replicas)).values()].flatMap((column) => {
      const usable = column.filter(
        ({ verdict, throughput, pooledLatencyUs }) => verdict !== 'INVALID' && throughput && pooledLatencyUs,
      );
      const levels = distinct(usable.map(({ cell }) => cell.clients));
      const first = usable[0]?.cell;
      if (!first || levels.length < 3) return [];
      const { system, messages, replicas } = first;
      const bound = asymptotes.find(
        (one) => one.system === system && one.messages === messages && one.replicas === replicas,
      );
      const knee = (definition: KneeResult['definition'], clients: number | null): KneeResult => ({
        system,
        messages,
        replicas,
        definition,
        clients,
        insideData: clients !== null && clients >= (levels[0] ?? 0) && clients <= (levels.at(-1) ?? 0),
      });
      return [knee('power', mostPower(usable)), knee('asymptotic', bound ? meetingPoint(bound) : null)];
    }),
  );
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
