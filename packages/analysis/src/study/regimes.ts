import type { Asymptotes, CellResult, Regime } from '@escala/model';
import { thresholds } from '../thresholds.ts';
import { closedCurves, columnsOf } from './groups.ts';
import { asymptotesOfCurve } from './knees.ts';
import { commonMeasure } from './throughput-measure.ts';

/** What was full was not the servers, so the cell says nothing of them: it is in no law over replicas. */
export const isLimitedFromOutside = (regime: Regime) => outside.has(regime);
const outside: ReadonlySet<string> = new Set(['client-limited', 'machine-limited']);

/**
 * What limits each cell. Client-limited: the throughput is what its clients can ask for at the base latency, so it says
 * nothing about the servers. Saturated: the next larger number of clients gains less than 5 % (for the largest, the one
 * before loses less). Everything else is in transition. INVALID trials take no part. A cell whose processors were full
 * is limited by them, whatever its curve looks like.
 */
export function regimesOf(cells: readonly CellResult[]): ReadonlyMap<string, Regime> {
  const regimes = new Map<string, Regime>(cells.map(({ cell, regime }) => [cell.key, regime]));
  for (const curve of closedCurves(cells)) {
    const bounds = asymptotesOfCurve(curve);
    for (const column of columnsOf(curve)) {
      const sorted = column
        .filter(({ throughput }) => throughput?.value)
        .sort((a, b) => a.cell.clients - b.cell.clients);
      const bound = bounds.find(({ replicas }) => replicas === sorted[0]?.cell.replicas);
      for (const [i, cell] of sorted.entries()) {
        if (cell.regime === 'machine-limited') continue;
        regimes.set(cell.cell.key, bound ? regimeOf(cell, sorted[i - 1], sorted[i + 1], bound) : 'unknown');
      }
    }
  }
  return regimes;
}

/**
 * The base latency is that of the lightest load that was measured. Where that load already kept its replicas busy, the
 * bounds of clients and replicas meet, and only what more clients gain tells which of them holds.
 */
function regimeOf(
  cell: CellResult,
  before: CellResult | undefined,
  after: CellResult | undefined,
  { baseLatencyUs, thinkTimeUs, throughputMax }: Asymptotes,
): Regime {
  const throughput = cell.throughput?.value ?? 0;
  const clientBound = (cell.cell.clients * 1e6) / (baseLatencyUs + thinkTimeUs);
  const [isAtClients, isAtReplicas] = [clientBound, throughputMax].map(
    (bound) => throughput >= thresholds.clientLimitedOfBound * bound,
  );
  if (isAtClients && !isAtReplicas) return 'client-limited';
  const gain = after ? gainOf(cell, after) : before ? gainOf(before, cell) : null;
  if (gain === null) return 'unknown';
  if (gain < thresholds.saturationGain) return 'saturated';
  return isAtClients ? 'client-limited' : 'transition';
}

/** What the larger number of clients gains, as a share; null where the smaller one got nothing done. */
function gainOf(fewer: CellResult, more: CellResult): number | null {
  const { ofCell } = commonMeasure([fewer, more]);
  const [from, to] = [ofCell(fewer)?.value ?? 0, ofCell(more)?.value ?? 0];
  return from > 0 ? to / from - 1 : null;
}
