import type { Asymptotes, CellResult } from '@escala/model';
import { closedCurves, distinct } from './groups.ts';

/**
 * The straight bounds of a curve: base latency is the least mean latency that any of its cells saw, because the
 * lightest load of few replicas may already queue; the best rate of one replica is that of any of its cells.
 */
export function asymptotesOf(cells: readonly CellResult[]): readonly Asymptotes[] {
  return closedCurves(cells).flatMap((curve) => {
    const usable = curve.filter(({ verdict, throughput }) => verdict !== 'INVALID' && throughput);
    const means = usable.flatMap(({ pooledLatencyUs }) => (pooledLatencyUs ? [pooledLatencyUs.mean] : []));
    const [first] = usable;
    if (!first || means.length === 0) return [];
    const replicaRate = Math.max(
      ...usable.map(({ cell, throughput }) => (throughput?.value ?? 0) / cell.replicas),
    );
    const { system, messages, thinkTimeUs } = first.cell;
    return distinct(usable.map(({ cell }) => cell.replicas)).map((replicas) => ({
      system,
      messages,
      replicas,
      baseLatencyUs: Math.min(...means),
      thinkTimeUs,
      throughputMax: replicaRate * replicas,
    }));
  });
}
