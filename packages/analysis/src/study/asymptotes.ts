import { type Asymptotes, type CellResult, curveOf } from '@escala/model';
import { closedCurves, distinct } from './groups.ts';

/** The straight bounds of every closed curve. */
export function asymptotesOf(cells: readonly CellResult[]): readonly Asymptotes[] {
  return closedCurves(cells).flatMap(asymptotesOfCurve);
}

/**
 * The straight bounds of a curve: base latency is the least mean latency that any of its cells saw, because the
 * lightest load of few replicas may already queue; the best rate of one replica is that of any of its cells.
 */
export function asymptotesOfCurve(curve: readonly CellResult[]): readonly Asymptotes[] {
  const usable = curve.filter(({ throughput }) => throughput);
  const means = usable.flatMap(({ pooledLatencyUs }) => (pooledLatencyUs ? [pooledLatencyUs.mean] : []));
  const [first] = usable;
  if (!first || means.length === 0) return [];
  const replicaRate = Math.max(
    ...usable.map(({ cell, throughput }) => (throughput?.value ?? 0) / cell.replicas),
  );
  return distinct(usable.map(({ cell }) => cell.replicas)).map((replicas) => ({
    ...curveOf(first.cell),
    replicas,
    baseLatencyUs: Math.min(...means),
    thinkTimeUs: first.cell.thinkTimeUs,
    throughputMax: replicaRate * replicas,
  }));
}
