import { type Asymptotes, type CellResult, curveOf, type KneeResult } from '@escala/model';
import { asymptotesOfCurve } from './asymptotes.ts';
import { closedCurves, columnsOf, distinct } from './groups.ts';
import { commonMeasure } from './throughput-measure.ts';

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
