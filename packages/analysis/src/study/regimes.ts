import type { CellResult, TrialResult } from '@escala/model';
import { thresholds } from '../thresholds.ts';
import { asymptotesOf } from './asymptotes.ts';
import { closedCurves, groupBy } from './groups.ts';

type Regime = TrialResult['regime'];

/**
 * What limits each cell. Client-limited: the throughput is what its clients can ask for at the base latency, so it says
 * nothing about the servers. Saturated: the next larger number of clients gains less than 5 % (for the largest, the one
 * before loses less). Everything else is in transition.
 */
export function regimesOf(cells: readonly CellResult[]): ReadonlyMap<string, Regime> {
  const regimes = new Map<string, Regime>();
  for (const curve of closedCurves(cells)) {
    const [bound] = asymptotesOf(curve);
    for (const column of groupBy(curve, ({ cell }) => String(cell.replicas)).values()) {
      const sorted = column
        .filter(({ verdict, throughput }) => verdict !== 'INVALID' && throughput)
        .sort((a, b) => a.cell.clients - b.cell.clients);
      for (const [i, cell] of sorted.entries()) {
        regimes.set(
          cell.cell.key,
          regimeOf(cell, sorted[i - 1], sorted[i + 1], bound?.baseLatencyUs ?? null),
        );
      }
    }
  }
  return regimes;
}

function regimeOf(
  cell: CellResult,
  before: CellResult | undefined,
  after: CellResult | undefined,
  baseLatencyUs: number | null,
): Regime {
  const { clients, thinkTimeUs } = cell.cell;
  const throughput = cell.throughput?.value ?? 0;
  if (baseLatencyUs === null) return 'unknown';
  const clientBound = (clients * 1e6) / (baseLatencyUs + thinkTimeUs);
  if (throughput >= thresholds.clientLimitedOfBound * clientBound) return 'client-limited';
  const [low, high] = after ? [cell, after] : [before, cell];
  if (!low?.throughput || !high?.throughput) return 'unknown';
  return high.throughput.value / low.throughput.value - 1 < thresholds.saturationGain
    ? 'saturated'
    : 'transition';
}
