import { type Asymptotes, type CellResult, curveOf, type KneeResult } from '@escala/model';
import { closedCurves, columnsOf, distinct } from './groups.ts';
import { commonMeasure } from './throughput-measure.ts';

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

/**
 * Knees by two definitions, each named: Kleinrock's power (the most throughput per latency) and the asymptotic one,
 * where the two straight bounds meet, c* = (R₀ + Z)·X_max. The most power at the smallest or the largest load is not seen
 * to be a knee: beyond it there may be more.
 */
export function kneesOf(cells: readonly CellResult[]): readonly KneeResult[] {
  return closedCurves(cells).flatMap((curve) => {
    const bounds = asymptotesOfCurve(curve);
    return columnsOf(curve).flatMap((column) => {
      const usable = column.filter(({ throughput, pooledLatencyUs }) => throughput && pooledLatencyUs);
      const levels = distinct(usable.map(({ cell }) => cell.clients));
      const [first] = usable;
      const [least, most] = [levels[0], levels.at(-1)];
      if (!first || least === undefined || most === undefined || levels.length < 3) return [];
      const { replicas } = first.cell;
      const bound = bounds.find((one) => one.replicas === replicas);
      const common = { ...curveOf(first.cell), replicas };
      const best = mostPower(usable);
      const meeting = bound ? meetingPoint(bound) : null;
      const isMeeting = meeting !== null && meeting >= least && meeting <= most;
      return [
        { ...common, definition: 'power', clients: best, insideData: best > least && best < most },
        { ...common, definition: 'asymptotic', clients: meeting, insideData: isMeeting },
      ];
    });
  });
}

function mostPower(column: readonly CellResult[]): number {
  const { ofCell } = commonMeasure(column);
  const power = (cell: CellResult) =>
    (ofCell(cell)?.value ?? 0) / (cell.pooledLatencyUs?.mean ?? Number.POSITIVE_INFINITY);
  return column.reduce((most, cell) => (power(cell) > power(most) ? cell : most)).cell.clients;
}

function meetingPoint({ baseLatencyUs, thinkTimeUs, throughputMax }: Asymptotes): number {
  return ((baseLatencyUs + thinkTimeUs) * throughputMax) / 1e6;
}
